import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { completeWrapUp, dial, expectLegGone } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  channels,
  expectAgentState,
  expectSameHandleTime,
  legOf,
  outcomeOf,
} from '../../support/far-end.ts';
import type { Stack } from '../../support/stack.ts';
import { text } from '../../support/texts.ts';

/** The number that the PBX was asked for. */
const dialedAtPbx = async (stack: Stack, since: number): Promise<string> => {
  const { message } = await stack.pbx.event(
    'an outbound call at the PBX',
    (name, seen) => name === 'UserEvent' && field(seen, 'userevent') === 'RingsideOutbound',
    { since },
  );
  return field(message, 'number');
};

test('a number is dialled in E.164 however it was typed; who answers and hangs up leaves a wrap-up', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const since = Date.now();
  await desk.page.getByLabel('Number', { exact: true }).fill('202.555.0116');
  await expect(desk.region('Call')).toContainText('(202) 555-0116');
  const call = await dial(alice, '(202) 555-0116');
  expect(await dialedAtPbx(stack, since)).toBe('+12025550116');
  await expectAgentState(alice, { state: 'engaged' });
  await desk.call('alerting').waitFor();
  await desk.call('connected').waitFor();
  await expectLegGone(stack, call.channel, since);
  await desk.wrapUp.waitFor();
  await expect(desk.call('ended')).toContainText(text('end.completed.remote'));
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'not_ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({ outcome: 'completed' });
  expect(await expectSameHandleTime(alice, call.callId)).toBeGreaterThan(2_000);
});

const spellings = [
  { typed: '+34 600-000-005', dialed: '+34600000005' },
  { typed: '1 202.555.0180', dialed: '+12025550180' },
] as const;

for (const { typed, dialed } of spellings) {
  test(`${typed} reaches the PBX as ${dialed}`, async ({ stack, alice }) => {
    const since = Date.now();
    const call = await dial(alice, typed);
    expect(await dialedAtPbx(stack, since)).toBe(dialed);
    await alice.desk.button('Hang up').click();
    await expectLegGone(stack, call.channel, since);
    await expectAgentState(alice, { state: 'not_ready' });
    expect(await expectSameHandleTime(alice, call.callId)).toBe(0);
  });
}

const failures = [
  { what: 'a busy line', number: '+12025550186', outcome: 'busy', side: 'remote' },
  {
    what: 'a number that does not exist',
    number: '+12025550104',
    outcome: 'wrong_number',
    side: 'remote',
  },
  { what: 'somebody who declines', number: '+12025550103', outcome: 'rejected', side: 'remote' },
  {
    what: 'a trunk without a free line',
    number: '+12025550150',
    outcome: 'unreachable',
    side: 'system',
  },
] as const;

for (const { what, number, outcome, side } of failures) {
  test(`a call to ${what} ends with its reason in words, and owes no wrap-up`, async ({
    stack,
    alice,
  }) => {
    const { desk } = alice;
    const since = Date.now();
    const call = await dial(alice, number);
    await expectLegGone(stack, call.channel, since);
    await expect(desk.call('ended')).toContainText(text(`end.${outcome}.${side}`));
    await expect(desk.wrapUp).toHaveCount(0);
    await expectAgentState(alice, { state: 'not_ready', reason: 'signed_in' });
    await expect.poll(() => outcomeOf(stack, call.callId)).toBe(outcome);
    expect(await expectSameHandleTime(alice, call.callId)).toBe(0);
  });
}

test('a call that is cancelled while it rings is gone at the PBX', async ({ stack, alice }) => {
  const { desk } = alice;
  const since = Date.now();
  const call = await dial(alice, '+12025550180');
  await desk.call('alerting').waitFor();
  await desk.button('Hang up').click();
  await expectLegGone(stack, call.channel, since);
  await expect(desk.call('ended')).toContainText(text('end.cancelled.local'));
  await expect.poll(() => channels(stack)).toEqual([]);
  await expectAgentState(alice, { state: 'not_ready' });
  await expect.poll(() => outcomeOf(stack, call.callId)).toBe('cancelled');
  expect(await expectSameHandleTime(alice, call.callId)).toBe(0);
});

test('what is no number is not dialled, and the desk says so', async ({ stack, alice }) => {
  const { desk } = alice;
  await desk.page.getByLabel('Number', { exact: true }).fill('<b>not a number</b>');
  await desk.button('Call').click();
  await expect(desk.page.getByText(text('phone.refusal.not_a_number'))).toBeVisible();
  expect(await channels(stack)).toEqual([]);
  await expect(desk.call()).toHaveCount(0);
});
