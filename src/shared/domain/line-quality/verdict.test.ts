import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noNotes, notedSeconds } from './call-notes.ts';
import type { DeskSound } from './desk-sound.ts';
import type { LineSummary } from './line-quality.ts';
import {
  isLegBad,
  isLineBad,
  judge,
  verdictReasons,
  verdicts,
  type CallEvidence,
  type LegCount,
} from './verdict.ts';

const goodLine: LineSummary = {
  ...{ seconds: 120, fairSeconds: 1, badSeconds: 0, mosMean: 4.3, mosLowest: 3.6 },
  ...{ roundTripMs: 40, jitterMs: 4, lossPercent: 0, concealedPercent: 0.1, sentLossPercent: 0 },
};
const badLine: LineSummary = { ...goodLine, badSeconds: 20, mosMean: 3, lossPercent: 6 };
const goodDesk: DeskSound = {
  ...{ seconds: 120, lateSeconds: 0, latestMs: 40, glitchedPercent: 0 },
  ...{ microphoneDbfs: -24, spokenSeconds: 50, heardDbfs: -22, heardSeconds: 60, path: null },
};
const goodLeg: LegCount = {
  ...{ received: 6_000, lost: 2, jitterMs: 3, sent: 6_000, sentLost: 1, roundTripMs: 30 },
};
const lossyLeg: LegCount = { ...goodLeg, lost: 400 };
const nobody = { count: 0, bad: 0 };
const good: CallEvidence = {
  ...{ line: goodLine, desk: goodDesk, notes: null, agentLeg: goodLeg, customerLeg: goodLeg },
  ...{ otherDesks: nobody, otherCustomers: nobody },
};
const verdictOf = (part: Partial<CallEvidence>) => {
  const { verdict, reason } = judge({ ...good, ...part });
  return reason === null ? verdict : `${verdict}: ${reason}`;
};
const seconds = (part: Partial<(typeof noNotes)['seconds']>) => ({
  ...noNotes,
  seconds: { ...noNotes.seconds, ...part },
});
const lost = (
  device: 'microphone' | 'speaker',
  replacedBy: string | null,
  gapMs: number | null,
) => ({
  ...noNotes,
  devicesLost: [{ at: 1, device, name: 'Headset', replacedBy, gapMs }],
});

test('a call in which nothing was bad is nobody’s fault', () => {
  expect(verdictOf({})).toBe('none');
  expect(verdictOf({ desk: null, agentLeg: null, customerLeg: null })).toBe('none');
  expect(verdictOf({ notes: lost('microphone', 'Another', 300) })).toBe('none');
  expect(verdictOf({ notes: seconds({ muted_talking: 60, silent: 2 }) })).toBe('none');
});

test('a microphone that did not work comes before everything else', () => {
  expect(verdictOf({ notes: seconds({ silent: 8 }), line: badLine })).toBe(
    'microphone: microphone_silent',
  );
  expect(verdictOf({ notes: seconds({ system_muted: 8 }) })).toBe('microphone: microphone_muted');
  expect(verdictOf({ notes: lost('microphone', null, null) })).toBe('microphone: microphone_lost');
  expect(verdictOf({ notes: lost('microphone', 'Another', 5_000) })).toBe(
    'microphone: microphone_lost',
  );
  expect(verdictOf({ notes: seconds({ clipped: 40 }) })).toBe('microphone: microphone_clipped');
  expect(verdictOf({ notes: seconds({ low: 40 }) })).toBe('microphone: microphone_low');
});

test('a busy computer is not taken for a bad network', () => {
  const late = { ...goodDesk, lateSeconds: 30 };
  expect(verdictOf({ desk: late })).toBe('none');
  expect(verdictOf({ desk: late, line: badLine })).toBe('computer: engine_late');
  expect(verdictOf({ desk: { ...goodDesk, glitchedPercent: 4 } })).toBe('computer: playout_broken');
  expect(verdictOf({ notes: lost('speaker', null, null) })).toBe('computer: speaker_lost');
});

test('a bad way to the desk is of the house or of the company, by how others fared', () => {
  expect(verdictOf({ line: badLine })).toBe('unknown: desk_uncompared');
  expect(verdictOf({ line: badLine, otherDesks: { count: 1, bad: 1 } })).toBe(
    'unknown: desk_uncompared',
  );
  expect(verdictOf({ line: badLine, otherDesks: { count: 5, bad: 1 } })).toBe(
    'home_network: this_desk',
  );
  expect(verdictOf({ line: badLine, otherDesks: { count: 4, bad: 2 } })).toBe(
    'company: many_desks',
  );
  expect(verdictOf({ line: badLine, customerLeg: lossyLeg })).toBe('company: both_legs');
  const wifi = { local: 'host', remote: 'host', network: 'wifi' } as const;
  expect(verdictOf({ line: badLine, desk: { ...goodDesk, path: wifi } })).toBe(
    'home_network: wireless',
  );
});

test('a bad way to the customer is of the carrier or of the customer, by how others fared', () => {
  expect(verdictOf({ customerLeg: lossyLeg })).toBe('unknown: customer_uncompared');
  expect(verdictOf({ customerLeg: lossyLeg, otherCustomers: { count: 6, bad: 4 } })).toBe(
    'carrier: many_customers',
  );
  expect(verdictOf({ customerLeg: lossyLeg, otherCustomers: { count: 6, bad: 0 } })).toBe(
    'customer: this_customer',
  );
  expect(verdictOf({ customerLeg: { ...goodLeg, received: 0, lost: 0 } })).toBe('carrier: one_way');
  expect(verdictOf({ customerLeg: { ...goodLeg, sentLost: 500 } })).toBe(
    'unknown: customer_uncompared',
  );
});

