import { expect, test } from 'vitest';
import type { ProofFact } from '../../shared/api/evidence.ts';
import type { Proved } from '../../shared/ipc/readiness.ts';
import { createProofTelling } from './proof-telling.ts';

const path = {
  ...{ roundTripMs: 30.123_4, jitterMs: 2, lossPercent: 0, sentLossPercent: null },
  ...{ packetsSent: 40, packetsReceived: 36 },
};
const proved = (part: Partial<Proved>): Proved => ({
  ...{ round: 'r', proof: 'media_path', word: 'holds', cause: null, why: null },
  ...part,
});
const silent = proved({ proof: 'microphone', word: 'fails', cause: 'microphone_silent' });

const desk = () => {
  const written: ProofFact[] = [];
  let nowMs = 0;
  const telling = createProofTelling({
    write: (_, facts) => written.push(...facts),
    now: () => 5_000 + nowMs,
    monotonicMs: () => nowMs,
    newId: () => 'id',
  });
  telling.useAgent('alice');
  return { telling, written, wait: (ms: number) => (nowMs += ms) };
};

test('what a proof call measured is told with when it was', () => {
  const { telling, written, wait } = desk();
  telling.takeProved(proved({ path }));
  wait(20_000);
  telling.takeProved(proved({ path }));
  const told = { kind: 'proof', id: 'id', what: 'media_path', cause: null };
  expect(written).toEqual([
    { ...told, at: 5_000, path: { ...path, roundTripMs: 30.12 } },
    { ...told, at: 25_000, path: { ...path, roundTripMs: 30.12 } },
  ]);
});

test('a device is told as it fails, each minute while it does, and as it works again', () => {
  const { telling, written, wait } = desk();
  const works = proved({ proof: 'microphone' });
  telling.takeProved(works);
  for (let times = 0; times < 9; times += 1) {
    telling.takeProved(silent);
    wait(10_000);
  }
  telling.takeProved(works);
  telling.takeProved(works);
  expect(written.map(({ at, cause }) => [at - 5_000, cause])).toEqual([
    [0, 'microphone_silent'],
    [60_000, 'microphone_silent'],
    [90_000, null],
  ]);
});

test('what nobody knows, what needs no word, and a way that flaps for ever are not told', () => {
  const { telling, written, wait } = desk();
  telling.takeProved(proved({ word: 'unknown', why: 'in_call' }));
  telling.takeProved(proved({ word: 'unprovable' }));
  telling.takeProved(proved({ proof: 'registration', word: 'fails', cause: 'not_registered' }));
  telling.useAgent(null);
  telling.takeProved(silent);
  expect(written).toEqual([]);
  telling.useAgent('bruno');
  for (let times = 0; times < 600; times += 1) {
    telling.takeProved(proved({ path }));
    wait(5_000);
  }
  expect(written).toHaveLength(60);
});
