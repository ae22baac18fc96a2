import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hindranceCauses, hindranceOfReason, reasonOfHindrance } from './hindrance.ts';
import {
  nextLookAt,
  proofNames,
  proofRules,
  readinessAt,
  takeEvidence,
  toBeProven,
  unknownReadiness,
  type Evidence,
  type ProofName,
  type Readiness,
} from './readiness.ts';

const take = (readiness: Readiness, evidence: Evidence, now = evidence.at): Readiness =>
  takeEvidence(readiness, evidence, now);
const fails = (readiness: Readiness, proof: ProofName, at: number): Readiness =>
  take(readiness, { kind: 'fails', proof, at, cause: 'not_registered' });
const holds = (readiness: Readiness, proof: ProofName, at: number, now = at): Readiness =>
  take(readiness, { kind: 'holds', proof, at }, now);
const doubted = (readiness: Readiness, proof: ProofName, at: number): Readiness =>
  take(readiness, { kind: 'doubted', proof, at });
const proven = (at: number, readiness: Readiness = unknownReadiness): Readiness =>
  proofNames.reduce((sum, proof) => holds(sum, proof, at), readiness);

test('nothing known is not ready, and all proven is', () => {
  expect(unknownReadiness.hindrance).toBe('proving');
  expect(toBeProven(unknownReadiness, 0)).toEqual(proofNames);
  expect(proven(0).hindrance).toBe(null);
  expect(toBeProven(proven(0), 0)).toEqual([]);
});

test.each(proofNames)('Ready is lost when %s fails, and comes back when it is proven', (proof) => {
  const { failureMs } = proofRules[proof];
  const failing = fails(proven(0), proof, 1_000);
  if (failureMs > 0) {
    expect(failing.hindrance).toBe(null);
    expect(nextLookAt(failing, 1_000)).toBe(1_000 + failureMs);
  }
  const lost = readinessAt(failing, 1_000 + failureMs);
  expect(lost.hindrance).toBe('not_registered');
  expect(toBeProven(lost, 1_000 + failureMs)).toEqual([proof]);
  expect(holds(lost, proof, 20_000).hindrance).toBe(null);
});

test.each(proofNames)('a doubt of %s is believed for its time, and no longer', (proof) => {
  const { doubtMs } = proofRules[proof];
  const doubt = doubted(doubted(proven(0), proof, 1_000), proof, 1_000 + doubtMs / 2);
  if (doubtMs > 0) expect(readinessAt(doubt, 1_000 + doubtMs - 1).hindrance).toBe(null);
  expect(readinessAt(doubt, 1_000 + doubtMs).hindrance).toBe('proving');
  // What was found before the doubt says nothing.
  expect(holds(readinessAt(doubt, 30_000), proof, 900, 30_001).hindrance).toBe('proving');
});

test('who is not ready waits for every doubt to be settled', () => {
  const lost = fails(proven(0), 'awake', 1_000);
  const woke = holds(
    doubted(doubted(lost, 'registration', 9_000), 'media_path', 9_000),
    'awake',
    9_000,
  );
  expect(woke.hindrance).toBe('proving');
  expect(holds(woke, 'registration', 9_500).hindrance).toBe('proving');
  expect(holds(holds(woke, 'registration', 9_500), 'media_path', 9_800).hindrance).toBe(null);
});

test('evidence ages', () => {
  const age = proofRules.media_path.ageMs ?? 0;
  const ready = proven(0);
  expect(nextLookAt(ready, 0)).toBe(age);
  expect(readinessAt(ready, age).hindrance).toBe('proving');
  expect(readinessAt(holds(ready, 'media_path', age / 2), age).hindrance).toBe(null);
});

test('the nearest cause is told', () => {
  const lost = take(fails(proven(0), 'registration', 0), {
    ...{ kind: 'fails', proof: 'network', at: 0, cause: 'no_network' },
  });
  expect(readinessAt(lost, 2_000).hindrance).toBe('no_network');
});

test('a cause is a reason for not being ready, and back', () => {
  for (const cause of hindranceCauses)
    expect(hindranceOfReason(reasonOfHindrance(cause))).toBe(cause);
  expect(hindranceOfReason('lunch')).toBe(null);
});

const evidence = fc.record({
  proof: fc.constantFrom(...proofNames),
  kind: fc.constantFrom('holds', 'fails', 'doubted' as const),
  afterMs: fc.integer({ min: 0, max: 5_000 }),
});
type Told = { readonly proof: ProofName; readonly kind: string; readonly afterMs: number };
const isKind = (kind: string): kind is Evidence['kind'] =>
  ['holds', 'fails', 'doubted'].includes(kind);

