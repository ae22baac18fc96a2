import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { figureOf, type Measure } from './figures.ts';
import type { Topic } from './measure-options.ts';
import { Problem } from './problem.ts';
import { runMeasurements } from './run-measurements.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-figures-'));
  file = join(folder, 'figures.jsonl');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const figures = [
  figureOf('INVITE to record, p95', 41.5, 'ms', 30, { atMost: 60 }),
  figureOf('calls lost', 1, '', 20, { exactly: 0 }),
  figureOf('memory', 310, 'MB', 1),
];

const only =
  (measures: Partial<Record<Topic, Measure>>) =>
  (_kind: string, topic: Topic): Promise<readonly Measure[] | undefined> => {
    const measure = measures[topic];
    return Promise.resolve(measure === undefined ? undefined : [measure]);
  };

const measured = only({ call: () => Promise.resolve(figures) });
const neverMeasured = only({ call: () => Promise.reject(new Error('it was measured')) });

const lines = (): readonly unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));

describe('figures as lines of JSON', () => {
  test('each figure is one line with its topic and its promise', async () => {
    expect(await runMeasurements('bench', ['call', '--json', file], measured)).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe(
      '{"topic":"call","figure":"INVITE to record, p95","value":41.5,"unit":"ms","promise":"<= 60","ok":true,"n":30}',
    );
    expect(lines()).toEqual([
      expect.objectContaining({ figure: 'INVITE to record, p95', promise: '<= 60', ok: true }),
      expect.objectContaining({ figure: 'calls lost', promise: '= 0', ok: false }),
      expect.objectContaining({ figure: 'memory', promise: '', ok: true }),
    ]);
  });

  test('a second run adds its lines to those of the first, in folders that it makes', async () => {
    file = join(folder, 'out/of/today.jsonl');
    await runMeasurements('bench', ['call', '--json', file], measured);
    await runMeasurements('bench', ['call', '--json', file], measured);
    expect(lines()).toHaveLength(2 * figures.length);
  });

  test('what was measured is kept when a later topic fails, and the run has failed', async () => {
    const load = only({
      call: () => Promise.resolve(figures),
      network: () => Promise.reject(new Error('the line is dead')),
    });
    expect(await runMeasurements('bench', ['call', 'network', '--json', file], load)).toBe(1);
    expect(lines()).toHaveLength(figures.length);
  });

  test('a topic after one that failed is measured all the same', async () => {
    const load = only({
      call: () => Promise.reject(new Error('the line is dead')),
      network: () => Promise.resolve(figures),
    });
    expect(await runMeasurements('bench', ['call', 'network', '--json', file], load)).toBe(1);
    expect(lines()).toEqual(figures.map((figure) => ({ topic: 'network', ...figure })));
  });

  test('each part of a topic is written when it is measured, whatever becomes of the others', async () => {
    const load = () =>
      Promise.resolve([
        () => Promise.resolve(figures.slice(0, 1)),
        () => Promise.reject(new Error('the line is dead')),
        () => {
          expect(lines()).toHaveLength(1);
          return Promise.resolve(figures.slice(1));
        },
      ]);
    expect(await runMeasurements('bench', ['call', '--json', file], load)).toBe(1);
    expect(lines()).toHaveLength(figures.length);
  });
});

test('a broken promise fails a soak, and is only shown by a bench', async () => {
  expect(await runMeasurements('bench', ['call'], measured)).toBe(0);
  expect(await runMeasurements('soak', ['call'], measured)).toBe(1);
});

describe('nothing is measured when', () => {
  test.each([
    ['a topic is unknown', ['call', 'weather'], 'No such topic: weather.'],
    ['--json has no file', ['call', '--json'], "Option '--json <value>' argument missing"],
    ['--json has an empty name', ['--json', ''], '--json names no file.'],
    ['an option is unknown', ['call', '--slow'], "Unknown option '--slow'"],
  ])('%s', async (_what, args, message) => {
    const run = runMeasurements('bench', args, neverMeasured);
    await expect(run).rejects.toBeInstanceOf(Problem);
    await expect(run).rejects.toThrow(message);
  });

  test('the file is a folder', async () => {
    mkdirSync(file);
    await expect(
      runMeasurements('bench', ['call', '--json', file], neverMeasured),
    ).rejects.toMatchObject({
      message: `Figures cannot be written to ${file}.`,
      advice: [expect.stringContaining('EISDIR')],
    });
  });

  test('a folder of its path is a file', async () => {
    writeFileSync(file, '');
    await expect(
      runMeasurements('bench', ['call', '--json', join(file, 'in/it')], neverMeasured),
    ).rejects.toThrow('Figures cannot be written to');
  });

  test.runIf(process.platform === 'linux')('its folder cannot be made', async () => {
    await expect(
      runMeasurements('bench', ['call', '--json', '/proc/no/such/figures'], neverMeasured),
    ).rejects.toThrow('Figures cannot be written to');
  });
});
