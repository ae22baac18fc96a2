import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../seeded-random.ts';
import { listenForTones } from './heard-tones.ts';
import { openRecordedCentre, type RecordedCentre } from './recorded-centre.ts';
import { createStage, playCall, type ScriptedCall } from './recorded-script.ts';

/** Calls with chance in them, and what was on disk afterwards. */
export type RecordedRun = {
  readonly calls: number;
  readonly agents: number;
  /** The backend is killed after so many calls have begun, and again after as many; 0: never. */
  readonly backendDiesEvery: number;
  readonly pbxDiesEvery: number;
  readonly seed: number;
  readonly say: (text: string) => void;
};

export type RecordedVerdict = {
  readonly calls: number;
  readonly recordings: number;
  readonly transfers: number;
  readonly backendKills: number;
  readonly pbxKills: number;
  /** Seconds of what must not be recorded, in the longest stretch of it. */
  readonly longestOverrun: number;
  /** Of all that should be there, the longest part of one call that is not. */
  readonly largestShortage: number;
  /** Of a pause, the longest part in which not every sample is zero. */
  readonly largestSound: number;
  /** ms until a withdrawal had stopped the recording, the slowest. */
  readonly slowestStop: number;
  readonly withdrawals: number;
  readonly pauses: number;
  /** What went wrong otherwise, in words. */
  readonly flaws: readonly string[];
};

type Row = {
  readonly id: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly state: string;
};

const receivers = 1;

const readRows = (centre: RecordedCentre): Promise<readonly Row[]> =>
  centre.database.query<Row>(
    `SELECT id, contact_id AS "contactId", call_key AS "callKey", state FROM recordings ORDER BY started_at`,
  );

/** Nothing runs any more, and everything is kept. */
const settled = async (centre: RecordedCentre): Promise<readonly Row[]> => {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    const rows = await readRows(centre);
    const runs = rows.filter(({ state }) => ['starting', 'recording', 'paused'].includes(state));
    const plain = await readdir(centre.recordingsFolder);
    if ((runs.length === 0 && plain.length === 0) || performance.now() > giveUpAt) return rows;
    await wait(250);
  }
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/** What was withdrawn is sealed for everybody: opened for the sake of the proof, and a late look may seal it again. */
const unsealed = async (
  centre: RecordedCentre,
  { contactId, id }: Row,
): Promise<Buffer | string> => {
  for (let tries = 0; ; tries += 1) {
    await centre.database.query(
      `UPDATE recordings SET state = 'stopped' WHERE id = $1 AND state = 'sealed'`,
      [id],
    );
    const wav = await centre.wav(contactId, id);
    if (typeof wav !== 'string' || tries === 4) return wav;
  }
};

type Judged = { readonly overrun: number; readonly shortage: number; readonly sound: number };

const judge = async (
  centre: RecordedCentre,
  call: ScriptedCall,
  rows: readonly Row[],
  flaws: string[],
): Promise<Judged> => {
  const heard = [];
  for (const row of rows) {
    if (row.state === 'failed') continue;
    const wav = await unsealed(centre, row);
    if (typeof wav === 'string') flaws.push(`recording ${row.id} (${row.state}): ${wav}`);
    else heard.push(listenForTones(wav));
  }
  const isWhole = !call.isCut && !call.isShaken && call.failure === '';
  const shortage = call.allowedSeconds - sum(heard.map(({ allowed }) => allowed));
  const silence = sum(heard.flatMap(({ silent }) => silent));
  return {
    overrun: largest(heard.flatMap(({ forbidden }) => forbidden)),
    shortage: isWhole ? shortage : 0,
    sound: isWhole ? sum(call.silentSeconds) - silence : 0,
  };
};

/** Plays the calls, several agents at once, and listens to all that was recorded. */
export const runRecordedCalls = async (run: RecordedRun): Promise<RecordedVerdict> => {
  const centre = await openRecordedCentre(run.agents + receivers);
  try {
    const chance = seededRandom(run.seed);
    const stage = createStage();
    const calls: ScriptedCall[] = [];
    const free = centre.agents.slice(run.agents);
    let begun = 0;
    let [backendKills, pbxKills] = [0, 0];
    let killing: Promise<void> = Promise.resolve();

    /** Somebody dies with the call of this number, and takes everybody's along. */
    const perhapsKill = (number: number): void => {
      if (run.pbxDiesEvery > 0 && number % run.pbxDiesEvery === 0) {
        killing = killing.then(() => {
          pbxKills += 1;
          stage.cut('pbx');
          return centre.killPbx();
        });
      } else if (run.backendDiesEvery > 0 && number % run.backendDiesEvery === 0) {
        killing = killing.then(() => {
          backendKills += 1;
          stage.cut('backend');
          return centre.killBackend(chance() * 1_500);
        });
      }
    };

    const work = async (index: number): Promise<void> => {
      const agent = centre.agents[index];
      if (agent === undefined) return;
      await wait(index * 250);
      while (begun < run.calls) {
        begun += 1;
        if (begun % 25 === 0) run.say(`${String(begun)} of ${String(run.calls)} calls`);
        const number = begun;
        const inTheMiddle = wait(1_500 + chance() * 1_000).then(() => perhapsKill(number));
        const killsBefore = pbxKills;
        const call = await playCall({
          centre,
          agent,
          stage,
          chance,
          receiver: () => {
            const taken = free.pop();
            return taken === undefined ? null : { agent: taken, free: () => free.push(taken) };
          },
        });
        await inTheMiddle;
        await killing;
        // It was just being dialled.
        if (pbxKills > killsBefore) call.isCut = true;
        calls.push(call);
      }
    };
    await Promise.all(Array.from({ length: run.agents }, (_, index) => work(index)));
    await killing;

    const rows = await settled(centre);
    const flaws: string[] = [];
    for (const { id, state } of rows) {
      if (['starting', 'recording', 'paused'].includes(state))
        flaws.push(`${id} is ${state} still`);
    }
    for (const name of await readdir(centre.recordingsFolder)) {
      const state = rows.find(({ id }) => name.startsWith(id))?.state ?? 'of no recording';
      flaws.push(`left in clear: ${name} (${state})`);
    }
    const judged: Judged[] = [];
    for (const call of calls) {
      if (call.failure !== '' && !call.isCut) flaws.push(`a call failed: ${call.failure}`);
      const own = rows.filter(({ callKey }) => callKey === call.callKey);
      judged.push(await judge(centre, call, own, flaws));
    }
    return {
      calls: calls.length,
      recordings: rows.length,
      transfers: sum(calls.map(({ transfers }) => transfers)),
      backendKills,
      pbxKills,
      longestOverrun: largest(judged.map(({ overrun }) => overrun)),
      largestShortage: largest(judged.map(({ shortage }) => shortage)),
      largestSound: largest(judged.map(({ sound }) => sound)),
      slowestStop: largest(calls.flatMap(({ stopMs }) => stopMs)),
      withdrawals: calls.flatMap(({ stopMs }) => stopMs).length,
      pauses: calls.flatMap(({ silentSeconds }) => silentSeconds).length,
      flaws,
    };
  } finally {
    await centre.stop();
  }
};
