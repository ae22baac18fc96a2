import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { repositoryDirectory } from './paths.ts';
import { messageOf, Problem } from './problem.ts';
import { bold, dim, green, printFailure, red, say, yellow } from './terminal.ts';

/** One measured figure. */
export type Figure = {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised, such as `<= 60`; empty for a figure that is only shown. */
  readonly promise: string;
  readonly ok: boolean;
  /** How many measurements it rests on. */
  readonly n: number;
};

export type MeasureOptions = {
  /** Fewer and shorter measurements: a look, no proof. */
  readonly quick: boolean;
};

/** What tests/bench/<topic>.ts and tests/soak/<topic>.ts export as `measure`. */
export type Measure = (options: MeasureOptions) => Promise<readonly Figure[]>;

/** Says what is being measured now. */
export const progress = (text: string): void => say(dim(`  … ${text}`));

export const TOPICS = [
  'call',
  'signalling',
  'ledger',
  'consent',
  'supervision',
  'headset',
  'network',
  'directory',
] as const;

type Topic = (typeof TOPICS)[number];
type Row = Figure & { readonly topic: Topic };
type Kind = 'bench' | 'soak';

const isTopic = (name: string): name is Topic => TOPICS.some((topic) => topic === name);

const help = (kind: Kind): string => `Measures, and prints a table.

  npm run ${kind} -- [topic ...] [--json FILE] [--quick]

  topics: ${TOPICS.join(', ')} (all, unless named)
  --quick       fewer and shorter measurements: a look, no proof
  --json FILE   the same as a list of {topic, figure, value, unit, promise, ok, n}`;

type Options = MeasureOptions & {
  readonly topics: readonly Topic[];
  readonly jsonFile: string | undefined;
};

const readOptions = (kind: Kind): Options | undefined => {
  const parse = () =>
    parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    throw new Problem(messageOf(error), '', help(kind));
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  const unknown = positionals.filter((name) => !isTopic(name));
  if (unknown.length > 0)
    throw new Problem(`No such topic: ${unknown.join(', ')}.`, '', help(kind));
  const topics = positionals.filter(isTopic);
  return {
    topics: topics.length > 0 ? topics : TOPICS,
    jsonFile: values.json === undefined ? undefined : resolve(values.json),
    quick: values.quick,
  };
};

const loadMeasure = async (kind: Kind, topic: Topic): Promise<Measure | undefined> => {
  const path = join(repositoryDirectory, 'tests', kind, `${topic}.ts`);
  if (!existsSync(path)) return undefined;
  const module = (await import(pathToFileURL(path).href)) as { readonly measure?: unknown };
  if (typeof module.measure !== 'function')
    throw new Error(`${path} exports no function "measure"`);
  // The contract of these files: see Measure.
  return module.measure as Measure;
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

/**
 * Runs the topics one after another and prints what they measured. Returns the exit code: a bench reports, so that only
 * a measurement that failed is a failure; a soak proves, so that a broken promise is one too.
 */
export const runMeasurements = async (kind: Kind): Promise<number> => {
  const options = readOptions(kind);
  if (!options) {
    say(help(kind));
    return 0;
  }
  const rows: Row[] = [];
  let hasFailed = false;
  for (const topic of options.topics) {
    say(`\n${bold(topic)}`);
    try {
      const measure = await loadMeasure(kind, topic);
      if (!measure) {
        say(yellow(`  - nothing to measure yet (tests/${kind}/${topic}.ts)`));
        continue;
      }
      const figures = await measure(options);
      printHead();
      for (const figure of figures) {
        printRow(figure);
        rows.push({ topic, ...figure });
      }
    } catch (error) {
      hasFailed = true;
      printFailure(error);
    }
  }
  if (options.jsonFile !== undefined) {
    mkdirSync(dirname(options.jsonFile), { recursive: true });
    writeFileSync(options.jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
  }
  const broken = rows.filter(({ ok }) => !ok).length;
  say(`\n${rows.length} figures, ${broken} outside of what is promised`);
  return hasFailed || (kind === 'soak' && broken > 0) ? 1 : 0;
};
