import type { Page } from 'playwright';
import { becomeReady, beRung, customerCalls, expectLegGone } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  channels,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectSilentAtPbx,
  isOfferedCalls,
  legOf,
  recordersOn,
} from '../../support/far-end.ts';

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.id === '' ? activeElement.tagName : (activeElement?.id ?? 'nothing');
  });

/** Counts what a mouse would do, so that the test proves that there was none. */
const watchMouse = ({ desk }: DeskApp): Promise<void> =>
  desk.page.evaluate(() => {
    Object.assign(window, { mousePresses: 0 });
    document.addEventListener(
      'pointerdown',
      () => {
        const counted = window as unknown as { mousePresses: number };
        counted.mousePresses += 1;
      },
      { capture: true },
    );
  });

const mousePresses = ({ desk }: DeskApp): Promise<number> =>
  desk.page.evaluate(() => (window as unknown as { mousePresses: number }).mousePresses);

test('a queue call is taken from sign-in to ready again by keyboard alone', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice', signIn: false });
  const { desk, press } = alice;
  const { keyboard } = desk.page;
  await watchMouse(alice);

  await desk.page.getByLabel('Username').waitFor();
  await keyboard.type(alice.user.username);
  await press('Tab');
  await keyboard.type(alice.user.password);
  await press('Enter');
  await desk.agentState.waitFor();
  await expect(desk.statusLine).toContainText('Registered');
  await press('Control+Shift+KeyG');
  await expectAgentState(alice, { state: 'ready' });
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);

  const since = Date.now();
  await customerCalls(stack);
  const call = await beRung(alice, since);
  await expectAgentState(alice, { state: 'reserved' });
  await press('Control+Shift+KeyA');
  await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
  await expectHeardAtPbx(stack, call.channel, since);

  await press('Control+Shift+KeyS');
  await expect(desk.consent).toHaveAttribute('data-consent', 'asked');
  expect(await recordersOn(stack, call.channel)).toBe(0);
  await press('Control+Shift+KeyY');
  await expect.poll(() => recordersOn(stack, call.channel)).toBe(1);

  const heldAt = Date.now();
  await press('Control+Shift+KeyH');
  await stack.pbx.event('music for the customer', (name) => name === 'MusicOnHoldStart', {
    since: heldAt,
  });
  await expect(desk.button('Resume')).toBeVisible();
  await expectSilentAtPbx(stack, call.channel, heldAt);
  const resumedAt = Date.now();
  await press('Control+Shift+KeyH');
  await stack.pbx.event('no more music', (name) => name === 'MusicOnHoldStop', {
    since: resumedAt,
  });
  await expectHeardAtPbx(stack, call.channel, resumedAt);

  const endedAt = Date.now();
  await press('Control+Shift+KeyE');
  await expectLegGone(stack, call.channel, endedAt);
  await desk.wrapUp.waitFor();
  await expectAgentState(alice, { state: 'wrap_up' });
  await press('Control+Shift+KeyU');
  await keyboard.type('billing');
  await press('Enter');
  const notes = desk.wrapUp.getByRole('textbox', { name: 'Notes' });
  // Queues have fields of their own between code and notes.
  for (let tabs = 0; tabs < 4; tabs += 1) {
    await press('Tab');
    if (await notes.evaluate((field) => field === document.activeElement)) break;
  }
  await expect(notes).toBeFocused();
  await keyboard.type('Explained the invoice.');
  await press('Control+Enter');
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, call.callId);
  expect(await legOf(stack, call.callId)).toMatchObject({
    code: 'billing',
    notes: 'Explained the invoice.',
    outcome: 'completed',
  });
  expect(await mousePresses(alice)).toBe(0);
});

const fields = [
  { name: 'the number to dial', goTo: 'Control+Shift+KeyD' },
  { name: 'the search for a customer', goTo: 'Control+KeyF' },
] as const;

for (const { name, goTo } of fields) {
  test(`a ring leaves the caret in ${name}, and typing neither answers nor rejects`, async ({
    stack,
    alice,
  }) => {
    const { desk, press } = alice;
    await becomeReady(alice);
    await press(goTo);
    await expect.poll(() => focused(desk.page)).not.toBe('BODY');
    const before = await focused(desk.page);
    await desk.page.keyboard.type('20');

    const since = Date.now();
    await customerCalls(stack);
    const call = await beRung(alice, since);
    expect(await focused(desk.page)).toBe(before);
    for (const key of ['2', '5', 'Space', 'Backspace', 'a', 'x']) await press(key);
    await expect(desk.page.locator(`#${before}`)).toHaveValue('2025ax');
    await press('Escape');
    await expect(desk.call('offered')).toHaveAttribute('data-call-id', call.callId);
    expect(await channels(stack)).toContain(call.channel);
    await expectAgentState(alice, { state: 'reserved' });
    expect(await focused(desk.page)).toBe(before);
    await press('Control+Shift+KeyX');
    await expectLegGone(stack, call.channel, since);
  });
}

test('a ring leaves the caret in the notes of a wrap-up, and what is typed stays there', async ({
  stack,
  alice,
}) => {
  const { desk, press } = alice;
  await becomeReady(alice);
  const first = Date.now();
  await customerCalls(stack);
  const earlier = await beRung(alice, first);
  await press('Control+Shift+KeyA');
  await expect(desk.call('connected')).toBeVisible();
  await press('Control+Shift+KeyE');
  await desk.wrapUp.waitFor();
  await desk.wrapUp.getByRole('textbox', { name: 'Notes' }).click();
  await desk.page.keyboard.type('They asked about ');

  const since = Date.now();
  await customerCalls(stack, { extension: alice.user.extension });
  const call = await beRung(alice, since);
  await desk.page.keyboard.type('the invoice a x');
  await press('Enter');
  await press('Space');
  await expect(desk.wrapUp.getByRole('textbox', { name: 'Notes' })).toHaveValue(
    'They asked about the invoice a x\n ',
  );
  await expect(desk.call('offered')).toHaveAttribute('data-call-id', call.callId);
  expect(await channels(stack)).toContain(call.channel);
  await press('Control+Shift+KeyX');
  await expectLegGone(stack, call.channel, since);
  expect(earlier.callId).not.toBe(call.callId);
});
