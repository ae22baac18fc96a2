import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterMiss,
  deskTroubles,
  missedCause,
  missedCauses,
  noEvidence,
  ringSilences,
  unansweredOutcomes,
  type DeskSpan,
  type DeskTrouble,
  type Evidence,
  type MissedCause,
  type Ring,
} from './missed.ts';

const offer = { offeredAt: 100_000, endedAt: 120_000 };
const ring = (part: Partial<Ring> = {}): Ring => ({
  ...{ shownAt: 100_100, soundedAt: 100_200, silence: null, outcome: 'no_answer' },
  ...part,
});
const span = (what: DeskTrouble, from = 90_000, until = 130_000): DeskSpan => ({
  what,
  from,
  until,
});
const causeOf = (part: Partial<Evidence>): MissedCause =>
  missedCause(offer, { ...noEvidence, ...part }).cause;

const unheard = { soundedAt: null } as const;
const cases: readonly (readonly [string, Partial<Evidence>, MissedCause])[] = [
  ['nothing is known', {}, 'unproven'],
  ['the ring was seen and heard', { ring: ring() }, 'not_answered'],
  ['the PBX alone heard the phone ring', { pbx: { rang: true, cause: 19 } }, 'unproven'],
  ['the phone never said that it rings', { pbx: { rang: false, cause: 19 } }, 'unreachable'],
  ['the PBX found nobody there', { pbx: { rang: null, cause: 20 } }, 'unreachable'],
  ['the PBX says no answer, and no more', { pbx: { rang: null, cause: 19 } }, 'unproven'],
  ['it was heard, and nobody knows of a screen', { ring: ring({ shownAt: null }) }, 'unproven'],
  [
    'it was heard on a locked machine',
    { ring: ring({ shownAt: null }), spans: [span('locked')] },
    'not_answered',
  ],
  ['it was seen, and nobody knows of a sound', { ring: ring(unheard) }, 'unproven'],
  [
    'it was seen, and the sound did not play',
    { ring: ring({ ...unheard, silence: 'not_playing' }) },
    'inaudible',
  ],
  [
    'it was seen, and the ring is turned down to nothing',
    { ring: ring({ ...unheard, silence: 'volume_zero' }) },
    'inaudible',
  ],
  [
    'it was seen, and there is nothing to ring on',
    { ring: ring({ ...unheard, silence: 'no_speaker' }) },
    'no_device',
  ],
  ['it began to sound with the last breath', { ring: ring({ soundedAt: 117_000 }) }, 'inaudible'],
  ['it was on the screen too late', { ring: ring({ shownAt: 119_500 }) }, 'inaudible'],
  [
    'the phone was told to stop, and nothing says why',
    { ring: ring({ outcome: 'cancelled' }) },
    'unproven',
  ],
  [
    'the phone was told to stop, and the PBX says that it rang its time out',
    { ring: ring({ outcome: 'cancelled' }), pbx: { rang: true, cause: 19 } },
    'not_answered',
  ],
  ['the machine slept', { spans: [span('asleep')], pbx: { rang: false, cause: 19 } }, 'asleep'],
  [
    'the machine fell asleep under the ring',
    { ring: ring(), spans: [span('asleep', 103_000)] },
    'asleep',
  ],
  [
    'the machine woke in time',
    { ring: ring({ shownAt: 104_000, soundedAt: 104_000 }), spans: [span('asleep', 0, 103_900)] },
    'not_answered',
  ],
  [
    'it slept, and so had no network and no phone',
    { spans: [span('unregistered'), span('no_network'), span('engine_gone'), span('asleep')] },
    'asleep',
  ],
  [
    'the engine was gone',
    { spans: [span('unregistered'), span('engine_gone')] },
    'engine_restarting',
  ],
  [
    'the engine died under the ring',
    { ring: ring({ outcome: 'phone_failed' }) },
    'engine_restarting',
  ],
  ['the phone failed, and told no more', { phoneFailed: true }, 'engine_restarting'],
  ['the media failed', { ring: ring({ outcome: 'media_failed' }), phoneFailed: true }, 'no_device'],
  ['the network was gone', { spans: [span('unregistered'), span('no_network')] }, 'offline'],
  ['the line broke under the ring', { ring: ring({ outcome: 'unreachable' }) }, 'offline'],
  ['the backend was away and nothing rang', { spans: [span('backend_away')] }, 'offline'],
  [
    'the backend was away and the phone rang',
    { spans: [span('backend_away')], ring: ring() },
    'not_answered',
  ],
  [
    'the backend was away, and the PBX heard it ring',
    { spans: [span('backend_away')], pbx: { rang: true, cause: 19 } },
    'unproven',
  ],
  ['the phone was not registered', { spans: [span('unregistered')] }, 'not_registered'],
  [
    'the agent had said that a ring is not heard there',
    { ring: ring(), spans: [span('ring_unheard')] },
    'inaudible',
  ],
  [
    'the agent had said that a ring is heard there',
    { ring: ring(), spans: [span('ring_heard', 90_000, 90_000)] },
    'not_answered',
  ],
  [
    'the ringer was known to play nothing',
    { ring: ring(unheard), spans: [span('ring_silent')] },
    'inaudible',
  ],
  [
    'the ringer was known to play nothing, and it rang after all',
    { ring: ring(), spans: [span('ring_silent')] },
    'inaudible',
  ],
  [
    'the ringer was known to play nothing, and nothing rang',
    { pbx: { rang: false, cause: 19 }, spans: [span('ring_silent')] },
    'unreachable',
  ],
  ['sound was known not to get through', { ring: ring(), spans: [span('no_path')] }, 'no_path'],
  [
    'sound did not get through, and then did',
    { ring: ring(), spans: [span('no_path', 90_000, 102_000)] },
    'not_answered',
  ],
  ['the desk said that no call can come', { ring: ring(), spans: [span('hindered')] }, 'hindered'],
  [
    'the desk said so, and the phone could not be reached',
    { pbx: { rang: false, cause: 20 }, spans: [span('hindered')] },
    'unreachable',
  ],
  ['there was no microphone', { ring: ring(), spans: [span('no_device')] }, 'no_device'],
  [
    'the microphone was plugged in at once',
    { ring: ring(), spans: [span('no_device', 90_000, 102_000)] },
    'not_answered',
  ],
  ['the screen was locked, and no more is known', { spans: [span('locked')] }, 'unproven'],
  ['all was mended before it rang', { spans: [span('asleep', 0, 100_000)] }, 'unproven'],
];

