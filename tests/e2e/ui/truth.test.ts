import { text, type Language } from '../../support/texts.ts';
import { expect, test } from './support/gallery.ts';

/** That the desk says what is, in words: numbers, codes and switches. */

const languages: readonly Language[] = ['en', 'es', 'pt'];

test('numbers are written as people of the contact centre’s country write them', async ({
  gallery,
}) => {
  // The gallery's centre is in Spain, its customers' numbers are stored in E.164.
  const several = await gallery('ringing-several');
  await expect(several.page.getByRole('button', { name: /Sofia Duarte/u })).toContainText(
    '+351 22 014 5903, +351 912 004 118',
  );
  const { page } = await gallery('ringing');
  const customer = page.getByRole('region', { name: 'Customer', exact: true });
  await expect(customer).toContainText('963 15 22 08');
  await expect(customer).toContainText('612 88 40 17');
  await expect(page.getByText('+34')).toHaveCount(0);
});

test('the dial field reads a number as of the contact centre’s country', async ({ gallery }) => {
  const { page } = await gallery('idle');
  const field = page.getByRole('textbox', { name: 'Number', exact: true });
  const reading = page.locator('[data-reading]');
  await field.fill('+34612345678');
  await expect(reading).toHaveText('612 34 56 78');
  await field.fill('0012025550123');
  await expect(reading).toHaveText('+1 202 555 0123');
  for (const short of ['1001', '*43', '112', 'hello']) {
    await field.fill(short);
    await expect(reading).toHaveText('');
  }
});

test('the switch of the demo shows what the server says, whoever set it', async ({ gallery }) => {
  const set = await gallery('customers-calling');
  await expect(set.page.getByRole('switch', { name: text('demo.clock') })).toBeChecked();
  const scene = await gallery('idle');
  const clock = scene.page.getByRole('switch', { name: text('demo.clock') });
  await expect(clock).not.toBeChecked();
  await scene.act((bridge) => bridge.request('demo.clock', { everySeconds: 30 }), null);
  await expect(clock).toBeChecked();
  await clock.focus();
  await scene.page.keyboard.press('Space');
  await expect(clock).not.toBeChecked();
  expect((await scene.asked('demo.clock')).at(-1)).toEqual({ everySeconds: null });
});

for (const language of languages) {
  test(`what went wrong is said in words, not by its code (${language})`, async ({ gallery }) => {
    const call = await gallery('in-call-not-recorded', { language });
    const consent = call.page.getByRole('region', { name: text('consent.region', language) });
    // Where a screen reader is told of changes.
    await expect(consent.getByRole('status')).toContainText(
      text('recording.why.pbx_refused', language),
    );
    const { page } = await gallery('no-account', { language });
    await expect(page.locator('#agent-state')).toContainText(
      text('agent.unreachable.account_pbx_away', language),
    );
    const signIn = await gallery('sign-in-notices', { language });
    for (const notice of ['settings_reset', 'journal_reset']) {
      await expect(
        signIn.page.getByRole('alert').filter({ hasText: text(`app.notice.${notice}`, language) }),
      ).toBeVisible();
    }
  });
}

test('a server without an address is asked for, and an address that is none is refused in words', async ({
  gallery,
}) => {
  const unset = await gallery('sign-in-unset');
  await expect(unset.page.getByText(text('signIn.noAddress'))).toBeVisible();
  await unset.button('Change').click();
  const address = unset.page.getByLabel('Server address');
  await address.fill('nonsense');
  await unset.page.keyboard.press('Enter');
  await expect(unset.page.getByText(text('signIn.addressWrong'))).toBeVisible();
  await expect(address).toHaveAttribute('aria-invalid', 'true');
});
