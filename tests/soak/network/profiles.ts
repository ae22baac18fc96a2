import { setTimeout as pause } from 'node:timers/promises';
import {
  type Figure,
  figureOf,
  type Measure,
  ofPromise,
  progress,
} from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import {
  mosOfStretch,
  stretchSeconds,
} from '../../../src/shared/domain/line-quality/line-quality.ts';
import {
  nextWarning,
  noWarning,
  retoldWarning,
  warningOfSecond,
  type LineWarning,
} from '../../../src/shared/domain/line-quality/line-warning.ts';
import type { LineReading } from '../../../src/shared/ipc/phone.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import type { Conditions } from '../../support/network/desk-network.ts';
import { type NetworkBed, openPhone, startNetworkBed } from '../../support/network/network-bed.ts';
import { largest, median } from '../../bench/support/statistics.ts';

const plans = {
  full: { calls: 5, seconds: 30, warnings: 30 },
  quick: { calls: 1, seconds: 12, warnings: 2 },
} as const;

/** The jitter buffer learns the line. */
const learnsMs = 8_000;
const warnsWithinMs = 20_000;

type Profile = {
  readonly name: string;
  readonly conditions: Conditions;
  /** Of the mean opinion score by the E-model; absent: it is only shown. */
  readonly atLeast?: number;
};

/** Those of Signal's call simulator (github.com/signalapp/ringrtc, call_sim), each way. */
const profiles: readonly Profile[] = [
  { name: 'clean', conditions: {}, atLeast: 4 },
  {
    name: 'moderate: 100±25 ms, 5 % lost',
    conditions: { delayMs: 100, jitterMs: 25, lossPercent: 5 },
    atLeast: 3.5,
  },
  { name: 'international: 250±100 ms', conditions: { delayMs: 250, jitterMs: 100 }, atLeast: 2.5 },
  {
    name: 'bursts: 10 % lost, four at a time',
    conditions: { burst: { beginPercent: 2.8, endPercent: 25 } },
    atLeast: 2.5,
  },
  {
    name: 'international with bursts',
    conditions: { delayMs: 250, jitterMs: 100, burst: { beginPercent: 2.8, endPercent: 25 } },
  },
  {
    name: 'spikes of 400 ms',
    conditions: { delayMs: 50, jitterMs: 5, spike: { percent: 0.5, ms: 400 } },
  },
  { name: 'limited to 100 kbit/s', conditions: { rateKbit: 100, queuePackets: 20 } },
];

/** The exchange itself says a tone to the agent: its clock is steadier than that of a test. */
const call = async ({ bed }: NetworkBed, phone: EnginePage): Promise<string> => {
  await bed.pbx.action('Originate', [
    ['Channel', 'Local/1001@ringside-entry/n'],
    ['Application', 'Milliwatt'],
    ['Async', 'true'],
    ['Codecs', 'slin'],
  ]);
  const { callId } = await phone.untilCall('offered', 20_000);
  await phone.command({ kind: 'answer', callId });
  await phone.untilCall('connected', 20_000);
  return callId;
};

const hangUp = async (phone: EnginePage, callId: string): Promise<void> => {
  await phone.command({ kind: 'end', callId });
  await phone.untilCall('ended', 20_000);
  // A phone lets so many calls in a second through.
  await pause(1_000);
};

/** Of each second of the call since then. */
const readings = (phone: EnginePage, from: number): readonly LineReading[] =>
  phone.levels.slice(from).flatMap(({ line }) => line ?? []);

/** As people judge a line: so many seconds at once. */
const scoresOf = (seconds: readonly LineReading[]): readonly number[] =>
  Array.from({ length: Math.floor(seconds.length / stretchSeconds) }, (_, at) =>
    seconds.slice(at * stretchSeconds, (at + 1) * stretchSeconds),
  ).flatMap((stretch) => mosOfStretch(stretch.map(({ figures }) => figures)) ?? []);