/** Tells everything at its time and looks as often as a timer would; calls back with each change of the verdict. */
const play = (
  told: readonly Told[],
  onVerdict: (at: number, isReady: boolean) => void = () => undefined,
) => {
  let readiness = proven(0);
  let now = 0;
  const see = (next: Readiness): void => {
    if ((next.hindrance === null) !== (readiness.hindrance === null)) {
      onVerdict(now, next.hindrance === null);
    }
    readiness = next;
  };
  const runTo = (until: number): void => {
    for (;;) {
      const due = nextLookAt(readiness, now);
      if (due === null || due > until) break;
      now = due;
      see(readinessAt(readiness, now));
    }
    now = until;
  };
  for (const { proof, kind, afterMs } of told) {
    runTo(now + afterMs);
    if (!isKind(kind)) continue;
    const cause = 'not_registered' as const;
    see(take(readiness, { proof, at: now, ...(kind === 'fails' ? { kind, cause } : { kind }) }));
  }
  return { readiness: () => readiness, now: () => now, runTo };
};

test('a failure that was borne is named as soon as Ready is lost for another reason', () => {
  const { readiness } = play([
    { proof: 'network', kind: 'fails', afterMs: 0 },
    { proof: 'awake', kind: 'doubted', afterMs: 0 },
  ]);
  expect(readiness().hindrance).toBe('not_registered');
});

test('whatever happened: ready means that each proof holds or is within its patience, and the timer misses nothing', () => {
  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 60 }), (told) => {
      const played = play(told);
      const readiness = played.readiness();
      // Nobody looks without cause: another look finds the same.
      expect(readinessAt(readiness, played.now())).toEqual(readiness);
      if (readiness.hindrance !== null) return;
      for (const name of proofNames) {
        const { failing, doubt } = readiness.proofs[name];
        const { failureMs, doubtMs } = proofRules[name];
        if (failing !== null) expect(played.now() - failing.since).toBeLessThan(failureMs);
        if (doubt !== null) expect(played.now() - doubt.since).toBeLessThan(doubtMs);
      }
    }),
  );
});

test('no alarm stands for longer than 15 s once everything is proven', () => {
  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 60 }), (told) => {
      const played = play(told);
      const all = proven(played.now(), played.readiness());
      const later = played.now() + 15_000;
      let readiness = all;
      let now = played.now();
      for (let due = nextLookAt(readiness, now); due !== null && due <= later;) {
        now = due;
        readiness = readinessAt(readiness, now);
        due = nextLookAt(readiness, now);
      }
      expect(readiness.hindrance).toBe(null);
    }),
  );
});

test('no alarm without evidence: what only holds stays ready', () => {
  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 60 }), (told) => {
      let lost = 0;
      play(
        told.map((each) => ({ ...each, kind: 'holds' })),
        () => (lost += 1),
      );
      expect(lost).toBe(0);
    }),
  );
});

test('whatever flaps, Ready does not come back more than ten times a minute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...proofNames),
      fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 100, maxLength: 200 }),
      (proof, pauses) => {
        const back: number[] = [];
        play(
          pauses.map((afterMs, index) => ({
            ...{ proof, afterMs, kind: index % 2 === 0 ? 'fails' : 'holds' },
          })),
          (at, isReady) => {
            if (isReady) back.push(at);
          },
        );
        // The first ones are quick: a single stumble is no row of them.
        const settled = back.filter((at) => at > (back[3] ?? 0));
        for (const from of settled) {
          const inAMinute = settled.filter((at) => at >= from && at < from + 60_000);
          expect(inAMinute.length).toBeLessThanOrEqual(10);
        }
      },
    ),
  );
});

test('of two words on one proof the later one counts, whichever arrives first', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...proofNames),
      fc.constantFrom('holds', 'fails', 'doubted' as const),
      fc.constantFrom('holds', 'fails', 'doubted' as const),
      (proof, first, second) => {
        const cause = 'disk' as const;
        const word = (kind: string, at: number): Evidence =>
          kind === 'fails'
            ? { kind, proof, at, cause }
            : { kind: kind === 'holds' ? 'holds' : 'doubted', proof, at };
        const [a, b] = [word(first, 1_000), word(second, 2_000)];
        const inOrder = readinessAt(take(take(proven(0), a), b), 60_000);
        const crossed = readinessAt(take(take(proven(0), b), a, 2_000), 60_000);
        expect(crossed.hindrance === null).toBe(inOrder.hindrance === null);
      },
    ),
  );
});
