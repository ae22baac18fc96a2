import { join } from 'node:path';
import { expect } from 'playwright/test';
import { loudestDb } from '../../scripts/display/read-wav.ts';
import type { Row } from '../../scripts/headless/database-observer.ts';
import { field } from '../../src/backend/pbx/ami/ami-message.ts';
import type { LedgerFact } from '../../src/shared/domain/handle-time/fact.ts';
import { handleTimeOf, segmentsOf } from '../../src/shared/domain/handle-time/segments.ts';
import type { DeskApp } from './desk-app.ts';
import type { Stack } from './stack.ts';

/** What PBX and database say, whatever the app claims. */

/** Names of the channels that live at the PBX; a phone that proves its way of the sound is in no call. */
export const channels = async (stack: Stack): Promise<readonly string[]> =>
  (await stack.pbx.cli('core show channels concise'))
    .map((line) => line.split('!'))
    .filter(([, , extension]) => extension !== 'proof')
    .map(([name = '']) => name)
    .filter((name) => name.includes('/'));

/** The channel of this agent's phone, if there is one. */
export const agentChannels = async (stack: Stack, extension: string): Promise<readonly string[]> =>
  (await channels(stack)).filter((name) => name.startsWith(`PJSIP/${extension}-`));

export const signedIn = async (stack: Stack): Promise<readonly string[]> =>
  (
    await stack.rows(
      `SELECT u.username FROM agent_standings s JOIN users u ON u.id = s.agent_id
       WHERE (s.standing ->> 'signedIn')::boolean ORDER BY u.username`,
    )
  ).map((row) => String(row['username']));

/** The agent's state as the backend keeps it. */
export const agentState = async (stack: Stack, username: string): Promise<unknown> =>
  (
    await stack.rows(
      `SELECT log.state FROM agent_state_log log JOIN users ON users.id = log.agent_id
       WHERE users.username = $1 ORDER BY log.revision DESC LIMIT 1`,
      [username],
    )
  )[0]?.['state'];

export const expectAgentState = async (
  { stack, user }: Pick<DeskApp, 'stack' | 'user'>,
  state: Readonly<Record<string, unknown>>,
): Promise<void> => {
  await expect
    .poll(() => agentState(stack, user.username), { message: `state of ${user.username}` })
    .toMatchObject(state);
};

/** Whether the PBX would offer this agent a call of the queue. */
/** In a queue of the PBX, paused or not. */
export const isMember = async (stack: Stack, extension: string): Promise<boolean> =>
  (await stack.pbx.cli('queue show')).some((line) => line.includes(`PJSIP/${extension}`));

export const isOfferedCalls = async (stack: Stack, extension: string): Promise<boolean> =>
  (await stack.pbx.cli('queue show')).some(
    (line) => line.includes(`PJSIP/${extension}`) && !line.includes('paused'),
  );

