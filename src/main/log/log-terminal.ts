import type { LogLevel, LogLine } from './logger.ts';

const rank: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 };

const isLevel = (text: string | undefined): text is LogLevel =>
  text !== undefined && Object.hasOwn(rank, text);

/** Lines for people on standard error, down to the level that `RINGSIDE_LOG` names; otherwise what went wrong only. */
export const terminalLog = (wanted: string | undefined): ((line: LogLine) => void) => {
  const lowest = isLevel(wanted) ? wanted : 'error';
  return ({ level, area, message, fields }) => {
    if (rank[level] > rank[lowest]) return;
    const details = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
    process.stderr.write(`${level} ${area}: ${[message, ...details].join(' ')}\n`);
  };
};
