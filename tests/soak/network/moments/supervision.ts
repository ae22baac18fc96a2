import { setTimeout as pause } from 'node:timers/promises';
import { field } from '../../../../src/backend/pbx/ami/ami-message.ts';
import type { JoinsPage } from '../../../../src/shared/api/supervision.ts';
import { type DeskApp, launchDeskApp, signOutAtBackend } from '../../../support/desk-app.ts';
import { agentToneHz, until } from '../../../support/engine-page/far-end.ts';
import { agentChannels, legOf } from '../../../support/far-end.ts';
import {
  askDesk,
  commandPhone,
  switchProcessingOff,
} from '../../../support/reliability/desk-orders.ts';
import type { Stack } from '../../../support/stack.ts';
import type { Scene } from '../repeated.ts';
import {
  type Call,
  type Moment,
  nothing,
  patienceMs,
  settledWithinMs,
  talking,
  type Witness,
} from './moment.ts';

/** The tone of the microphone, which is the same for both desks, has no pause. */
const silenceMs = 600;
/** So long somebody is listened to who must not be heard. */
const listenMs = 1_500;
const lookEveryMs = 50;
/** A tone that somebody says is at -10. */
const silentDb = -45;

const openSupervisor = async (stack: Stack): Promise<DeskApp> => {
  const supervisor = await launchDeskApp(stack, { username: 'sofia' });
  await switchProcessingOff(supervisor);
  await until(
    'the supervisor’s phone is registered',
    async () => (await supervisor.phoneSnapshot()).registration.state === 'registered',
    patienceMs,
  );
  return supervisor;
};

const microphoneOf = async (supervisor: DeskApp): Promise<'open' | 'closed'> =>
  (await supervisor.phoneSnapshot()).join?.microphone ?? 'closed';

const linesOf = ({ stack, user }: DeskApp): Promise<readonly string[]> =>
  agentChannels(stack, user.extension);

/** How often the PBX heard any line of the supervisor begin to sound, since then. */
const soundsSince = ({ stack, user }: DeskApp, since: number): number =>
  stack.pbx
    .seen()
    .filter(
      ({ at, name, message }) =>
        at >= since &&
        name === 'ChannelTalkingStart' &&
        field(message, 'channel').startsWith(`PJSIP/${user.extension}-`),
    ).length;

/** The PBX hears this line now; false as well when it never did. */
const isHeardAtPbx = ({ pbx }: Stack, line: string): boolean =>
  pbx
    .seen()
    .findLast(
      ({ name, message }) =>
        name.startsWith('ChannelTalking') && field(message, 'channel') === line,
    )?.name === 'ChannelTalkingStart';

const join = async (
  supervisor: DeskApp,
  agentId: string,
  mode: 'listen' | 'whisper',
): Promise<string> => {
  const isRunning = async (wanted: string) => {
    const { join: joined } = await supervisor.deskSnapshot();
    return joined?.state === 'running' && joined.mode === wanted;
  };
  await askDesk(supervisor, 'supervision.join', { agentId, mode: 'listen' });
  await until('the supervisor listens', () => isRunning('listen'));
  const [line] = await linesOf(supervisor);
  if (line === undefined) throw new Error('the supervisor has no line');
  await supervisor.stack.pbx.reportTalking(line, silenceMs);
  if (mode === 'listen') return line;
  await askDesk(supervisor, 'supervision.mode', { mode });
  await until('the supervisor whispers', () => isRunning('whisper'));
  await until('the PBX hears the supervisor', () => isHeardAtPbx(supervisor.stack, line));
  return line;
};

const expectNoSound = (supervisor: DeskApp, since: number): void => {
  const sounds = soundsSince(supervisor, since);
  if (sounds > 0) throw new Error('the PBX heard the supervisor again');
};

