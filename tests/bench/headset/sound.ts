import type { Page } from 'playwright';
import type { Figure, Measure } from '../../../scripts/platform/figures.ts';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import { figureOf, progress } from '../../../scripts/platform/figures.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import { ensureSystemLibraries } from '../../../scripts/platform/system-libraries.ts';
import { toDb } from '../../../src/shared/domain/sound/decibels.ts';
import { defaultSound } from '../../../src/shared/domain/sound/sound-settings.ts';
import { cpuSeconds } from '../support/process-tree.ts';
import { median } from '../support/statistics.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import {
  babbleWithout,
  energyIn,
  frame,
  sampleRate,
  speechOf,
  spokenFrames,
  voices,
  type Voice,
} from './material.ts';
import type { SoundPage } from './sound-page/sound-page.ts';

/** What the limiter and the strong noise suppression do, in the phone's own nodes and in its own browser. */

const pagePath = 'tests/bench/headset/sound-page/index.html';
const { ceilingDb } = defaultSound;

type Samples = Float32Array<ArrayBuffer>;
type PageWindow = { readonly soundPage: SoundPage };

const toText = (samples: Float32Array): string =>
  Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
const fromText = (text: string): Samples =>
  new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);

const limited = async (page: Page, samples: Samples): Promise<Samples> =>
  fromText(
    await page.evaluate(
      ([text, ceiling]) => (window as unknown as PageWindow).soundPage.limit(text, ceiling),
      [toText(samples), ceilingDb] as const,
    ),
  );

const put = async (page: Page, how: 'suppress' | 'pass', samples: Samples): Promise<Samples> =>
  fromText(
    await page.evaluate(([way, text]) => (window as unknown as PageWindow).soundPage[way](text), [
      how,
      toText(samples),
    ] as const),
  );

/**
 * By the processor's own count, as long calls pay it: without what begins and ends with each run (loading the program among
 * it), and without what the same work costs that suppresses nothing.
 */
const loadOf = async (page: Page, pid: number, turns: number): Promise<number> => {
  const secondsFor = async (how: 'suppress' | 'pass', seconds: number): Promise<number> => {
    const before = cpuSeconds(pid);
    await put(page, how, speechOf('it_IT_m_Carlo', seconds));
    return cpuSeconds(pid) - before;
  };
  const [short, long] = [10, 70];
  const perSecond = async (how: 'suppress' | 'pass'): Promise<number> =>
    ((await secondsFor(how, long)) - (await secondsFor(how, short))) / (long - short);
  await secondsFor('suppress', short);
  const loads: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    loads.push((await perSecond('suppress')) - (await perSecond('pass')));
  }
  return median(loads);
};

const peakDb = (samples: Float32Array): number =>
  toDb(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));

/** By how many samples `later` lags behind. */
const lagOf = (later: Float32Array, earlier: Float32Array): number => {
  const likeness = (lag: number): number => {
    let sum = 0;
    for (let at = 0; at < 4 * sampleRate && at + lag < later.length; at += 3) {
      sum += (later[at + lag] ?? 0) * (earlier[at] ?? 0);
    }
    return sum;
  };
  const best = (lags: readonly number[]): number =>
    lags.reduce((one, other) => (likeness(other) > likeness(one) ? other : one));
  const about = best(Array.from({ length: 400 }, (_, index) => index * 8));
  return best(Array.from({ length: 17 }, (_, index) => Math.max(0, about - 8 + index)));
};

/** Full scale out of silence and out of speech: a tone, a whistle, a square, noise, a click. */
const bangs = (speech: Samples): readonly Samples[] => {
  const shapes: readonly ((at: number) => number)[] = [
    (at) => Math.sin((2 * Math.PI * 1_000 * at) / sampleRate),
    (at) => Math.sin((2 * Math.PI * 3_150 * at) / sampleRate),
    (at) => Math.sign(Math.sin((2 * Math.PI * 400 * at) / sampleRate)),
    (at) => Math.sign(Math.sin(at * at)),
    (at) => (at === 0 ? 1 : 0),
  ];
  const half = sampleRate / 2;
  return shapes.flatMap((shape) =>
    [new Float32Array(half), speech.slice(2 * sampleRate, 2 * sampleRate + half)].map((before) => {
      const whole = new Float32Array(3 * half);
      whole.set(before);
      for (let at = 0; at < half; at += 1) whole[half + at] = shape(at);
      return whole;
    }),
  );
};

