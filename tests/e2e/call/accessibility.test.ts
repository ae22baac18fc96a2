import type { Page } from 'playwright';
import {
  answer,
  becomeReady,
  beInCall,
  completeWrapUp,
  grantConsent,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { accessibilityFaults } from '../../support/axe.ts';
import { signInHere, type DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState } from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

/** Everything in the light theme, and in the dark one what a theme changes. Each violation is named with where it is. */
const expectAccessible = async (page: Page, where: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(`${where}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      // A tooltip under the mouse would come and go between the looks.
      await page.mouse.move(0, 0);
      await expect(page.getByRole('tooltip')).toHaveCount(0);
      const found = await accessibilityFaults(
        page,
        colorScheme === 'light' ? 'everything' : 'colours',
      );
      expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
    });
  }
  await page.emulateMedia({ colorScheme: null });
};

test('axe finds nothing on any screen of a call, in either theme', async ({ deskApp }) => {
  test.setTimeout(120_000);
  const alice = await deskApp({ username: 'alice', signIn: false });
  const { page } = alice.desk;
  await page.getByLabel('Username').waitFor();
  await expectAccessible(page, 'sign-in');
  await signInHere(alice);
  await expectAccessible(page, 'desk');
  await becomeReady(alice);
  const call = await offerCall(alice);
  await expect(alice.desk.customer).toHaveAttribute('data-match', /exact|several/u);
  await expectAccessible(page, 'ringing');
  await answer(alice, call);
  await alice.desk.button('Ask consent').click();
  await expectAccessible(page, 'in call');
  await hangUp(alice, call);
  await expectAccessible(page, 'wrap-up');
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await alice.desk.region(text('recent.title')).getByRole('button').first().click();
  await page.getByRole('main', { name: text('contact.region') }).waitFor();
  await page.getByRole('table').waitFor();
  await expectAccessible(page, 'contact page');
  await alice.press('Control+Comma');
  await page.getByRole('heading', { name: text('settings.title') }).waitFor();
  await expectAccessible(page, 'settings');
});

const zoomTo = (deskApp: DeskApp, factor: number): Promise<void> =>
  deskApp.app.evaluate(({ webContents }, to) => {
    for (const contents of webContents.getAllWebContents()) {
      if (contents.getURL().startsWith('app://ui')) contents.setZoomFactor(to);
    }
  }, factor);

test('at 200 % every main action of a call can be reached and pressed', async ({ deskApp }) => {
  const alice = await deskApp({ username: 'alice', signIn: false });
  const { desk } = alice;
  await desk.page.getByLabel('Username').waitFor();
  await zoomTo(alice, 2);
  /** In sight or scrolled to, and nothing lies above it. */
  const expectUsable = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await test.step(name, async () => {
        await desk.button(name).scrollIntoViewIfNeeded();
        await expect(desk.button(name)).toBeInViewport({ ratio: 0.9 });
        await desk.button(name).click({ trial: true });
      });
    }
  };
  await expectUsable('Sign in');
  await signInHere(alice);
  await expectUsable('Ready', 'Not ready', 'Have a customer call');
  await becomeReady(alice);
  const call = await offerCall(alice);
  await expectUsable('Answer', 'Reject');
  await answer(alice, call);
  await expectUsable('Mute', 'Hold', 'Keypad', 'Hang up', 'Ask consent');
  await desk.button('Ask consent').click();
  await expectUsable('Consent granted', 'Consent refused');
  const sideways = await desk.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, 'nothing is cut off at the side').toBeLessThanOrEqual(0);
  await hangUp(alice, call);
  await expectUsable('Complete wrap-up');
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
});

const languages = [
  { language: 'es', resolved: 'Resuelto' },
  { language: 'pt', resolved: 'Resolvido' },
] as const;

for (const { language, resolved } of languages) {
  test(`the app in ${language} signs in and takes a call with its own words`, async ({
    stack,
    deskApp,
  }) => {
    const alice = await deskApp({ username: 'alice', language });
    const { desk } = alice;
    const named = (key: string) => desk.button(text(key, language));
    await expect(desk.page.locator('html')).toHaveAttribute(
      'lang',
      new RegExp(`^${language}`, 'u'),
    );
    await expect(desk.page.locator('[data-status="bad"]')).toHaveCount(0);
    await named('agent.ready').click();
    await expectAgentState(alice, { state: 'ready' });
    const call = await offerCall(alice);
    await named('call.answer').click();
    await desk.call('connected').waitFor();
    await expectAgentState(alice, { state: 'engaged' });
    await named('call.end').click();
    await desk.region(text('wrapUp.region', language)).waitFor();
    await expect(desk.call('ended')).toContainText(text('end.completed.local', language));
    await desk.page.getByRole('combobox').first().fill(resolved);
    await desk.page.getByRole('option', { name: resolved }).click();
    await named('wrapUp.complete').click();
    await expectAgentState(alice, { state: 'ready' });
    expect(call.callId).not.toBe('');
    expect(await stack.rows('SELECT code FROM legs WHERE call_id = $1', [call.callId])).toEqual([
      { code: 'resolved' },
    ]);
  });
}

test('the page in which a recorded call is read plays the recording', async ({ stack, alice }) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  await grantConsent(alice);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await hangUp(alice, call);
  await completeWrapUp(alice, { notes: 'To be heard again' });
  await expectAgentState(alice, { state: 'ready' });
  const recording = async () =>
    (
      await stack.rows('SELECT state, seconds FROM recordings WHERE call_key = $1', [
        call.customer.callKey,
      ])
    )[0];
  await expect.poll(async () => (await recording())?.['state']).toBe('stopped');
  const seconds = Number((await recording())?.['seconds']);
  expect(seconds).toBeGreaterThan(2);

  await desk.region(text('recent.title')).getByText('To be heard again').click();
  const page = desk.page.getByRole('main', { name: text('contact.region') });
  await expect(page).toContainText('To be heard again');
  await page.getByRole('button', { name: text('contact.play') }).click();
  const audio = page.locator('audio');
  const read = () =>
    audio.evaluate((element: HTMLAudioElement) => ({
      duration: element.duration,
      at: element.currentTime,
      error: element.error?.message ?? null,
    }));
  await expect.poll(async () => (await read()).at).toBeGreaterThan(0.5);
  const { duration, error } = await read();
  expect(error).toBeNull();
  expect(Math.abs(duration - seconds)).toBeLessThan(0.2);
  await expect(page.getByRole('alert')).toHaveCount(0);

  // Both voices are drawn, and the keys of the player move in the sound.
  await expect(page.locator('svg path[d^="M0 "]')).toHaveCount(4);
  await expect(page.getByRole('list', { name: text('listening.moments') })).toContainText(
    text('contact.consent.granted'),
  );
  await page.getByRole('slider', { name: text('contact.seek') }).focus();
  await desk.page.keyboard.press('KeyJ');
  await desk.page.keyboard.press('KeyK');
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(true);
  expect((await read()).at).toBeLessThan(seconds / 2);
});
