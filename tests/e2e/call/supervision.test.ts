import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import type { JoinsPage } from '../../../src/shared/api/supervision.ts';
import { beInCall, becomeReady, completeWrapUp } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  expectHeardAtPbx,
  expectSameHandleTime,
  heardInHeadset,
  legOf,
} from '../../support/far-end.ts';
import { bringToLife } from '../../support/headset/firmware.ts';
import { headsetBed } from '../../support/headset/headset-bed.ts';
import { jabra } from '../../support/headset/models.ts';

/** No pause of the voice is as long as this. */
const silenceMs = 600;

const strip = ({ desk }: DeskApp) => desk.region('On a call of an agent');

/** From the line of the board. */
const listenTo = ({ desk }: DeskApp, name: string): Promise<void> =>
  desk.page.getByRole('button', { name: `Listen to ${name}` }).click();

test('a supervisor’s headset is lit while on an agent’s call; its mute goes back to listening, its hook leaves', async ({
  stack,
  deskApp,
  alice,
}) => {
  test.setTimeout(90_000);
  const bed = await headsetBed(jabra);
  try {
    const [headset] = bed.headsets.map(bringToLife);
    if (headset === undefined) throw new Error('no headset');
    await headset.plug();
    const sofia = await deskApp({ username: 'sofia', env: bed.env });
    await expect(sofia.desk.statusLine).toContainText('Registered');
    await becomeReady(alice);
    await beInCall(alice);
    const joinedAt = Date.now();
    await listenTo(sofia, 'Alice Byrne');
    await expect(strip(sofia)).toHaveAttribute('data-join-state', 'running');
    await headset.lightsBecome({ offHook: true, mute: true, ring: false });

    await sofia.press('F7');
    await expect(strip(sofia)).toHaveAttribute('data-microphone', 'open');
    await headset.lightsBecome({ offHook: true, mute: false });
    await headset.press('mute');
    await headset.lightsBecome({ mute: true });
    await expect(strip(sofia)).toHaveAttribute('data-microphone', 'closed');
    await expect(strip(sofia)).toHaveAttribute('data-join-mode', 'listen');

    await headset.press('hook');
    await expect(strip(sofia)).toHaveCount(0);
    await headset.lightsBecome({ offHook: false, mute: false, microphone: false });
    await expect.poll(() => agentChannels(stack, sofia.user.extension)).toEqual([]);
    const { body } = await stack.administrator.ask('GET', `/supervision?from=${String(joinedAt)}`);
    const [record] = (body as JoinsPage).joins;
    expect(record?.why).toBe('left');
    expect(record?.modes.map(({ mode }) => mode)).toEqual(['listen', 'whisper', 'listen']);
  } finally {
    await bed.stop();
  }
});

test('a supervisor listens, whispers, speaks with both and leaves, and the microphone is open only in between', async ({
  stack,
  deskApp,
  alice,
}) => {
  test.setTimeout(120_000);
  const sofia = await deskApp({ username: 'sofia' });
  await expect(sofia.desk.statusLine).toContainText('Registered');
  await becomeReady(alice);
  const call = await beInCall(alice);

  const joinedAt = Date.now();
  await listenTo(sofia, 'Alice Byrne');
  await expect(strip(sofia)).toHaveAttribute('data-join-mode', 'listen');
  await expect(strip(sofia)).toContainText('Nobody hears you');
  await expect(strip(sofia)).toContainText('Microphone closed');
  const seen = alice.desk.page.getByText('Sofia Lindqvist listens');
  await expect(seen).toBeVisible();
  const [line] = await agentChannels(stack, sofia.user.extension);
  if (line === undefined) throw new Error('the supervisor has no line');
  await stack.pbx.reportTalking(line, silenceMs);
  // What the headset plays is Alice's call as well; the line of the supervisor alone is measured at the PBX.
  await expect.poll(() => heardInHeadset(stack, 1)).toBeGreaterThan(audibleDb);
  /** What the PBX said last of the sound of the supervisor's line; undefined: it never heard any. */
  const sound = () =>
    stack.pbx
      .seen()
      .findLast(
        ({ name, message }) =>
          name.startsWith('ChannelTalking') && field(message, 'channel') === line,
      )?.name;
  expect(sound(), 'the supervisor’s microphone is silent while listening').toBe(undefined);

  const whisperedAt = Date.now();
  await sofia.press('F7');
  await expect(strip(sofia)).toHaveAttribute('data-join-mode', 'whisper');
  await expect(strip(sofia)).toContainText('not the customer');
  await expectHeardAtPbx(stack, line, whisperedAt);
  await expect(alice.desk.page.getByText('Sofia Lindqvist whispers to you')).toBeVisible();

  await strip(sofia).getByRole('button', { name: 'Barge in' }).click();
  await expect(strip(sofia)).toHaveAttribute('data-join-mode', 'barge');
  await expect(strip(sofia)).toHaveAttribute('data-microphone', 'open');
  await sofia.press('F6');
  await expect(strip(sofia)).toHaveAttribute('data-microphone', 'closed');
  await expect
    .poll(sound, { message: 'sound of the closed microphone' })
    .toBe('ChannelTalkingStop');

  await sofia.press('F9');
  await expect(strip(sofia)).toHaveCount(0);
  await expect(seen).toHaveCount(0);
  await expect.poll(() => agentChannels(stack, sofia.user.extension)).toEqual([]);
  expect((await sofia.phoneSnapshot()).calls, 'a join is no call').toEqual([]);
  expect(await agentChannels(stack, alice.user.extension)).toEqual([call.channel]);

  const { body } = await stack.administrator.ask('GET', `/supervision?from=${String(joinedAt)}`);
  const [record] = (body as JoinsPage).joins;
  expect(record).toMatchObject({ supervisor: { name: 'Sofia Lindqvist' }, why: 'left' });
  expect(record?.modes.map(({ mode }) => mode)).toEqual(['listen', 'whisper', 'barge', 'listen']);

  await listenTo(sofia, 'Alice Byrne');
  await expect(strip(sofia)).toHaveAttribute('data-join-state', 'running');
  await sofia.press('Shift+F9');
  await expect(sofia.desk.call('connected').first(), 'the customer comes by itself').toBeVisible();
  await expect(strip(sofia)).toHaveCount(0);
  await expect(alice.desk.wrapUp).toBeVisible();
  await expect(alice.desk.page.getByText('Sofia Lindqvist took this call over')).toBeVisible();
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
  const { contact_id: contactId } = await legOf(stack, call.callId);
  const parts = await stack.rows('SELECT agent_id FROM contact_agents WHERE contact_id = $1', [
    contactId,
  ]);
  expect(parts, 'one contact, two agents').toHaveLength(2);
  const { body: after } = await stack.administrator.ask(
    'GET',
    `/supervision?contactId=${String(contactId)}`,
  );
  expect((after as JoinsPage).joins[0]).toMatchObject({ why: 'taken_over' });
});
