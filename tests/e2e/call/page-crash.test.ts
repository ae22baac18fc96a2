import {
  answer,
  beInCall,
  becomeReady,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import {
  agentChannels,
  channels,
  expectAgentState,
  expectSameHandleTime,
  isOfferedCalls,
  legOf,
} from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

const windowBackMs = 2_000;
/** `rtp_timeout` of resources/pbx/etc/pjsip.conf, and what it takes to notice. */
const rtpTimeoutMs = 40_000;

/** The process of one of the app's two pages. */
const processOf = (deskApp: DeskApp, page: 'ui' | 'phone'): Promise<number> =>
  deskApp.app.evaluate(
    ({ webContents }, host) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith(`app://${host}`))
        ?.getOSProcessId() ?? 0,
    page,
  );

const kill = async (deskApp: DeskApp, page: 'ui' | 'phone'): Promise<void> => {
  const pid = await processOf(deskApp, page);
  expect(pid, `the process of app://${page}`).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
};

test('the window dies three times in a call: it is back within 2 s with the call, which goes on', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice' });
  await becomeReady(alice);
  const call = await beInCall(alice);
  const since = Date.now();
  await alice.desk.page.getByLabel('Notes').fill('Written before the crash');
  await alice.desk.page.getByLabel('Notes').blur();
  for (let count = 1; count <= 3; count += 1) {
    const dead = alice.desk.page;
    const killedAt = Date.now();
    await kill(alice, 'ui');
    await alice.windowIsBack(dead);
    await expect(alice.desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
    const backMs = Date.now() - killedAt;
    test.info().annotations.push({ type: 'window back', description: `${backMs} ms` });
    expect(backMs).toBeLessThanOrEqual(windowBackMs);
    expect(await agentChannels(stack, alice.user.extension)).toEqual([call.channel]);
  }
  // The voice has no pause: the PBX would have reported one.
  const silences = stack.pbx
    .seen()
    .filter(
      ({ at, name, message }) =>
        at > since && name === 'ChannelTalkingStop' && field(message, 'channel') === call.channel,
    );
  expect(silences).toEqual([]);
  await expect(alice.desk.page.getByLabel('Notes')).toHaveValue('Written before the crash');
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
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
  await kill(alice, 'phone');
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