const measureLimiter = async (page: Page): Promise<readonly Figure[]> => {
  const speech = speechOf('en_US_f_Allison', 10);
  const tried = bangs(speech);
  const above: number[] = [];
  for (const bang of tried) above.push(peakDb(await limited(page, bang)) - ceilingDb);
  const through = await limited(page, speech);
  const spoken = spokenFrames(speech);
  const lag = lagOf(through, speech);
  const loss =
    10 * Math.log10(energyIn(through.slice(lag), spoken, true) / energyIn(speech, spoken, true));
  const n = tried.length;
  return [
    figureOf('full-scale bang, above the ceiling at most', Math.max(...above), 'dB', n, {
      atMost: 1,
    }),
    figureOf('speech through the limiter, changed by', Math.abs(loss), 'dB', spoken.length, {
      atMost: 0.5,
    }),
    figureOf('peak of that speech', peakDb(speech), 'dBFS', 1),
    figureOf('the limiter delays by', (lag * 1_000) / sampleRate, 'ms', 1),
  ];
};

type Gain = { readonly between: number; readonly during: number };

/**
 * Speech and babble are told apart behind the suppressor by putting both through it once more, the babble with its sign
 * turned (Hagerman and Olofsson 2004).
 */
const gainFor = async (page: Page, voice: Voice): Promise<Gain> => {
  const speech = speechOf(voice, 15);
  const babble = babbleWithout(voice, speech.length, 5);
  const plus = await put(
    page,
    'suppress',
    speech.map((sample, at) => sample + (babble[at] ?? 0)),
  );
  const minus = await put(
    page,
    'suppress',
    speech.map((sample, at) => sample - (babble[at] ?? 0)),
  );
  const lag = lagOf(plus, speech);
  const half = (sign: 1 | -1): Samples =>
    plus.map((sample, at) => (sample + sign * (minus[at] ?? 0)) / 2).slice(lag);
  const spoken = spokenFrames(speech).slice(0, Math.floor((speech.length - lag) / frame));
  const said = energyIn(half(1), spoken, true);
  const before = energyIn(speech, spoken, true);
  const db = (ratio: number): number => 10 * Math.log10(ratio);
  return {
    between:
      db(said / energyIn(plus.slice(lag), spoken, false)) -
      db(before / energyIn(babble, spoken, false)),
    during:
      db(said / energyIn(half(-1), spoken, true)) - db(before / energyIn(babble, spoken, true)),
  };
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const measureSuppression = async (
  page: Page,
  pid: number,
  quick: boolean,
): Promise<readonly Figure[]> => {
  const gains: Gain[] = [];
  for (const voice of quick ? voices.slice(0, 1) : voices) {
    progress(`${voice} in babble at 5 dB`);
    gains.push(await gainFor(page, voice));
  }
  const of = (name: keyof Gain): readonly number[] => gains.map((gain) => gain[name]);
  const n = gains.length;
  const turns = quick ? 1 : 5;
  const load = await loadOf(page, pid, turns);
  return [
    figureOf('speech over the babble between its words, gained', mean(of('between')), 'dB', n, {
      atLeast: 8,
    }),
    figureOf('the same, of the worst voice', Math.min(...of('between')), 'dB', n),
    figureOf('speech over the babble under its words, gained', mean(of('during')), 'dB', n),
    figureOf('noise suppression, of one core', 100 * load, '%', turns, { atMost: 8 }),
  ];
};

export const measureSound: Measure = async ({ quick }) => {
  const { executable } = await ensureElectron(cacheDirectory());
  await ensureSystemLibraries(['speech'], executable);
  const browser = await startEngineBrowser({ pages: [pagePath] });
  try {
    const page = await browser.openRaw(pagePath);
    progress('bangs and speech through the limiter');
    return [
      ...(await measureLimiter(page)),
      ...(await measureSuppression(page, browser.pid, quick)),
    ];
  } finally {
    await browser.close();
  }
};
