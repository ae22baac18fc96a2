import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { replayHeadset } from '../../../../tests/support/headset/replay-log.ts';
import { headsetLogSchema, type HeadsetLog } from '../../ipc/headset.ts';

/**
 * Logs of headsets, as the page of diagnostics saves them. One that shows a mistake is put right by what should have been
 * understood: `expected`, the presses of each headset by its number.
 */
const folder = join(import.meta.dirname, '../../../../tests/fixtures/headset');

type Kept = HeadsetLog & { readonly expected?: Readonly<Record<string, readonly string[]>> };

const logs = readdirSync(folder).map((name) => ({
  name,
  log: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Kept,
}));

describe.each(logs)('the log $name', ({ log }) => {
  test('is whole', () => {
    expect(Value.Check(headsetLogSchema, log)).toBe(true);
  });

  test.each(log.headsets)('$productName: its presses are understood', ({ headset }) => {
    const told = log.entries.flatMap((entry) =>
      entry.kind === 'press' && entry.headset === headset ? [entry.action] : [],
    );
    const { presses } = replayHeadset(log, headset);
    expect(presses).toEqual(log.expected?.[headset] ?? told);
  });

  test.each(log.headsets)('$productName: its lights say what the calls are', ({ headset }) => {
    const { unexplained, shown, wanted } = replayHeadset(log, headset);
    expect(unexplained).toEqual([]);
    for (const [reportId, bytes] of shown) expect(bytes).toEqual(wanted.get(reportId));
  });
});