const scoresUnder = async (
  bed: NetworkBed,
  phone: EnginePage,
  { name, conditions }: Profile,
  plan: { readonly calls: number; readonly seconds: number },
): Promise<readonly number[]> => {
  const scores: number[] = [];
  for (let round = 0; round < plan.calls; round += 1) {
    await bed.network.set({});
    const callId = await call(bed, phone);
    await bed.network.set(conditions);
    await pause(learnsMs);
    const from = phone.levels.length;
    await pause(plan.seconds * 1_000);
    scores.push(...scoresOf(readings(phone, from)));
    await bed.network.set({});
    await hangUp(phone, callId);
  }
  progress(`${name}: ${String(median(scores))}`);
  return scores;
};

/** What the desk makes of the seconds so far, as main does. */
const warningAfter = (lines: readonly LineReading[]): LineWarning | null =>
  lines.reduce((standing, { figures, desk, word, sentSeconds = 1 }) => {
    const now = warningOfSecond(figures, desk ?? null);
    return nextWarning(retoldWarning(standing, now, sentSeconds - 1), now, word);
  }, noWarning).warning;

type Waited = { readonly warned: number; readonly bad: number };

/** From the first packet that may be lost until the desk warns, and until the line is said to be bad; seconds. */
const warnings = async (
  bed: NetworkBed,
  phone: EnginePage,
  times: number,
): Promise<readonly Waited[]> => {
  const waited: Waited[] = [];
  const callId = await call(bed, phone);
  const from = phone.levels.length;
  const word = () => readings(phone, from).at(-1)?.word ?? null;
  const isWarned = () => warningAfter(readings(phone, from)) !== null;
  for (let round = 0; round < times; round += 1) {
    await bed.network.set({});
    await until('the line is good', () => word() === 'good' && !isWarned(), 120_000);
    // At any moment of the second that is looked at.
    await pause(Math.random() * 1_000);
    const at = performance.now();
    const since = () => (performance.now() - at) / 1_000;
    await bed.network.set({ lossPercent: 10 });
    await until('the desk warns', isWarned, warnsWithinMs);
    const warned = since();
    await until('the line is said to be bad', () => word() === 'bad', warnsWithinMs);
    waited.push({ warned, bad: since() });
    if (round % 10 === 9) progress(`${String(round + 1)} warnings`);
  }
  await bed.network.set({});
  await hangUp(phone, callId);
  return waited;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** How well a call is heard in networks as they are, by the phone's own estimate, which takes the worse direction. */
export const measureProfiles: Measure = async ({ quick }) => {
  await prepareTestNeeds();
  const plan = plans[quick ? 'quick' : 'full'];
  const bed = await startNetworkBed();
  try {
    const phone = await openPhone(bed);
    const figures: Figure[] = [];
    for (const profile of profiles) {
      const scores = await scoresUnder(bed, phone, profile, plan);
      const of = (atLeast?: number): Figure =>
        figureOf(
          `MOS, ${profile.name}`,
          mean(scores),
          '',
          scores.length,
          atLeast === undefined ? undefined : { atLeast },
        );
      figures.push(profile.atLeast === undefined ? of() : ofPromise(8, of(profile.atLeast)));
    }
    const waited = await warnings(bed, phone, plan.warnings);
    const n = waited.length;
    const warned = waited.map((each) => each.warned);
    const bad = waited.map((each) => each.bad);
    await phone.close();
    return [
      ...figures,
      figureOf('10 % lost to the warning, median', median(warned), 's', n),
      ofPromise(
        8,
        figureOf('10 % lost to the warning, slowest', largest(warned), 's', n, { atMost: 5 }),
      ),
      // A tenth by chance is in some seconds less than the twentieth that is called bad.
      figureOf('10 % lost to the word "bad", median', median(bad), 's', n),
      figureOf('10 % lost to the word "bad", slowest', largest(bad), 's', n),
    ];
  } finally {
    await bed.stop();
  }
};
