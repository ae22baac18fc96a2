import { isLegOf } from '../../../scripts/headless/pbx-observer.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import {
  becomeReady,
  completeWrapUp,
  customerCalls,
  dial,
  hangUp,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentState,
  audibleDb,
  expectAgentState,
  expectSameHandleTime,
  factsInApp,
  heardInHeadset,
} from '../../support/far-end.ts';
import type { Stack } from '../../support/stack.ts';
import { text } from '../../support/texts.ts';

const answerByItself = async (stack: Stack, autoAnswer: boolean): Promise<void> => {
  const answer = await stack.administrator.ask('PUT', '/queues/support', { autoAnswer });
  expect(answer.status).toBe(200);
};

test('a queue that answers by itself tells the agent by a tone, connects both, and a reflex does not end the call', async ({
  stack,
  alice,
}) => {
  const { desk, user } = alice;
  await answerByItself(stack, true);
  try {
    await becomeReady(alice);
    const since = Date.now();
    const hearing = heardInHeadset(stack, 3);
    // The recorder takes a moment to begin.
    await desk.page.waitForTimeout(1_000);
    await customerCalls(stack);
    const leg = await stack.pbx.event('a leg to the agent', isLegOf(user.extension), { since });
    const channel = field(leg.message, 'channel');
    await stack.pbx.reportTalking(channel, 600);
    const connected = desk.call('connected').first();
    await connected.waitFor();
    const callId = (await connected.getAttribute('data-call-id')) ?? '';
    await alice.press('Control+Shift+KeyE');
    await expect(desk.page.getByText(text('phone.refusal.just_answered'))).toBeVisible();
    await expect(desk.button('Hang up')).toHaveAttribute('aria-disabled', 'true');
    expect(await hearing, 'the tone').toBeGreaterThan(audibleDb);
    await expect
      .poll(() => heardInHeadset(stack, 1), { message: 'the customer is heard' })
      .toBeGreaterThan(audibleDb);
    await stack.pbx.event(
      'the agent heard at the PBX',
      (name, message) => name === 'ChannelTalkingStart' && field(message, 'channel') === channel,
      { since },
    );
    await expectAgentState(alice, { state: 'engaged' });
    expect(await factsInApp(alice, callId)).toContainEqual(
      expect.objectContaining({ kind: 'answered', automatic: true }),
    );
    await hangUp(alice, { callId, channel });
    await completeWrapUp(alice);
    expect(await expectSameHandleTime(alice, callId)).toBeGreaterThan(3_000);
  } finally {
    await answerByItself(stack, false);
  }
});

type WithBridge = { readonly ringside: UiBridge };

test('a colleague who is not to be disturbed is busy for calls and questions, stays ready, and hears nothing of it', async ({
  stack,
  deskApp,
  alice,
}) => {
  const bruno = await deskApp({ username: 'bruno' });
  await becomeReady(bruno);
  await bruno.desk.page.getByRole('switch', { name: 'Do not disturb' }).click();
  await expect.poll(async () => (await bruno.deskSnapshot()).agent?.doNotDisturb).toBe(true);

  const dialStatusOf = async (since: number): Promise<string> => {
    const { message } = await stack.pbx.event(
      'the end of the dialling',
      (name, dialEnd) =>
        name === 'DialEnd' &&
        field(dialEnd, 'destchannel').startsWith(`PJSIP/${bruno.user.extension}-`),
      { since },
    );
    return field(message, 'dialstatus');
  };

  // Nothing offers him on the screen any more; a number that is typed reaches his phone all the same.
  const since = Date.now();
  await alice.desk.page.getByLabel('Number', { exact: true }).fill(bruno.user.extension);
  await alice.desk.button('Call').click();
  const over = alice.desk.call('ended').first();
  await expect(over).toContainText(text('end.busy.remote'));
  expect(await dialStatusOf(since)).toBe('BUSY');

  const call = await dial(alice, '+12025550144');
  await alice.desk.call('connected').waitFor();
  const askedAt = Date.now();
  await alice.desk.page.evaluate(
    ([callId, extension]) =>
      (window as unknown as WithBridge).ringside.request('phone.command', {
        ...{ kind: 'consult', callId },
        to: { kind: 'agent', extension },
      }),
    [call.callId, bruno.user.extension] as const,
  );
  expect(await dialStatusOf(askedAt)).toBe('BUSY');
  await expect(alice.desk.page.getByText(text('end.busy.remote')).first()).toBeVisible();

  await expect(bruno.desk.call()).toHaveCount(0);
  expect(await agentState(stack, 'bruno')).toMatchObject({ state: 'ready' });
  // The card leaves before it is known that the phone will refuse the call, and is taken back.
  await expect.poll(async () => (await bruno.deskSnapshot()).cards).toEqual([]);
  await alice.desk.button('Resume').click();
  await hangUp(alice, call);
  await completeWrapUp(alice);
});
