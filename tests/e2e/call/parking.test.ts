import {
  becomeReady,
  beInCall,
  completeWrapUp,
  expectLegGone,
  finishCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  expectSameHandleTime,
  heardInHeadset,
} from '../../support/far-end.ts';

test('a customer who is parked waits on every desk and is picked up by one press, with record and ledger', async ({
  stack,
  deskApp,
  alice,
}) => {
  test.setTimeout(90_000);
  const bruno = await deskApp({ username: 'bruno' });
  await expect(bruno.desk.statusLine).toContainText('Registered');
  await becomeReady(alice);
  const call = await beInCall(alice);
  const name = (await alice.desk.customer.getByRole('heading').first().textContent()) ?? '';

  const since = Date.now();
  await alice.desk.button('Transfer').click();
  await alice.desk.button('Park').click();
  await expectLegGone(stack, call.channel, since);
  await expect(alice.desk.wrapUp).toBeVisible();
  const row = bruno.desk.page.getByRole('region', { name: 'Parked' });
  await expect(row).toContainText('by Alice Byrne');
  await expect(alice.desk.page.getByRole('region', { name: 'Parked' })).toContainText(name);

  await row.getByRole('button', { name: `Pick up ${name}` }).click();
  const theirs = bruno.desk.call('connected').first();
  await theirs.waitFor();
  await expect(row).toBeHidden();
  await expect(bruno.desk.page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(bruno.desk.customer.getByRole('heading', { name })).toBeVisible();
  await expect.poll(() => heardInHeadset(stack, 1), { timeout: 15_000 }).toBeGreaterThan(audibleDb);
  const [channel = ''] = await agentChannels(stack, bruno.user.extension);
  const callId = (await theirs.getAttribute('data-call-id')) ?? '';

  await finishCall(bruno, { callId, channel });
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
  const legs = await stack.rows(
    `SELECT DISTINCT c.call_key FROM contacts c JOIN legs l ON l.contact_id = c.id
     WHERE l.call_id IN ($1, $2)`,
    [call.callId, callId],
  );
  expect(legs).toEqual([{ call_key: call.customer.callKey }]);
});
