import { messageOf, Problem } from './problem.ts';

const hasColour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const paint = (code: number) => (text: string) =>
  hasColour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);
export const dim = paint(2);
export const bold = paint(1);

const TITLE_WIDTH = 56;
/** Steps faster than this were already done: they get no line of their own. */
const SILENT_BELOW_MS = 150;

export const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

export const warn = (text: string): void => {
  process.stdout.write(`  ${yellow('!')} ${text}\n`);
};

export type Step<Value> = {
  readonly title: string;
  readonly work: () => Promise<Value>;
  /** A few words behind the title, such as a version. */
  readonly detail?: (value: Value) => string;
  /** Shown even when it took no time. */
  readonly always?: boolean;
};

/** Does one step of a start-up and prints one line about it. */
export const step = async <Value>({
  title,
  work,
  detail,
  always = false,
}: Step<Value>): Promise<Value> => {
  const startedAt = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${dim('…')} ${title}`);
  const clear = () => {
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
  };
  try {
    const value = await work();
    const elapsedMs = performance.now() - startedAt;
    clear();
    if (always || elapsedMs >= SILENT_BELOW_MS) {
      const text = detail ? `${title} ${dim(detail(value))}` : title;
      const width = detail ? `${title} ${detail(value)}`.length : title.length;
      const padding = ' '.repeat(Math.max(1, TITLE_WIDTH - width));
      say(`  ${green('✓')} ${text}${padding}${(elapsedMs / 1000).toFixed(1).padStart(6)} s`);
    }
    return value;
  } catch (error) {
    clear();
    say(`  ${red('✗')} ${title}`);
    throw error;
  }
};

export const printFailure = (error: unknown): void => {
  process.stderr.write(`\n${red(messageOf(error))}\n`);
  if (error instanceof Problem) {
    for (const line of error.advice) process.stderr.write(`${line}\n`);
    if (error.cause !== undefined) process.stderr.write(`${dim(messageOf(error.cause))}\n`);
  } else if (error instanceof Error && error.stack) {
    process.stderr.write(`${dim(error.stack)}\n`);
  }
};

/** Runs a script's main function; its number is the exit code. */
export const runMain = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
};
