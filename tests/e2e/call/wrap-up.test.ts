import { beInCall, becomeReady, hangUp } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState, expectSameHandleTime, legOf } from '../../support/far-end.ts';

test('a wrap-up begun on one machine is finished on another, with what was typed', async ({
  stack,
  deskApp,
}) => {
  const first = await deskApp({ username: 'alice' });
  await becomeReady(first);
  const call = await beInCall(first, { queue: 'support' });
  await hangUp(first, call);
  await first.desk.chooseWrapUpCode('wi-fi fault');
  await first.desk.wrapUp
    .getByRole('textbox', { name: 'Notes' })
    .fill('Half a sentence, typed here');
  await expect
    .poll(async () => {
      const [row] = await stack.rows('SELECT draft FROM wrap_up_drafts WHERE call_id = $1', [
        call.callId,
      ]);
      return row?.['draft'];
    })
    .toMatchObject({ code: 'wifi_fault', notes: 'Half a sentence, typed here' });
  const second = await deskApp({ username: 'alice', signIn: false });
  await second.desk.signIn(second.user.username, second.user.password);
  await expect(second.desk.wrapUp.getByRole('textbox', { name: 'Notes' })).toHaveValue(
    'Half a sentence, typed here',
  );
  await expectAgentState(second, { state: 'wrap_up' });
  await second.desk.button('Complete wrap-up').click();
  await expect(second.desk.wrapUp).toHaveCount(0);
  await expect
    .poll(() => legOf(stack, call.callId))
    .toMatchObject({
      code: 'wifi_fault',
      notes: 'Half a sentence, typed here',
      wrapped_up_by: 'agent',
      wrap_up_flaws: [],
    });
  await expectSameHandleTime(second, call.callId);
});
