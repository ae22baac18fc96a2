import {
  answer,
  becomeReady,
  beInCall,
  completeWrapUp,
  expectLegGone,
  finishCall,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { signInHere } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectSilentAtPbx,
  legOf,
} from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

const away = text('status.backend.away');
const connected = text('status.backend.connected');

test('the backend dies in a call: the call goes on to its wrap-up, and every fact arrives afterwards', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const letReturn = await stack.services.backend.crash();
  try {
    await expect(desk.statusLine).toContainText(away);
    await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
    const heldAt = Date.now();
    await desk.button('Hold').click();
    await expectSilentAtPbx(stack, call.channel, heldAt);
    const resumedAt = Date.now();
    await desk.button('Resume').click();
    await expectHeardAtPbx(stack, call.channel, resumedAt);
    expect(await agentChannels(stack, alice.user.extension)).toEqual([call.channel]);
    await hangUp(alice, call);
    await completeWrapUp(alice, { notes: 'Written while the server was away' });
    await expect(desk.wrapUp).toHaveCount(0);
    expect((await alice.deskSnapshot()).journal.waiting).toBeGreaterThan(0);
  } finally {
    await letReturn();
  }
  await expect(desk.statusLine).toContainText(connected, { timeout: 30_000 });
  await expectSameHandleTime(alice, call.callId);
  expect(await legOf(stack, call.callId)).toMatchObject({
    outcome: 'completed',
    code: 'resolved',
    notes: 'Written while the server was away',
  });
  await expectAgentState(alice, { state: 'ready' });
  const next = await offerCall(alice);
  await answer(alice, next);
  await finishCall(alice, next);
});

test('with the backend away at its start the app says so, and signs in by itself being asked once it is back', async ({
  stack,
  deskApp,
}) => {
  const letReturn = await stack.services.backend.crash();
  let alice;
  try {
    alice = await deskApp({ username: 'alice', signIn: false });
    const { page } = alice.desk;
    await expect(page.getByText(text('signIn.backend.away'))).toBeVisible();
    await page.getByLabel('Username').fill(alice.user.username);
    await page.getByLabel('Password', { exact: true }).fill(alice.user.password);
    await alice.desk.button('Sign in').click();
    await expect(page.getByText(text('signIn.problem.backend_away'))).toBeVisible();
  } finally {
    await letReturn();
  }
  await expect(alice.desk.page.getByText(text('signIn.backend.connected'))).toBeVisible({
    timeout: 30_000,
  });
  await signInHere(alice);
  await expectAgentState(alice, { state: 'not_ready' });
});

test('PostgreSQL dies in a call: the call goes on to its wrap-up, and every fact arrives afterwards', async ({
  stack,
  alice,
}) => {
  test.setTimeout(90_000);
  const { postgres } = stack.services;
  if (postgres === undefined) throw new Error('this stack has no PostgreSQL of its own');
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const letReturn = await postgres.crash();
  try {
    const heldAt = Date.now();
    await desk.button('Hold').click();
    await expectSilentAtPbx(stack, call.channel, heldAt);
    const resumedAt = Date.now();
    await desk.button('Resume').click();
    await expectHeardAtPbx(stack, call.channel, resumedAt);
    await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
    await expect(desk.statusLine).not.toContainText(`Server${connected}`);
    const endedAt = Date.now();
    await desk.button('Hang up').click();
    await expectLegGone(stack, call.channel, endedAt);
    await completeWrapUp(alice, { notes: 'Written while the database was away' });
    expect((await alice.deskSnapshot()).journal.waiting).toBeGreaterThan(0);
  } finally {
    await letReturn();
  }
  await expect
    .poll(async () => (await alice.deskSnapshot()).journal.waiting, { timeout: 40_000 })
    .toBe(0);
  await expectSameHandleTime(alice, call.callId);
  expect(await legOf(stack, call.callId)).toMatchObject({
    outcome: 'completed',
    notes: 'Written while the database was away',
  });
  await expectAgentState(alice, { state: 'ready' });
  await expect(desk.statusLine).toContainText(`Server${connected}`);
});