/** The dead phone's agent is back, and says nothing: whom the customer hears now is the supervisor. */
const expectUnheard = async (
  desk: DeskApp,
  callId: string,
  { customer }: Call,
  supervisor: DeskApp,
): Promise<void> => {
  const muted = await commandPhone(desk, { kind: 'mute', callId });
  if (!muted.ok) throw new Error(`no mute: ${muted.why}`);
  await until(
    'the join is over, or listens to the agent who is back',
    async () => {
      const { join: joined } = await supervisor.deskSnapshot();
      if ((joined ?? null) === null || joined?.state === 'ended') return true;
      return joined?.state === 'running' && joined.mode === 'listen';
    },
    settledWithinMs,
  );
  for (const line of await linesOf(supervisor)) {
    await supervisor.stack.pbx.reportTalking(line, silenceMs);
  }
  await until('the agent is muted', () => customer.heardDb(agentToneHz) < silentDb);
  for (const until = performance.now() + listenMs; performance.now() < until;) {
    const heardDb = customer.heardDb(agentToneHz);
    if (heardDb > silentDb) throw new Error(`the customer hears the supervisor: ${heardDb} dB`);
    await pause(lookEveryMs);
  }
  if ((await microphoneOf(supervisor)) === 'open') throw new Error('the microphone is open again');
  await commandPhone(desk, { kind: 'unmute', callId });
};

/** It is over for everybody, and the ledger knows it. */
const expectOver = async (
  { desk, bed: { stack } }: Scene,
  { callId }: Call,
  supervisor: DeskApp,
): Promise<void> => {
  await until('the join is over', async () => {
    const { join: joined } = await supervisor.deskSnapshot();
    return (joined ?? null) === null || joined?.state === 'ended';
  });
  await until(
    'the supervisor’s line is gone',
    async () => (await agentChannels(stack, supervisor.user.extension)).length === 0,
  );
  await until(
    'the agent is told of nobody',
    async () => ((await desk.deskSnapshot()).supervisors ?? []).length === 0,
  );
  const { contact_id: contactId } = await legOf(stack, callId);
  const path = `/supervision?contactId=${String(contactId)}`;
  await until('the ledger has the end of the join', async () => {
    // The backend answers by this schema.
    const { joins } = (await stack.administrator.ask('GET', path)).body as JoinsPage;
    return (
      joins.length === 1 && joins.every(({ endedAt, why }) => endedAt !== null && why !== null)
    );
  });
};

const witnessOf = async (
  scene: Scene,
  call: Call,
  mode: 'listen' | 'whisper',
): Promise<Witness> => {
  const { stack } = scene.bed;
  const { desk } = scene;
  const [agent] = await stack.rows('SELECT id FROM users WHERE username = $1', [
    desk.user.username,
  ]);
  const supervisor = await openSupervisor(stack);
  const leave = async (): Promise<void> => {
    await supervisor.close();
    await signOutAtBackend(stack, supervisor.user).catch(() => undefined); // it may be signed out
  };
  try {
    const line = await join(supervisor, String(agent?.['id']), mode);
    let silentFrom = 0;
    return {
      gone: async () => {
        await until(
          'the supervisor’s microphone is closed',
          async () => (await microphoneOf(supervisor)) === 'closed',
          settledWithinMs,
        );
        await until(
          'the PBX hears nothing of the supervisor',
          () => !isHeardAtPbx(stack, line),
          settledWithinMs,
        );
        silentFrom = Date.now();
      },
      rung: () => {
        expectNoSound(supervisor, silentFrom);
        return Promise.resolve();
      },
      again: async ({ callId }) => {
        await expectUnheard(desk, callId, call, supervisor);
        expectNoSound(supervisor, silentFrom);
      },
      over: () => expectOver(scene, call, supervisor),
      leave,
    };
  } catch (error) {
    await leave();
    throw error;
  }
};

export const momentsOfSupervision: readonly Moment[] = (['listen', 'whisper'] as const).map(
  (mode) => ({
    name: `a supervisor is in ${mode}`,
    begin: talking,
    reach: nothing,
    witness: (scene, call) => witnessOf(scene, call, mode),
  }),
);