describe('an offer that went unanswered', () => {
  test.each(cases)('%s: %#', (_what, evidence, cause) => {
    expect(causeOf(evidence)).toBe(cause);
  });

  test('shows every cause in this table', () => {
    expect(new Set(cases.map(([, , cause]) => cause))).toEqual(new Set(missedCauses));
  });

  test('of a short ring half is enough to act', () => {
    const short = { offeredAt: 100_000, endedAt: 104_000 };
    const heard = (soundedAt: number) =>
      missedCause(short, { ...noEvidence, ring: ring({ soundedAt }) }).cause;
    expect([heard(102_000), heard(102_001)]).toEqual(['not_answered', 'inaudible']);
  });
});

const at = fc.integer({ min: 90_000, max: 130_000 });
const anySpan = fc
  .record({ what: fc.constantFrom(...deskTroubles), from: at, until: at })
  .map(({ what, from, until }) => ({
    what,
    from: Math.min(from, until),
    until: Math.max(from, until),
  }));
const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  spans: fc.array(anySpan, { maxLength: 8 }),
  ring: fc.option(
    fc.record({
      shownAt: fc.option(at),
      soundedAt: fc.option(at),
      silence: fc.option(fc.constantFrom(...ringSilences)),
      outcome: fc.constantFrom(...unansweredOutcomes),
    }),
  ),
  pbx: fc.option(
    fc.record({
      rang: fc.option(fc.boolean()),
      cause: fc.option(fc.integer({ min: 1, max: 127 })),
    }),
  ),
  phoneFailed: fc.boolean(),
});

describe('whatever is known', () => {
  test('nobody is blamed without a ring that was heard, nor for a machine that slept through it', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const judged = missedCause(offer, evidence);
        if (!judged.isHuman) return;
        expect(evidence.ring?.soundedAt ?? null).not.toBeNull();
        expect(evidence.phoneFailed).toBe(false);
        const asleep = { ...evidence, spans: [...evidence.spans, span('asleep')] };
        expect(missedCause(offer, asleep).isHuman).toBe(false);
      }),
    );
  });

  test('the judgement does not depend on the order of the evidence, nor on what is told twice', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const { cause } = missedCause(offer, evidence);
        const shuffled = [...evidence.spans.toReversed(), ...evidence.spans];
        expect(missedCause(offer, { ...evidence, spans: shuffled }).cause).toBe(cause);
      }),
    );
  });

  test('more trouble never turns a technical cause into blame', () => {
    const trouble = anySpan.filter(({ what }) => what !== 'locked' && what !== 'ring_heard');
    fc.assert(
      fc.property(anyEvidence, trouble, (evidence, more) => {
        if (missedCause(offer, evidence).isHuman) return;
        const worse = { ...evidence, spans: [...evidence.spans, more] };
        expect(missedCause(offer, worse).isHuman).toBe(false);
      }),
    );
  });
});

describe('after a miss', () => {
  test.each([
    ['not_answered', 1, 0, 2, 'stays'],
    ['not_answered', 2, 0, 2, 'missed_call'],
    ['not_answered', 1, 0, 1, 'missed_call'],
    ['not_answered', 2, 3, 3, 'stays'],
    ['unproven', 0, 1, 1, 'stays'],
    ['unproven', 0, 2, 2, 'unreachable'],
    ['unproven', 1, 1, 2, 'unreachable'],
    ['unproven', 0, 2, 3, 'stays'],
  ] as const)(
    '%s with %i human and %i unproven of %i: %s',
    (cause, human, unproven, limit, then) => {
      expect(afterMiss(cause, { human, unproven }, limit)).toBe(then);
    },
  );

  test('whoever cannot be rung is taken out at once; a desk that said so by itself is out already', () => {
    const untaken = new Set<MissedCause>(['not_answered', 'unproven', 'no_path', 'hindered']);
    const technical = missedCauses.filter((cause) => !untaken.has(cause));
    for (const cause of ['no_path', 'hindered'] as const) {
      expect(afterMiss(cause, { human: 0, unproven: 0 }, 1)).toBe('stays');
    }
    for (const cause of technical) {
      expect(afterMiss(cause, { human: 0, unproven: 0 }, 5)).toBe('unreachable');
    }
  });
});
