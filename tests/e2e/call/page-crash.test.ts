import {
  answer,
  beInCall,
  becomeReady,
  completeWrapUp,
  dial,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  channels,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectStillHeardAtPbx,
  heardInHeadset,
  isOfferedCalls,
  legOf,
} from '../../support/far-end.ts';
import { killPage } from '../../support/kill-page.ts';
import { text } from '../../support/texts.ts';

const windowBackMs = 2_000;
/** `rtp_timeout` of resources/pbx/etc/pjsip.conf, and what it takes to notice. */
const rtpTimeoutMs = 40_000;

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

test('the phone engine dies in a call: said on screen, reported as ended, and the next call is taken', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(90_000);
  const alice = await deskApp({ username: 'alice' });
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const said = desk.page.getByText(text('app.engineRestarting')).waitFor();
  await killPage(alice.app, 'phone');
  await said;
  await expect(desk.call('ended')).toHaveAttribute('data-call-id', call.callId);
  await expect(desk.call('ended')).toContainText(text('end.phone_failed.system'));
  await desk.wrapUp.waitFor();
  await expect
    .poll(() => channels(stack), { message: 'nobody is left on the line', timeout: rtpTimeoutMs })
    .toEqual([]);
  await expectAgentState(alice, { state: 'wrap_up' });
  await expect(desk.statusLine).toContainText('Registered');
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({ outcome: 'phone_failed' });
  await expectSameHandleTime(alice, call.callId);

  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);
  const next = await offerCall(alice);
  await answer(alice, next);
  await hangUp(alice, next);
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, next.callId);
});
