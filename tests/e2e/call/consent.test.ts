import { randomUUID } from 'node:crypto';
import {
  answer,
  becomeReady,
  beInCall,
  completeWrapUp,
  finishCall,
  grantConsent,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { signInToApi } from '../../support/api-user.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  contactOf,
  expectAgentState,
  expectSameHandleTime,
  recordersOn,
  recordingsOf,
} from '../../support/far-end.ts';
import type { Stack } from '../../support/stack.ts';
import { createJournal } from '../../support/journal.ts';
import { text } from '../../support/texts.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Longer than the backend needs to start a recorder that it was told to start. */
const recorderWouldRunMs = 1_500;

const expectNoRecording = async (
  stack: Stack,
  callKey: string,
  filesBefore: readonly string[],
): Promise<void> => {
  expect(await recordingsOf(stack, callKey)).toEqual([]);
  expect(stack.recordings()).toEqual(filesBefore);
};

test('a call whose consent nobody asks leaves no recording', async ({ stack, alice }) => {
  await becomeReady(alice);
  const before = stack.recordings();
  const call = await beInCall(alice);
  await pause(recorderWouldRunMs);
  expect(await recordersOn(stack, call.channel)).toBe(0);
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectNoRecording(stack, call.customer.callKey, before);
  await expectSameHandleTime(alice, call.callId);
});

test('a call whose customer refuses leaves no recording', async ({ stack, alice }) => {
  await becomeReady(alice);
  const before = stack.recordings();
  const call = await beInCall(alice);
  await alice.desk.button('Ask consent').click();
  await alice.desk.button('Consent refused').click();
  await expect(alice.desk.consent).toContainText('Consent refused');
  await pause(recorderWouldRunMs);
  expect(await recordersOn(stack, call.channel)).toBe(0);
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectNoRecording(stack, call.customer.callKey, before);
  await expectSameHandleTime(alice, call.callId);
});

test('consent that is taken back ends the recording, and the call goes on', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  await grantConsent(alice);
  expect(await recordersOn(stack, call.channel)).toBe(1);
  await pause(1_000);
  await desk.button(text('consent.button.withdrawn')).click();
  await expect.poll(() => recordersOn(stack, call.channel)).toBe(0);
  await expect(desk.consent).toHaveAttribute('data-consent', 'withdrawn');
  await pause(recorderWouldRunMs);
  await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
  const [recording, ...others] = await recordingsOf(stack, call.customer.callKey);
  expect(others).toEqual([]);
  expect(recording).toMatchObject({ state: 'sealed', call_key: call.customer.callKey });
  const seconds = Number(recording?.['seconds']);
  expect(seconds).toBeGreaterThan(0.5);
  await finishCall(alice, call);
  expect(Number((await recordingsOf(stack, call.customer.callKey))[0]?.['seconds'])).toBe(seconds);
});

test('what a customer refuses for later calls is known as the next call rings, with the rule of both places', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  // A customer of the demo with a number of Boston.
  const boston = { number: '+16175550107' };
  await becomeReady(alice);
  const first = await beInCall(alice, boston);
  await expect(desk.consent).toContainText('Massachusetts');
  await desk.button('Ask consent').click();
  await desk.button('Consent refused').click();
  await desk.button(text('consent.button.keep')).click();
  await expect(desk.button(text('consent.button.keep'))).toHaveCount(0);
  await finishCall(alice, first);

  await becomeReady(alice);
  const next = await offerCall(alice, boston);
  await expect(desk.consent).toHaveAttribute('data-consent', 'refused');
  await answer(alice, next);
  expect(await recordersOn(stack, next.channel)).toBe(0);
  await finishCall(alice, next);
});

test('another agent’s client that claims consent for this call gets no recording', async ({
  stack,
  alice,
}) => {
  await becomeReady(alice);
  const before = stack.recordings();
  const call = await beInCall(alice);
  const liar = await signInToApi(stack.services.backendUrl, stack.user('bruno'));
  const journal = createJournal(liar.session.desk.user.id);
  const { callKey } = call.customer;
  const granted = (callId: string) =>
    journal.event({
      topic: 'consent',
      fact: { kind: 'granted', id: randomUUID(), callId, callKey, at: Date.now() },
    });
  const asOwnLeg = randomUUID();
  const events = [
    granted(call.callId),
    // A leg of its own in the same call, offered and answered by its own word.
    journal.event({
      topic: 'ledger',
      fact: {
        kind: 'offered',
        id: randomUUID(),
        callId: asOwnLeg,
        callKey,
        at: Date.now(),
        queue: 'support',
        remoteNumber: call.customer.number,
        remoteName: '',
      },
    }),
    journal.event({
      topic: 'ledger',
      fact: { kind: 'answered', id: randomUUID(), callId: asOwnLeg, callKey, at: Date.now() },
    }),
    granted(asOwnLeg),
    { ...granted(call.callId), agentId: alice.stack.user('alice').username },
  ];
  await liar.ask('POST', '/events', { events });
  await pause(recorderWouldRunMs);
  expect(await recordersOn(stack, call.channel)).toBe(0);
  await expect(alice.desk.consent).toHaveAttribute('data-consent', 'not_asked');
  await liar.signOut();
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectNoRecording(stack, callKey, before);
  await expectSameHandleTime(alice, call.callId);
});

test('consent claimed for a call that is over starts no recording', async ({ stack, alice }) => {
  await becomeReady(alice);
  const before = stack.recordings();
  const call = await beInCall(alice);
  await finishCall(alice, call);
  await expect
    .poll(async () => (await contactOf(stack, call.customer.callKey))['ended_at'])
    .not.toBeNull();
  await alice.close();
  const self = await signInToApi(stack.services.backendUrl, alice.user);
  const journal = createJournal(self.session.desk.user.id);
  const answer = await self.ask('POST', '/events', {
    events: [
      journal.event({
        topic: 'consent',
        fact: {
          kind: 'granted',
          id: randomUUID(),
          callId: call.callId,
          callKey: call.customer.callKey,
          at: Date.now(),
        },
      }),
    ],
  });
  expect(answer.status).toBe(200);
  await pause(recorderWouldRunMs);
  await self.signOut();
  await expectNoRecording(stack, call.customer.callKey, before);
});
