import { appendFileSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Figure } from './figures.ts';
import type { Topic } from './measure-options.ts';
import { messageOf, Problem } from './problem.ts';

export type TopicFigure = Figure & { readonly topic: Topic };

/** A file of figures, one JSON object a line; what stands in it already is kept. */
export type FigureLines = {
  readonly append: (figures: readonly TopicFigure[]) => void;
  readonly close: () => void;
};

const lineOf = ({ topic, figure, value, unit, promise, ok, n, of }: TopicFigure): string =>
  `${JSON.stringify({ topic, figure, value, unit, promise, ok, n, of })}\n`;

/** One folder after another: `recursive` never returns where a folder cannot be made in one that exists (/proc). */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
};

/** Opens the file before anything is measured, since a long run must not end at a file that cannot be written. */
export const openFigureLines = (path: string): FigureLines => {
  let descriptor: number;
  try {
    makeFolder(dirname(path));
    descriptor = openSync(path, 'a');
  } catch (error) {
    throw new Problem(`Figures cannot be written to ${path}.`, messageOf(error));
  }
  return {
    append: (figures) => {
      appendFileSync(descriptor, figures.map(lineOf).join(''));
    },
    close: () => closeSync(descriptor),
  };
};