test('what came over a clean way and was not to be heard is the customer’s', () => {
  const silent = { ...goodDesk, heardDbfs: null, heardSeconds: 0 };
  expect(verdictOf({ desk: silent })).toBe('customer: customer_silent');
  expect(verdictOf({ desk: silent, customerLeg: null })).toBe('unknown: nothing_heard');
  expect(verdictOf({ desk: { ...goodDesk, heardDbfs: -46 } })).toBe('customer: customer_low');
  const loud = { ...noNotes, loud: [{ at: 1, peakDbfs: -1, byKey: true }] };
  expect(verdictOf({ notes: loud })).toBe('unknown: loud');
  expect(verdictOf({ notes: { ...loud, loud: [{ at: 1, peakDbfs: -1, byKey: false }] } })).toBe(
    'none',
  );
});

test('the exchange’s own count serves where the desk told nothing', () => {
  expect(verdictOf({ line: null, desk: null, agentLeg: lossyLeg })).toBe(
    'unknown: desk_uncompared',
  );
});

const count = fc.nat({ max: 20_000 });
const share = fc.double({ min: 0, max: 100, noNaN: true });
const legs = fc.option(
  fc.record({
    ...{ received: count, lost: count, sent: count },
    jitterMs: fc.option(share),
    sentLost: fc.option(count),
    roundTripMs: fc.option(share),
  }),
);
const others = fc
  .nat({ max: 40 })
  .chain((all) => fc.record({ count: fc.constant(all), bad: fc.nat({ max: all }) }));
const lines = fc.option(
  fc.record({ seconds: count, fairSeconds: count, badSeconds: count }).map((part) => ({
    ...goodLine,
    ...part,
  })),
);
const desks = fc.option(
  fc
    .record({
      ...{ seconds: count, lateSeconds: count, heardSeconds: count, spokenSeconds: count },
      glitchedPercent: fc.option(share),
      heardDbfs: fc.option(fc.integer({ min: -90, max: 0 })),
      network: fc.constantFrom('wifi' as const, 'ethernet' as const, null),
    })
    .map(({ network, ...part }) => ({
      ...{ ...goodDesk, ...part },
      path: { local: 'host' as const, remote: 'host' as const, network },
    })),
);
const notes = fc.option(
  fc.record({
    seconds: fc.record(
      Object.fromEntries(notedSeconds.map((what) => [what, fc.nat({ max: 60 })])) as Record<
        (typeof notedSeconds)[number],
        fc.Arbitrary<number>
      >,
    ),
    devicesLost: fc.array(
      fc.record({
        ...{ at: count, name: fc.string() },
        device: fc.constantFrom('microphone' as const, 'speaker' as const),
        ...{ replacedBy: fc.option(fc.string()), gapMs: fc.option(count) },
      }),
      { maxLength: 3 },
    ),
    loud: fc.array(
      fc.record({ at: count, peakDbfs: fc.integer({ min: -40, max: 0 }), byKey: fc.boolean() }),
      { maxLength: 3 },
    ),
  }),
);
const anything: fc.Arbitrary<CallEvidence> = fc.record({
  ...{ line: lines, desk: desks, notes, agentLeg: legs, customerLeg: legs },
  ...{ otherDesks: others, otherCustomers: others },
});

/** What has to be there before somebody is blamed. */
const isProven = (evidence: CallEvidence, verdict: (typeof verdicts)[number]): boolean => {
  const { line, desk, notes: told, agentLeg, customerLeg, otherDesks } = evidence;
  const isDeskBad = line === null ? isLegBad(agentLeg) : isLineBad(line);
  switch (verdict) {
    case 'none':
    case 'unknown':
      return true;
    case 'microphone':
      return told !== null;
    case 'computer':
      return told !== null || (desk !== null && (isDeskBad || (desk.glitchedPercent ?? 0) > 0));
    case 'home_network':
      return isDeskBad && (otherDesks.count >= 2 || desk?.path?.network === 'wifi');
    case 'company':
      return isDeskBad && (otherDesks.bad > 0 || isLegBad(customerLeg));
    case 'carrier':
      return isLegBad(customerLeg) && !isDeskBad;
    case 'customer':
      return !isDeskBad && (isLegBad(customerLeg) || desk !== null);
  }
};

test('nobody is blamed without evidence, and each verdict says what it rests on', () => {
  fc.assert(
    fc.property(anything, (evidence) => {
      const { verdict, reason } = judge(evidence);
      expect(isProven(evidence, verdict)).toBe(true);
      expect(verdicts).toContain(verdict);
      if (verdict === 'none') expect(reason).toBe(null);
      else expect(verdictReasons).toContain(reason);
    }),
    { numRuns: 1_000 },
  );
});

test('what others heard never makes a good call bad, nor a bad one good', () => {
  fc.assert(
    fc.property(anything, others, others, (evidence, otherDesks, otherCustomers) => {
      const isGood = judge(evidence).verdict === 'none';
      expect(judge({ ...evidence, otherDesks, otherCustomers }).verdict === 'none').toBe(isGood);
    }),
    { numRuns: 1_000 },
  );
});

test('the more others were bad as well, the less it is the own house', () => {
  fc.assert(
    fc.property(anything, fc.nat({ max: 10 }), (evidence, more) => {
      const worse = {
        ...evidence,
        otherDesks: {
          count: evidence.otherDesks.count + more,
          bad: evidence.otherDesks.bad + more,
        },
      };
      if (judge(evidence).verdict === 'company')
        expect(judge(worse).verdict).not.toBe('home_network');
    }),
    { numRuns: 1_000 },
  );
});
