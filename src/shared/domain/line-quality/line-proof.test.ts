import { expect, test } from 'vitest';
import { nearMs, proofsNear, wordOfPath, type LineProof, type NearProof } from './line-proof.ts';

const path = {
  ...{ roundTripMs: 30, jitterMs: 2, lossPercent: 0, sentLossPercent: null },
  ...{ packetsSent: 40, packetsReceived: 36 },
};
const call = { from: 10_000_000, to: 10_060_000 };
const at = (moment: number, part: Partial<LineProof> = {}): LineProof => ({
  ...{ what: 'media_path', at: moment, cause: null, path },
  ...part,
});
const near = (...proofs: readonly LineProof[]) =>
  proofsNear(proofs, call).map(({ what, when, ageMs }) => `${what} ${when} ${String(ageMs)}`);

test('of each part the nearest before and after the call counts, and nothing older', () => {
  expect(
    near(
      at(call.from - 60_000),
      at(call.from - 5_000),
      at(call.to + 300_000),
      at(call.to + 2_000),
      at(call.from - 9_000, { what: 'ringer', cause: 'ringer_silent', path: null }),
    ),
  ).toEqual(['media_path before 5000', 'media_path after 2000', 'ringer before 9000']);
  expect(near(at(call.from - nearMs - 1), at(call.to + nearMs + 1))).toEqual([]);
  expect(near(at(call.from - nearMs), at(call.to + nearMs))).toHaveLength(2);
});

test.each<[string, Partial<NearProof>, 'clean' | 'bad' | null]>([
  ['nothing lost', {}, 'clean'],
  ['it carried nothing', { cause: 'no_media_path', path: null }, 'bad'],
  ['not measured', { path: null }, null],
  ['too short', { path: { ...path, packetsReceived: 20 } }, null],
  ['one of thirty lost', { path: { ...path, lossPercent: 3.3, packetsReceived: 29 } }, null],
  ['two of thirty lost', { path: { ...path, lossPercent: 6.7, packetsReceived: 28 } }, null],
  ['three of thirty lost', { path: { ...path, lossPercent: 10, packetsReceived: 27 } }, 'bad'],
  ['lost on the way out', { path: { ...path, sentLossPercent: 10 } }, 'bad'],
  ['a very long way', { path: { ...path, roundTripMs: 1_200 } }, 'bad'],
  ['uneven', { path: { ...path, jitterMs: 35 } }, null],
  [
    'ten seconds, a little lost',
    { path: { ...path, lossPercent: 0.6, packetsSent: 500 } },
    'clean',
  ],
])('%s', (_, part, word) => {
  const proof: NearProof = {
    ...{ what: 'media_path', when: 'before', ageMs: 1_000, cause: null, path },
  };
  expect(wordOfPath({ ...proof, ...part })).toBe(word);
});
