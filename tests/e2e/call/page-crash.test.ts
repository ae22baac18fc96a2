import {
  answer,
  beInCall,
  becomeReady,
  beRung,
  completeWrapUp,
  dial,
  hangUp,
} from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectStillHeardAtPbx,
  heardInHeadset,
  legOf,
} from '../../support/far-end.ts';
import { killPage } from '../../support/kill-page.ts';
import { text } from '../../support/texts.ts';

const windowBackMs = 2_000;
/** From the engine's death until its leg is ended at the PBX, which by itself would wait 30 s for sound. */
const legGoneMs = 10_000;

/** Runs in each new page, before its own scripts: notes when a call is first shown (epoch ms), without the driver's delays. */
const noteFirstCall = (): void => {
  const look = (): void => {
    if (document.querySelector('[data-call-id]') === null) return;
    watch.disconnect();
    // After the frame in which it is painted.
    requestAnimationFrame(() => {
      Object.assign(window, { callShownAt: performance.timeOrigin + performance.now() });
    });
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true });
};

const callShownAt = async ({ desk }: DeskApp): Promise<number> => {
  await desk.page.waitForFunction(() => 'callShownAt' in window);
  return desk.page.evaluate(() => (window as unknown as { callShownAt: number }).callShownAt);
};

test('the window dies three times in a call: it is back within 2 s with the call, which goes on', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice' });
  // An echo: the agent hears what the agent says, as long as sound goes both ways.
  const call = await dial(alice, '+12025550143');
  await stack.pbx.reportTalking(call.channel, 600);
  await alice.desk.call('connected').waitFor();
  await expectHeardAtPbx(stack, call.channel, 0);
  await alice.desk.page.getByLabel('Notes').fill('Written before the crash');
  await alice.desk.page.getByLabel('Notes').blur();
  await alice.app.context().addInitScript(noteFirstCall);
  for (let count = 1; count <= 3; count += 1) {
    const dead = alice.desk.page;
    const killedAt = Date.now();
    await killPage(alice.app, 'ui');
    await alice.windowIsBack(dead);
    await expect(alice.desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
    const backMs = (await callShownAt(alice)) - killedAt;
    test.info().annotations.push({ type: 'window back', description: `${backMs.toFixed(0)} ms` });
    expect(backMs).toBeLessThanOrEqual(windowBackMs);
    expect(await agentChannels(stack, alice.user.extension)).toEqual([call.channel]);
  }
  await expectStillHeardAtPbx(stack, call.channel);
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);
  await expect(alice.desk.page.getByLabel('Notes')).toHaveValue('Written before the crash');
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'not_ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({
    outcome: 'completed',
    notes: 'Written before the crash',
  });
  await expectSameHandleTime(alice, call.callId);
});

test('the phone engine dies in a call: said on screen, reported as ended, and the customer, back in the queue within 10 s, is taken again', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(90_000);
  const alice = await deskApp({ username: 'alice' });
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const said = desk.page.getByText(text('app.engineRestarting')).waitFor();
  const killedAt = Date.now();
  await killPage(alice.app, 'phone');
  await expect
    .poll(() => agentChannels(stack, alice.user.extension), {
      message: 'the leg is ended at the PBX',
      timeout: legGoneMs,
    })
    .toEqual([]);
  const goneMs = Date.now() - killedAt;
  test.info().annotations.push({ type: 'leg gone', description: `${goneMs} ms` });
  await said;
  await expect(desk.call('ended')).toHaveAttribute('data-call-id', call.callId);
  await expect(desk.call('ended')).toContainText(text('end.phone_failed.system'));
  await desk.wrapUp.waitFor();
  await expectAgentState(alice, { state: 'wrap_up' });
  await expect(desk.statusLine).toContainText('Registered');
  const wrappedUpAt = Date.now();
  await completeWrapUp(alice);
  const again = await beRung(alice, wrappedUpAt);
  const failedLeg = await legOf(stack, call.callId);
  expect(failedLeg).toMatchObject({ outcome: 'phone_failed' });
  await expectSameHandleTime(alice, call.callId);
  await answer(alice, again);
  await hangUp(alice, again);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, again.callId);
  expect(await legOf(stack, again.callId)).toMatchObject({
    outcome: 'completed',
    contact_id: failedLeg['contact_id'],
  });
});
