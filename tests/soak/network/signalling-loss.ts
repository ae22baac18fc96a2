import { setTimeout as pause } from 'node:timers/promises';
import {
  type Figure,
  figureOf,
  type Measure,
  ofPromise,
  progress,
} from '../../../scripts/platform/figures.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { type FarEnd, until } from '../../support/engine-page/far-end.ts';
import { type PhoneBed, setupFor, startPhoneBed } from '../../support/engine-page/phone-bed.ts';
import { openTcpEdge, type TcpEdge } from '../../support/engine-page/tcp-edge.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { largest, median } from '../../bench/support/statistics.ts';

const seed = 15_020;
const plans = { full: { phones: 6, rounds: 5 }, quick: { phones: 3, rounds: 1 } } as const;

/** A path is asked for a sign of life only after a silence: it may be lost at any moment of that. */
const anyMomentMs = 12_000;
const noticedWithinMs = 25_000;
const backWithinMs = 40_000;

/** One phone behind its own edge: the engine's page and the real PBX. */
type Line = {
  readonly extension: string;
  readonly phone: EnginePage;
  readonly edge: TcpEdge;
  readonly random: () => number;
};

const openLines = async (bed: PhoneBed, phones: number): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (let number = 0; number < phones; number += 1) {
    const extension = String(1_001 + number);
    await bed.pbx.setPassword(extension, `secret-${extension}`);
    const edge = await openTcpEdge(bed.pbx.sipUrl);
    const phone = await bed.browser.open(setupFor(edge.url, extension));
    lines.push({ extension, phone, edge, random: seededRandom(seed + number) });
  }
  for (const { phone } of lines) await phone.untilRegistered();
  return lines;
};

const isRegistered = ({ phone }: Line): boolean =>
  phone.latest().registration.state === 'registered';

/** How long each phone took to know, and to be registered again, ms. */
type Dead = { readonly noticedMs: number; readonly backMs: number };

const deadSocket = async (line: Line): Promise<Dead> => {
  await pause(line.random() * anyMomentMs);
  const at = performance.now();
  line.edge.forget();
  await until('the dead socket is noticed', () => !isRegistered(line), noticedWithinMs);
  const noticedMs = performance.now() - at;
  await until('registered again', () => isRegistered(line), backWithinMs);
  return { noticedMs, backMs: performance.now() - at };
};

const afterSleep = async (line: Line): Promise<number> => {
  line.edge.forget();
  await pause(line.random() * 2_000);
  const at = performance.now();
  await line.phone.wake('resume');
  await until('the old line is given up', () => !isRegistered(line), noticedWithinMs);
  await until('registered again', () => isRegistered(line), backWithinMs);
  return performance.now() - at;
};

const inCall = async (bed: PhoneBed, line: Line): Promise<FarEnd> => {
  const customer = bed.farEnds.expect();
  customer.say(1_000);
  await bed.pbx.callFrom({ audioId: customer.id, target: line.extension });
  const { callId } = await line.phone.untilCall('offered', 15_000);
  await line.phone.command({ kind: 'answer', callId });
  await line.phone.untilCall('connected');
  await until('the customer hears', () => customer.firstHeardAt() !== null);
  return customer;
};