const only = (rows: readonly Row[], what: string): Row => {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} of: ${what}`);
  return row;
};

/** Waits for it: the desk is told of a call before its contact is written. */
export const contactOf = async (stack: Stack, callKey: string): Promise<Row> => {
  const rows = () => stack.rows('SELECT * FROM contacts WHERE call_key = $1', [callKey]);
  await expect.poll(async () => (await rows()).length, 'the contact is written').toBe(1);
  return only(await rows(), 'contact');
};

export const legOf = async (stack: Stack, callId: string): Promise<Row> =>
  only(await stack.rows('SELECT * FROM legs WHERE call_id = $1', [callId]), 'leg');

/** How the leg ended by the backend's ledger; null while it does not know. */
export const outcomeOf = async (stack: Stack, callId: string): Promise<unknown> =>
  (await stack.rows('SELECT outcome FROM legs WHERE call_id = $1', [callId]))[0]?.['outcome'] ??
  null;

export const recordingsOf = (stack: Stack, callKey: string): Promise<readonly Row[]> =>
  stack.rows('SELECT * FROM recordings WHERE call_key = $1 ORDER BY started_at', [callKey]);

/** Waits until a recorder runs on this channel at the PBX, or none does. */
export const recordersOn = async (stack: Stack, channel: string): Promise<number> =>
  (await stack.pbx.cli(`mixmonitor list ${channel}`)).filter((line) =>
    line.includes(stack.services.pbx.recordings),
  ).length;

/** The PBX hears the agent (again) after this instant. */
export const expectHeardAtPbx = async (
  stack: Stack,
  channel: string,
  since: number,
): Promise<void> => {
  await stack.pbx.event(
    `sound of ${channel} at the PBX`,
    (name, message) => name === 'ChannelTalkingStart' && field(message, 'channel') === channel,
    { since },
  );
};

/** The PBX hears nothing more from the agent, from some moment after this instant. */
export const expectSilentAtPbx = async (
  stack: Stack,
  channel: string,
  since: number,
): Promise<void> => {
  await stack.pbx.event(
    `silence of ${channel} at the PBX`,
    (name, message) => name === 'ChannelTalkingStop' && field(message, 'channel') === channel,
    { since },
  );
};

/** The PBX hears the agent now; a moment of silence may lie behind it. */
export const expectStillHeardAtPbx = async (stack: Stack, channel: string): Promise<void> => {
  const last = () =>
    stack.pbx
      .seen()
      .findLast(
        ({ name, message }) =>
          name.startsWith('ChannelTalking') && field(message, 'channel') === channel,
      )?.name;
  await expect.poll(last, { message: `sound of ${channel}` }).toBe('ChannelTalkingStart');
};

/** The loudest moment of what the agent's headset plays, in dB of full scale. */
export const heardInHeadset = async (stack: Stack, seconds: number): Promise<number> => {
  const path = join(stack.scratch, `headset-${Date.now()}.wav`);
  const { samples, sampleRate } = await stack.screen.sound.captureHeadset(seconds, path);
  return loudestDb(samples, sampleRate);
};

/** Louder than this is a voice, quieter than the other nothing. */
export const audibleDb = -50;
export const silentDb = -70;

/** The leg's facts as the app has them, wherever it shows the leg now. */
export const factsInApp = async (
  deskApp: DeskApp,
  callId: string,
): Promise<readonly LedgerFact[]> => {
  const desk = await deskApp.deskSnapshot();
  const phone = await deskApp.phoneSnapshot();
  const drafts = [desk.finished, ...desk.wrapUps];
  const draft = drafts.find((candidate) => candidate?.callId === callId);
  const call = phone.calls.find((candidate) => candidate.callId === callId);
  const facts = draft?.facts ?? call?.facts;
  if (facts === undefined) throw new Error(`the app does not show call ${callId}`);
  return facts;
};

/**
 * The handle time of a leg that is over is the same figure in the app, in the backend's row and as the sum of the
 * backend's segments, and each fact was stored once.
 */
export const expectSameHandleTime = async (deskApp: DeskApp, callId: string): Promise<number> => {
  const { stack } = deskApp;
  const facts = await factsInApp(deskApp, callId);
  const stored = () =>
    stack.rows(`SELECT fact_id FROM events WHERE call_id = $1 AND topic = 'ledger'`, [callId]);
  await expect
    .poll(async () => (await stored()).map((row) => row['fact_id']).toSorted(), {
      message: 'facts stored, each once',
      timeout: 15_000,
    })
    .toEqual(facts.map((fact) => fact.id).toSorted());
  const segments = await stack.rows(
    'SELECT kind, started_at, ended_at FROM segments WHERE call_id = $1 ORDER BY position',
    [callId],
  );
  const client = segmentsOf(facts);
  expect(
    segments.map((row) => ({
      kind: row['kind'],
      startedAt: Number(row['started_at']),
      endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
    })),
  ).toEqual(client);
  expect(client.at(-1)?.endedAt, 'the last segment is closed').not.toBeNull();
  const leg = await legOf(stack, callId);
  const handleMs = {
    client: handleTimeOf(client, Number.NaN).handleMs,
    backend: Number(leg['handle_ms']),
    sumOfSegments: segments
      .filter((row) => ['talk', 'consult', 'hold', 'wrap_up'].includes(String(row['kind'])))
      .reduce((sum, row) => sum + Number(row['ended_at']) - Number(row['started_at']), 0),
  };
  expect(handleMs).toEqual({
    client: handleMs.backend,
    backend: handleMs.backend,
    sumOfSegments: handleMs.backend,
  });
  return handleMs.backend;
};
