import {
  answer,
  becomeReady,
  beInCall,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  expectAgentState,
  expectSameHandleTime,
  isOfferedCalls,
  outcomeOf,
} from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

test('the PBX dies in a call: the call ends in words, and after its restart calls come again', async ({
  stack,
  alice,
}) => {
  test.setTimeout(120_000);
  const { asterisk } = stack.services;
  if (asterisk === undefined) throw new Error('this stack has no PBX of its own');
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const letReturn = await asterisk.crash();
  try {
    await expect(desk.statusLine).toContainText(text('status.pbx.disconnected'));
    await expect(desk.statusLine).not.toContainText(text('status.signalling.registered'));
    // It may be an outage of the network: the call is not given up yet.
    await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
  } finally {
    await letReturn();
  }
  await expect(desk.call('ended')).toHaveAttribute('data-call-id', call.callId, {
    timeout: 40_000,
  });
  await expect(desk.call('ended')).toContainText(text('end.unreachable.system'));
  await desk.wrapUp.waitFor();
  await expect(desk.statusLine).toContainText(text('status.signalling.registered'), {
    timeout: 40_000,
  });
  await expect.poll(() => outcomeOf(stack, call.callId)).toBe('unreachable');
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, call.callId);
  await expect
    .poll(() => isOfferedCalls(stack, alice.user.extension), { timeout: 20_000 })
    .toBe(true);
  const next = await offerCall(alice);
  await answer(alice, next);
  await hangUp(alice, next);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, next.callId);
});

test('backend and PBX die one after the other: the phone gets another secret and registers', async ({
  stack,
  alice,
}) => {
  test.setTimeout(150_000);
  const { asterisk, backend } = stack.services;
  if (asterisk === undefined) throw new Error('this stack has no PBX of its own');
  await becomeReady(alice);
  // The phone stays registered, and nobody but it and the PBX knows its secret any more.
  await (
    await backend.crash()
  )();
  await expect(alice.desk.statusLine).toContainText(text('status.signalling.registered'), {
    timeout: 30_000,
  });
  await (
    await asterisk.crash()
  )();
  await expect
    .poll(() => isOfferedCalls(stack, alice.user.extension), { timeout: 60_000 })
    .toBe(true);
  const call = await offerCall(alice);
  await answer(alice, call);
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
});
