import { customerCalls, hangUp } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { audibleDb, expectAgentState, heardInHeadset } from '../../support/far-end.ts';
import { isLegOf } from '../../../scripts/headless/pbx-observer.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';

test('a message left while the agent was not to be disturbed is told of, heard by one press, and deleted', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(90_000);
  // Nobody else's test leaves messages for this one.
  const carla = await deskApp({ username: 'carla' });
  const { desk, user } = carla;
  await expect(desk.statusLine).toContainText('Registered');
  await desk.page.getByRole('switch', { name: 'Do not disturb' }).click();
  await expect(desk.page.getByRole('switch', { name: 'Do not disturb' })).toBeChecked();
  await customerCalls(stack, { extension: user.extension });
  const waiting = desk.page.getByRole('button', { name: /^1 new voice message/u });
  await waiting.waitFor({ timeout: 30_000 });
  await expect(
    desk.page.getByRole('status').filter({ hasText: '1 new voice message' }),
  ).toHaveCount(1);

  const since = Date.now();
  await waiting.click();
  const { message } = await stack.pbx.event('a call to the mailbox', isLegOf(user.extension), {
    since,
  });
  const call = desk.call('connected').first();
  await call.waitFor();
  const callId = (await call.getAttribute('data-call-id')) ?? '';
  await expect.poll(() => heardInHeadset(stack, 1)).toBeGreaterThan(audibleDb);
  // Typed in a call, digits go to the far side.
  await desk.page.locator('body').press('7');
  await hangUp(carla, { callId, channel: field(message, 'channel') });
  // The mailbox deletes what was marked as its owner leaves.
  await expect(waiting).toBeHidden();
  // Nobody was spoken with: there is nothing to wrap up.
  await expectAgentState(carla, { state: 'not_ready' });
  await expect(desk.wrapUp).toHaveCount(0);
});
