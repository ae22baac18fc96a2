import {
  answer,
  becomeReady,
  beInCall,
  beRung,
  completeWrapUp,
  customerCalls,
  customerHangsUp,
  expectLegGone,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  channels,
  contactOf,
  expectAgentState,
  expectSameHandleTime,
  isOfferedCalls,
  legOf,
  outcomeOf,
} from '../../support/far-end.ts';
import { killPage } from '../../support/kill-page.ts';
import type { Stack } from '../../support/stack.ts';
import { text } from '../../support/texts.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';

const waitingInQueue = async (stack: Stack, queue: string): Promise<number> => {
  const lines = await stack.pbx.cli(`queue show ${queue}`);
  return lines.filter((line) => /^\s+\d+\. Local\//u.test(line)).length;
};

test('a direct call to the extension reaches an agent who is not ready, and leaves no queue behind', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const call = await offerCall(alice, { extension: alice.user.extension });
  await expect(desk.call('offered')).toContainText(text('call.incomingDirect'));
  await expectAgentState(alice, { state: 'reserved' });
  await answer(alice, call);
  await expectAgentState(alice, { state: 'engaged' });
  const endedAt = Date.now();
  await desk.button('Hang up').click();
  await expectLegGone(stack, call.channel, endedAt);
  await expect(desk.call('ended')).toContainText(text('end.completed.local'));
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'not_ready', reason: 'signed_in' });
  expect(await contactOf(stack, call.customer.callKey)).toMatchObject({
    queue: null,
    direction: 'inbound',
  });
  expect(await legOf(stack, call.callId)).toMatchObject({ outcome: 'completed' });
  expect(await expectSameHandleTime(alice, call.callId)).toBeGreaterThan(0);
});

test('a rejected call makes the agent not ready; its customer and the next one stay in the queue', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const since = Date.now();
  const call = await offerCall(alice);
  await desk.button('Reject').click();
  await expectLegGone(stack, call.channel, since);
  await expect(desk.call('ended')).toContainText(text('end.rejected.local'));
  await expectAgentState(alice, { state: 'not_ready', reason: 'rejected_call' });
  await expect(desk.agentState).toContainText(text('agent.reason.rejected_call'));
  expect(await isOfferedCalls(stack, alice.user.extension)).toBe(false);
  await expect.poll(() => outcomeOf(stack, call.callId)).toBe('rejected');
  expect(await expectSameHandleTime(alice, call.callId)).toBe(0);

  await customerCalls(stack);
  await expect.poll(() => waitingInQueue(stack, 'support')).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await agentChannels(stack, alice.user.extension)).toEqual([]);

  const readyAt = Date.now();
  await desk.ready();
  const again = await beRung(alice, readyAt);
  const callKey = async () =>
    (
      await stack.rows(
        'SELECT k.call_key FROM contacts k JOIN legs g ON g.contact_id = k.id WHERE g.call_id = $1',
        [again.callId],
      )
    )[0]?.['call_key'];
  await expect
    .poll(callKey, { message: 'who has waited longest is offered first' })
    .toBe(call.customer.callKey);
});

const missedOffers = (stack: Stack, callKey: string) =>
  stack.rows('SELECT cause, counted, evidence FROM missed_offers WHERE call_key = $1', [callKey]);

