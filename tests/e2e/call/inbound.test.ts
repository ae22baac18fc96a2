import { completeWrapUp, becomeReady, beInCall, hangUp } from '../../support/agent-at-work.ts';
import { test } from '../../support/end-to-end.ts';
import { expectAgentState, expectSameHandleTime } from '../../support/far-end.ts';

test('smoke', async ({ deskApp }) => {
  const alice = await deskApp({ username: 'alice' });
  await becomeReady(alice);
  const call = await beInCall(alice);
  await hangUp(alice, call);
  await expectAgentState(alice, { state: 'wrap_up' });
  await completeWrapUp(alice, { notes: 'All is well.' });
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, call.callId);
});
