import {
  answer,
  beInCall,
  becomeReady,
  beRung,
  completeWrapUp,
  hangUp,
  type OfferedCall,
} from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  expectAgentState,
  expectSameHandleTime,
  expectStillHeardAtPbx,
  heardInHeadset,
  legOf,
} from '../../support/far-end.ts';
import type { Stack } from '../../support/stack.ts';

const bringBruno = async (deskApp: (options: { username: string }) => Promise<DeskApp>) => {
  const bruno = await deskApp({ username: 'bruno' });
  await expect(bruno.desk.statusLine).toContainText('Registered');
  return bruno;
};

/** Opens the transfer and finds the colleague by name. */
const chooseBruno = async ({ desk }: DeskApp): Promise<void> => {
  await desk.button('Transfer').click();
  await desk.page.getByRole('combobox', { name: /Search colleagues/u }).fill('Bruno');
  await desk.page.getByRole('option', { name: /Bruno Almeida/u }).waitFor();
};

const kindsOf = async (stack: Stack, callId: string): Promise<readonly unknown[]> =>
  (
    await stack.rows('SELECT kind FROM segments WHERE call_id = $1 ORDER BY position', [callId])
  ).map(({ kind }) => kind);

const customerName = async (stack: Stack, number: string): Promise<string> => {
  const [row] = await stack.rows(
    `SELECT c.name FROM customers c JOIN customer_numbers n ON n.customer_id = c.id
     WHERE n.number = $1`,
    [number],
  );
  return String(row?.['name']);
};

test('a customer is handed to a colleague who was asked first, with the record and without a gap in the ledger', async ({
  stack,
  deskApp,
  alice,
}) => {
  test.setTimeout(90_000);
  const bruno = await bringBruno(deskApp);
  await becomeReady(alice);
  const call = await beInCall(alice);
  const name = await customerName(stack, call.customer.number);

  await chooseBruno(alice);
  const since = Date.now();
  await alice.desk.button('Ask first').click();
  const consult: OfferedCall = await beRung(bruno, since);
  await expect(bruno.desk.page.getByText(`Alice Byrne asks about ${name}`).first()).toBeVisible();
  await expect(bruno.desk.customer.getByRole('heading', { name })).toBeVisible();
  await answer(bruno, consult);
  // What a consult is made of takes longer than the blink that a test needs.
  await alice.desk.page.waitForTimeout(1_000);

  await alice.desk.button('Complete transfer').click();
  await expect(alice.desk.wrapUp).toBeVisible();
  await expect.poll(() => agentChannels(stack, alice.user.extension)).toEqual([]);
  expect(await agentChannels(stack, bruno.user.extension)).toEqual([consult.channel]);
  await expect(bruno.desk.call('connected').first()).toHaveAttribute(
    'data-call-id',
    consult.callId,
  );
  await expect(bruno.desk.page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expectStillHeardAtPbx(stack, consult.channel);
  expect(await heardInHeadset(stack, 2), 'Bruno hears the customer').toBeGreaterThan(audibleDb);

  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  await expectSameHandleTime(alice, call.callId);
  const given = await legOf(stack, call.callId);
  expect(given).toMatchObject({ outcome: 'transferred' });
  const kinds = await kindsOf(stack, call.callId);
  expect(kinds.slice(0, 2)).toEqual(['ring', 'talk']);
  expect(kinds).toContain('consult');
  expect(kinds.at(-1)).toBe('wrap_up');

  await expectAgentState(bruno, { state: 'engaged' });
  await hangUp(bruno, consult);
  await completeWrapUp(bruno);
  await expectAgentState(bruno, { state: 'not_ready' });
  await expectSameHandleTime(bruno, consult.callId);
  const taken = await legOf(stack, consult.callId);
  expect(taken['contact_id'], 'one contact, two agents').toEqual(given['contact_id']);
});

test('a customer handed over to a colleague who declines comes back, and is not lost', async ({
  stack,
  deskApp,
  alice,
}) => {
  test.setTimeout(90_000);
  const bruno = await bringBruno(deskApp);
  await becomeReady(alice);
  const call = await beInCall(alice);

  await chooseBruno(alice);
  const since = Date.now();
  await alice.desk.button('Transfer now').click();
  await beRung(bruno, since);
  const declinedAt = Date.now();
  await bruno.desk.button('Reject').click();

  const back = await beRung(alice, declinedAt);
  expect(back.callId).not.toBe(call.callId);
  await answer(alice, back);
  // Customers pause between sentences.
  await expect
    .poll(() => heardInHeadset(stack, 1), { message: 'the customer is back' })
    .toBeGreaterThan(audibleDb);
  await hangUp(alice, back);

  // Each leg has its own wrap-up; the first one's has been waiting since the customer was handed over.
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, back.callId);
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
  await expectAgentState(alice, { state: 'ready' });
  const legs = [await legOf(stack, call.callId), await legOf(stack, back.callId)];
  expect(legs.map(({ outcome }) => outcome)).toEqual(['transferred', 'completed']);
  expect(legs[1]?.['contact_id'], 'one contact').toEqual(legs[0]?.['contact_id']);
});