test('a queue call that rang on screen and in the headset and was let ring is missed, and its customer waits on', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  // The usual second chance would ring for as long again.
  await stack.rows(
    `INSERT INTO centre_settings (name, value) VALUES ('missesBeforeNotReady', '1')
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  await becomeReady(alice);
  const since = Date.now();
  const call = await offerCall(alice);
  await stack.pbx.event(
    'the end of the ringing',
    (name, message) => name === 'Hangup' && message.get('channel')?.[0] === call.channel,
    { since, timeoutMs: 30_000 },
  );
  await expectAgentState(alice, { state: 'not_ready', reason: 'missed_call' });
  await expect(desk.call('ended')).toContainText(text('missed.cause.not_answered'));
  await expect
    .poll(() => missedOffers(stack, call.customer.callKey))
    .toMatchObject([
      { cause: 'not_answered', counted: true, evidence: { pbx: { rang: true, cause: 19 } } },
    ]);
  await expect(desk.agentState).toContainText(text('agent.reason.missed_call'));
  await expect.poll(() => waitingInQueue(stack, 'support')).toBe(1);
  expect(await isOfferedCalls(stack, alice.user.extension)).toBe(false);
  await expect.poll(() => outcomeOf(stack, call.callId)).toBe('no_answer');
  expect(await expectSameHandleTime(alice, call.callId)).toBe(0);
  await stack.rows(`DELETE FROM centre_settings WHERE name = 'missesBeforeNotReady'`);
});

test('a phone that dies under a ringing call is no fault of the agent: said so, and counted apart', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await offerCall(alice);
  await killPage(alice.app, 'phone');
  await expectAgentState(alice, { state: 'not_ready', reason: 'phone_failed' });
  await expect
    .poll(() => missedOffers(stack, call.customer.callKey))
    .toMatchObject([{ cause: 'engine_restarting', counted: false }]);
  const notice = desk.page.getByRole('region', { name: text('call.region') });
  await expect(notice).toContainText(text('missed.cause.engine_restarting'));
  await expect(notice).toContainText(text('missed.notCounted'));
  await customerHangsUp(stack);
});

test('a caller who gives up is no fault of the agent, who stays ready', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const since = Date.now();
  const call = await offerCall(alice);
  await expectAgentState(alice, { state: 'reserved' });
  await customerHangsUp(stack);
  await expectLegGone(stack, call.channel, since);
  await expect(desk.call('ended')).toContainText(text('end.cancelled.remote'));
  await expectAgentState(alice, { state: 'ready' });
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);
  await expect.poll(() => outcomeOf(stack, call.callId)).toBe('cancelled');
  expect(await expectSameHandleTime(alice, call.callId)).toBe(0);
  await expect.poll(() => channels(stack)).toEqual([]);
});

test('a customer who hangs up opens the wrap-up, and the screen says who ended the call', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const since = Date.now();
  await customerHangsUp(stack);
  await expectLegGone(stack, call.channel, since);
  await desk.wrapUp.waitFor();
  await expect(desk.call('ended')).toContainText(text('end.completed.remote'));
  await expectAgentState(alice, { state: 'wrap_up' });
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({ outcome: 'completed' });
  expect(await expectSameHandleTime(alice, call.callId)).toBeGreaterThan(0);
});

test('the wrap-up is not completed without a code, and says so', async ({ stack, alice }) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  await desk.button('Hang up').click();
  await desk.wrapUp.waitFor();
  await desk.button('Complete wrap-up').click();
  await expect(desk.wrapUp).toContainText(text('wrapUp.codeMissing'));
  await expectAgentState(alice, { state: 'wrap_up' });
  expect(await legOf(stack, call.callId)).toMatchObject({ code: null });
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, call.callId);
});

test('where no ring could be heard the queue offers nothing: said on screen, and over by itself', async ({
  stack,
  alice,
}) => {
  await becomeReady(alice);
  const state = alice.desk.page.getByRole('region', { name: 'Agent state' });
  const setRing = (ringVolume: number) =>
    alice.desk.page.evaluate(
      (volume) =>
        (window as unknown as { readonly ringside: UiBridge }).ringside.request('settings.change', {
          ringVolume: volume,
        }),
      ringVolume,
    );
  await setRing(0);
  await expect(state).toContainText(text('agent.hindered.ringer_off'));
  await expectAgentState(alice, { state: 'not_ready', reason: 'hindered_ringer_off' });
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(false);
  await setRing(0.5);
  await expectAgentState(alice, { state: 'ready' });
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);

  await killPage(alice.app, 'phone');
  const whileDead = `SELECT 1 FROM agent_state_log l JOIN users u ON u.id = l.agent_id
    WHERE u.username = 'alice' AND l.state->>'reason' = 'hindered_phone_restarting'`;
  await expect.poll(async () => (await stack.rows(whileDead)).length).toBeGreaterThan(0);
  await expectAgentState(alice, { state: 'ready' });
  await expect(state).toContainText(text('agent.reachable'));
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);
});
