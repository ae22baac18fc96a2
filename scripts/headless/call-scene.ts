import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseObserver, Row } from './database-observer.ts';
import type { DeskPage } from './desk-page.ts';
import type { PbxObserver } from './pbx-observer.ts';
import { loudestDb, readWav } from '../display/read-wav.ts';
import { eventually, StepFailure, type Timeline } from './timeline.ts';

/** Who and what takes part in the run. */
export type CallScene = {
  readonly desk: DeskPage;
  readonly pbx: PbxObserver;
  readonly database: DatabaseObserver;
  readonly timeline: Timeline;
  /** Where recordings are made, and where they are kept encrypted. */
  readonly recordingsDir: string;
  readonly keptDir: string;
  readonly agent: {
    readonly username: string;
    readonly password: string;
    readonly extension: string;
  };
  /** Records what the agent's headset plays for so many seconds. */
  readonly captureHeadset: (seconds: number) => Promise<string>;
  readonly screenshot: (name: string) => Promise<void>;
};

/** Quieter than this is no voice, in dB of full scale. */
export const audible = -50;

export const only = (rows: readonly Row[], what: string): Row => {
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new StepFailure(`expected one ${what} in the database and found ${rows.length}`);
  }
  return row;
};

export const confirm = (holds: boolean, what: string): void => {
  if (!holds) throw new StepFailure(what);
};

/** State of the agent's own row in the database: the backend's word for who may be offered a call. */
export const agentStateInDatabase = async ({ database, agent }: CallScene): Promise<string> => {
  const row = only(
    await database.rows(
      `SELECT log.state ->> 'state' AS state FROM agent_state_log log JOIN users ON users.id = log.agent_id
       WHERE users.username = $1 ORDER BY log.revision DESC LIMIT 1`,
      [agent.username],
    ),
    'agent state',
  );
  return String(row['state']);
};

/** The PBX's line about this agent in its queues, such as `PJSIP/1001 … (paused:…) (Not in use)`. */
export const memberLines = async ({ pbx, agent }: CallScene): Promise<readonly string[]> =>
  (await pbx.cli('queue show')).filter((line) => line.includes(`PJSIP/${agent.extension}`));

/** Every file in a folder, which may not be there yet. */
export const filesIn = async (folder: string): Promise<readonly string[]> =>
  (existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is heard (people pause between their turns); its level in dB of full scale. */
export const voiceInHeadset = (scene: CallScene, what: string): Promise<number> =>
  eventually(
    what,
    async () => {
      const heard = await readWav(await scene.captureHeadset(1));
      const db = Math.max(...heard.channels.map((samples) => loudestDb(samples, heard.sampleRate)));
      return db > audible ? db : null;
    },
    { timeoutMs: 30_000 },
  );
