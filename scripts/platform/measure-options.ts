import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { MeasureOptions } from './figures.ts';
import { messageOf, Problem } from './problem.ts';

/** A bench reports how fast and how large things are; a soak proves that they hold for long. */
export type MeasureKind = 'bench' | 'soak';

const topics = [
  'call',
  'signalling',
  'ledger',
  'consent',
  'supervision',
  'headset',
  'network',
  'directory',
] as const;

export type Topic = (typeof topics)[number];

const isTopic = (name: string): name is Topic => topics.some((topic) => topic === name);

export const measureHelp = (kind: MeasureKind): string => `Measures, and prints a table.

  npm run ${kind} -- [topic ...] [--json FILE] [--quick] [--hours N]

  topics: ${topics.join(', ')} (all, unless named)
  --quick       fewer and shorter measurements: a look, no proof
  --hours N     how long a shift takes where one is played (network); as long as its calls unless said
  --json FILE   appends one line for each figure: {topic, figure, value, unit, promise, ok, n}`;

export type MeasureRequest = MeasureOptions & {
  readonly topics: readonly Topic[];
  readonly jsonFile: string | undefined;
};

/** Reads the command line of `npm run bench` and `npm run soak`; undefined when help is asked for. */
export const readMeasureRequest = (
  kind: MeasureKind,
  args: readonly string[],
): MeasureRequest | undefined => {
  const parse = () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        hours: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    throw new Problem(messageOf(error), '', measureHelp(kind));
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  const unknown = positionals.filter((name) => !isTopic(name));
  if (unknown.length > 0)
    throw new Problem(`No such topic: ${unknown.join(', ')}.`, '', measureHelp(kind));
  if (values.json === '') throw new Problem('--json names no file.', '', measureHelp(kind));
  const hours = values.hours === undefined ? undefined : Number(values.hours);
  if (hours !== undefined && !(hours > 0 && hours <= 48))
    throw new Problem(
      `--hours is "${String(values.hours)}", expected 0 to 48.`,
      '',
      measureHelp(kind),
    );
  const wanted = positionals.filter(isTopic);
  return {
    topics: wanted.length > 0 ? wanted : topics,
    jsonFile: values.json === undefined ? undefined : resolve(values.json),
    quick: values.quick,
    ...(hours === undefined ? {} : { hours }),
  };
};
