import {
  answer,
  becomeReady,
  completeWrapUp,
  finishCall,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentState,
  expectAgentState,
  expectSameHandleTime,
  signedIn,
} from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

test('a second app that signs in as the same agent takes over; the first is told and signed out', async ({
  stack,
  deskApp,
}) => {
  const first = await deskApp({ username: 'alice' });
  await becomeReady(first);
  const second = await deskApp({ username: 'alice' });
  await expect(first.desk.page.getByText(text('signIn.problem.signed_in_elsewhere'))).toBeVisible();
  await expect(first.desk.button('Sign in')).toBeVisible();
  await becomeReady(second);
  const contacts = await stack.pbx.cli('pjsip show contacts');
  expect(contacts.filter((line) => line.includes(`${second.user.extension}/sip:`))).toHaveLength(1);
  const call = await offerCall(second);
  await expect(first.desk.call()).toHaveCount(0);
  await answer(second, call);
  await hangUp(second, call);
  await completeWrapUp(second);
  await expectAgentState(second, { state: 'ready' });
  await expectSameHandleTime(second, call.callId);
  // The end of the first app is not the end of the agent.
  await first.close();
  await expectAgentState(second, { state: 'ready' });
});

test('a supervisor signs in, and is offered a direct call', async ({ stack, deskApp }) => {
  const sofia = await deskApp({ username: 'sofia' });
  expect(await signedIn(stack)).toContain('sofia');
  await expect(sofia.desk.statusLine).toContainText('Registered');
  expect(await agentState(stack, 'sofia')).toMatchObject({ state: 'not_ready' });
  const call = await offerCall(sofia, { extension: sofia.user.extension });
  await answer(sofia, call);
  await finishCall(sofia, call);
});

test('a wrong password is refused in words, and the right one is taken afterwards', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice', signIn: false });
  const { page } = alice.desk;
  await page.getByLabel('Username').fill(alice.user.username);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await alice.desk.button('Sign in').click();
  await expect(page.getByText(text('signIn.problem.wrong_password'))).toBeVisible();
  expect(await signedIn(stack)).not.toContain('alice');
  await alice.desk.signIn(alice.user.username, alice.user.password);
  expect(await signedIn(stack)).toContain('alice');
});
