import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openFigureLines, type TopicFigure } from './figure-lines.ts';
import type { Figure, Measure, MeasureOptions } from './figures.ts';
import {
  measureHelp,
  type MeasureKind,
  type MeasureRequest,
  readMeasureRequest,
  type Topic,
} from './measure-options.ts';
import { repositoryDirectory } from './paths.ts';
import { promisesKept } from './reliability-promises.ts';
import { bold, dim, green, printFailure, red, say, yellow } from './terminal.ts';

/** What measures this topic, part by part; undefined while there is nothing. */
type LoadMeasures = (kind: MeasureKind, topic: Topic) => Promise<readonly Measure[] | undefined>;

const loadFromTests: LoadMeasures = async (kind, topic) => {
  const path = join(repositoryDirectory, 'tests', kind, `${topic}.ts`);
  if (!existsSync(path)) return undefined;
  const module = (await import(pathToFileURL(path).href)) as { readonly measures?: unknown };
  if (!Array.isArray(module.measures)) throw new Error(`${path} exports no "measures"`);
  // The contract of these files: see Measure.
  return module.measures as readonly Measure[];
};

const printHead = (): void =>
  say(
    dim(
      `    ${'figure'.padEnd(58)} ${'value and unit'.padStart(14)}  ${'promise'.padEnd(16)} measured`,
    ),
  );

const printRow = ({ figure, value, unit, promise, ok, n }: Figure): void => {
  const mark = promise === '' ? ' ' : ok ? green('✓') : red('✗');
  const shown = Number.isInteger(value)
    ? String(value)
    : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
  const amount = `${shown} ${unit}`.trim();
  say(
    `  ${mark} ${figure.padEnd(58)} ${amount.padStart(14)}  ${dim(`${promise.padEnd(16)} n=${n}`)}`,
  );
};

/** Each promise of reliability, kept or not by what was measured in this run. */
const printPromises = (figures: readonly TopicFigure[]): void => {
  say(`\n${bold('promises 1 to 14')}`);
  for (const { number, what, topic, kept, figures: shown, broken } of promisesKept(figures)) {
    const mark = kept === null ? yellow('-') : kept ? green('✓') : red('✗');
    const word =
      kept === null
        ? `not measured (${topic})`
        : `${shown} figures${broken > 0 ? `, ${broken} outside` : ''}`;
    say(`  ${mark} ${String(number).padStart(2)}  ${what.padEnd(68)} ${dim(word)}`);
  }
};

type Tell = (figures: readonly TopicFigure[]) => void;

type Measured = {
  readonly figures: readonly TopicFigure[];
  /** A measurement broke off: there is no figure of it. */
  readonly hasFailed: boolean;
};

/** The parts of one topic, each told as soon as it is measured, whatever becomes of the others. */
const measureTopic = async (
  { topic, tell, ...options }: MeasureOptions & { readonly topic: Topic; readonly tell: Tell },
  measures: readonly Measure[],
): Promise<Measured> => {
  const figures: TopicFigure[] = [];
  let hasFailed = false;
  for (const measure of measures) {
    try {
      const measured = await measure(options);
      if (figures.length === 0) printHead();
      for (const figure of measured) printRow(figure);
      const ofTopic = measured.map((figure) => ({ topic, ...figure }));
      tell(ofTopic);
      figures.push(...ofTopic);
    } catch (error) {
      hasFailed = true;
      printFailure(error);
    }
  }
  return { figures, hasFailed };
};

/** One topic after another, whatever becomes of the others. */
const measureTopics = async (
  kind: MeasureKind,
  { topics, quick, hours }: MeasureRequest,
  load: LoadMeasures,
  tell: Tell,
): Promise<Measured> => {
  const figures: TopicFigure[] = [];
  let hasFailed = false;
  for (const topic of topics) {
    say(`\n${bold(topic)}`);
    try {
      const measures = await load(kind, topic);
      if (!measures) {
        say(yellow(`  - nothing to measure yet (tests/${kind}/${topic}.ts)`));
        continue;
      }
      const measured = await measureTopic(
        { topic, quick, tell, ...(hours === undefined ? {} : { hours }) },
        measures,
      );
      figures.push(...measured.figures);
      hasFailed ||= measured.hasFailed;
    } catch (error) {
      hasFailed = true;
      printFailure(error);
    }
  }
  return { figures, hasFailed };
};

/**
 * Runs the topics of this command line and prints what they measured. Returns the exit code: a bench reports, so that
 * only a measurement that failed is a failure; a soak proves, so that a broken promise is one too.
 */
export const runMeasurements = async (
  kind: MeasureKind,
  args: readonly string[],
  load: LoadMeasures = loadFromTests,
): Promise<number> => {
  const request = readMeasureRequest(kind, args);
  if (!request) {
    say(measureHelp(kind));
    return 0;
  }
  const lines = request.jsonFile === undefined ? undefined : openFigureLines(request.jsonFile);
  try {
    const { figures, hasFailed } = await measureTopics(kind, request, load, (measured) => {
      lines?.append(measured);
    });
    if (kind === 'soak' && request.topics.length > 1) printPromises(figures);
    const broken = figures.filter(({ ok }) => !ok).length;
    say(`\n${figures.length} figures, ${broken} outside of what is promised`);
    return hasFailed || (kind === 'soak' && broken > 0) ? 1 : 0;
  } finally {
    lines?.close();
  }
};
