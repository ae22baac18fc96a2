import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from './logger.ts';

const maximumBytes = 2_000_000;
const keptFiles = 4;

/**
 * Appends lines to `ringside.log` in `folder`, one JSON object each, and keeps some older files. Written at once, so
 * that the last lines before a crash are there; a disk that takes no more costs the line, never the program.
 */
export const openLogFile = (folder: string): ((line: LogLine) => void) => {
  const path = join(folder, 'ringside.log');
  let file: number | null = null;
  let bytes = 0;

  const open = (): number => {
    mkdirSync(folder, { recursive: true });
    const opened = openSync(path, 'a', 0o600);
    bytes = fstatSync(opened).size;
    return opened;
  };

  const rotate = (opened: number): number => {
    closeSync(opened);
    for (let index = keptFiles - 1; index >= 1; index -= 1) {
      const from = index === 1 ? path : join(folder, `ringside.${index - 1}.log`);
      try {
        renameSync(from, join(folder, `ringside.${index}.log`));
      } catch {
        continue; // That many older files are not there yet.
      }
    }
    return open();
  };

  return (line) => {
    const text = `${JSON.stringify({ ...line.fields, at: new Date(line.at).toISOString(), level: line.level, area: line.area, message: line.message })}\n`;
    try {
      file ??= open();
      if (bytes > maximumBytes) file = rotate(file);
      bytes += writeSync(file, text);
    } catch {
      file = null; // Tried again with the next line.
    }
  };
};