/** From the moment at which the line stands again until the customer is let go, ms. */
const hangUpOffline = async (bed: PhoneBed, line: Line, isCut: boolean): Promise<number> => {
  const customer = await inCall(bed, line);
  if (isCut) line.edge.cut();
  else line.edge.swallow();
  await pause(200 + line.random() * 1_000);
  const [call] = line.phone.latest().calls.filter(({ state }) => state === 'connected');
  if (call === undefined) throw new Error('the outage ended the call');
  await line.phone.command({ kind: 'end', callId: call.callId });
  // A swallowed line is noticed later than one that breaks; neither may be back before it is.
  await until('the outage is noticed', () => !isRegistered(line), noticedWithinMs);
  await pause(line.random() * 3_000);
  if (customer.hasEnded()) throw new Error('the customer was let go during the outage');
  const spoken = (await line.phone.traffic()).length;
  line.edge.mend();
  await line.phone.wake('network');
  let endedAt = Number.NaN;
  await until(
    'the customer is let go',
    () => {
      if (customer.hasEnded()) endedAt = performance.timeOrigin + performance.now();
      return customer.hasEnded();
    },
    backWithinMs,
  );
  const first = (await line.phone.traffic()).slice(spoken).find(({ way }) => way === 'out');
  if (first === undefined) throw new Error('nothing was said on the new line');
  await until('registered again', () => isRegistered(line), backWithinMs);
  // What the engine keeps of ended calls goes by itself; a phone lets so many calls in a second through.
  await pause(500);
  return endedAt - first.at;
};

/** The same for every phone at once, round after round; a failure counts and the rest goes on. */
const inRounds = async <Value>(
  what: string,
  lines: readonly Line[],
  rounds: number,
  one: (line: Line, round: number) => Promise<Value>,
): Promise<{ readonly done: readonly Value[]; readonly failed: number }> => {
  const done: Value[] = [];
  let failed = 0;
  for (let round = 0; round < rounds; round += 1) {
    progress(
      `${what}, ${String(lines.length)} phones, round ${String(round + 1)} of ${String(rounds)}`,
    );
    const outcomes = await Promise.allSettled(lines.map((line) => one(line, round)));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') done.push(outcome.value);
      else {
        failed += 1;
        progress(String(outcome.reason));
      }
    }
    for (const { edge } of lines) edge.mend();
    for (const line of lines) await until('registered', () => isRegistered(line), backWithinMs);
  }
  return { done, failed };
};

const seconds = (ms: number): number => ms / 1_000;

type Losses = { readonly done: readonly unknown[]; readonly failed: number };

const slowest = (what: string, timesMs: readonly number[], atMost: number): readonly Figure[] => [
  figureOf(`${what}, median`, seconds(median(timesMs)), 's', timesMs.length),
  figureOf(`${what}, slowest`, seconds(largest(timesMs)), 's', timesMs.length, { atMost }),
];

const failures = (what: string, { done, failed }: Losses): Figure =>
  figureOf(
    `${what} that went another way (seed ${String(seed)})`,
    failed,
    '',
    done.length + failed,
    {
      exactly: 0,
    },
  );

/** Signalling that dies under the engine's page at a real PBX: noticed, replaced, and what was said meanwhile told. */
export const measureSignallingLoss: Measure = async ({ quick }) => {
  const { phones, rounds } = plans[quick ? 'quick' : 'full'];
  const bed = await startPhoneBed();
  const lines: Line[] = [];
  try {
    lines.push(...(await openLines(bed, phones)));
    const dead = await inRounds('sockets that die', lines, rounds, deadSocket);
    const slept = await inRounds('sleep', lines, rounds, afterSleep);
    const offline = await inRounds('hang-ups while offline', lines, rounds, (line, round) =>
      hangUpOffline(bed, line, round % 2 === 0),
    );
    const noticedMs = dead.done.map((one) => one.noticedMs);
    const backMs = dead.done.map((one) => one.backMs);
    const promised4 = [
      ...slowest('dead WebSocket to noticed', noticedMs, 15),
      ...slowest('dead WebSocket to registered again', backMs, 20),
      failures('dead WebSockets', dead),
      ...slowest('resume to registered again', slept.done, 3),
      failures('returns from sleep', slept),
    ];
    const promised6 = [
      ...slowest('hang-up while offline: line back to customer let go', offline.done, 2),
      failures('hang-ups while offline', offline),
    ];
    return [
      ...promised4.map((figure) => ofPromise(4, figure)),
      ...promised6.map((figure) => ofPromise(6, figure)),
    ];
  } finally {
    for (const { edge } of lines) edge.close();
    await bed.stop();
  }
};
