import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noNotes, notedSeconds } from './call-notes.ts';
import type { DeskSound } from './desk-sound.ts';
import { wordOfPath, type NearProof } from './line-proof.ts';
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
  ...{ otherDesks: nobody, otherCustomers: nobody, proofs: [] },
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

const cleanPath = {
  ...{ roundTripMs: 30, jitterMs: 2, lossPercent: 0, sentLossPercent: 0 },
  ...{ packetsSent: 40, packetsReceived: 36 },
};
const proof = (part: Partial<NearProof> = {}): NearProof => ({
  ...{ what: 'media_path', when: 'after', ageMs: 3_000, cause: null, path: cleanPath },
  ...part,
});
const clean = proof();
const cleanBefore = proof({ when: 'before' });
const lossy = proof({ path: { ...cleanPath, lossPercent: 20 } });
const broken = proof({ cause: 'no_media_path', path: null });
const failed = (what: 'microphone' | 'ringer') =>
  proof({ what, cause: what === 'ringer' ? 'ringer_silent' : 'microphone_silent', path: null });
const wireless = {
  ...goodDesk,
  path: { local: 'host', remote: 'host', network: 'wifi' } as const,
};
const wellOthers = { count: 5, bad: 0 };

test.each<[string, Partial<CallEvidence>, string]>([
  ['a bad way that was bad without a call too', { proofs: [lossy] }, 'home_network: path_bad'],
  ['one that carried nothing', { proofs: [broken] }, 'home_network: path_bad'],
  ['one bad word of two', { proofs: [lossy, cleanBefore] }, 'home_network: path_bad'],
  ['a bad way that another desk had', { proofs: [lossy], otherDesks: { count: 1, bad: 1 } }, ''],
  [
    'a bad way, and the customer’s as well',
    { proofs: [lossy], customerLeg: lossyLeg },
    'company: both_legs',
  ],
  ['a way that was clean without the call', { proofs: [clean] }, 'unknown: path_clean'],
  ['wireless, and clean', { proofs: [clean], desk: wireless }, 'unknown: path_clean'],
  ['wireless, and bad', { proofs: [lossy], desk: wireless }, 'home_network: path_bad'],
  [
    'clean, and others well: a second is not enough',
    { proofs: [clean], otherDesks: wellOthers },
    'home_network: this_desk',
  ],
  [
    'clean on either side, and others well',
    { proofs: [clean, cleanBefore], otherDesks: wellOthers },
    'unknown: path_clean',
  ],
  [
    'clean, and many others bad',
    { proofs: [clean, cleanBefore], otherDesks: { count: 4, bad: 2 } },
    'company: many_desks',
  ],
  [
    'clean, and the customer’s leg bad',
    { proofs: [clean], customerLeg: lossyLeg },
    'unknown: customer_uncompared',
  ],
  [
    'clean, and many customers’ legs bad',
    { proofs: [clean], customerLeg: lossyLeg, otherCustomers: { count: 6, bad: 4 } },
    'carrier: many_customers',
  ],
  [
    'clean, and both legs bad by the exchange’s own count',
    { proofs: [clean], customerLeg: lossyLeg, agentLeg: lossyLeg },
    'unknown: path_clean',
  ],
  [
    'too few packets to say anything',
    { proofs: [proof({ path: { ...cleanPath, packetsReceived: 8 } })] },
    'unknown: desk_uncompared',
  ],
  [
    'one packet that was lost',
    { proofs: [proof({ path: { ...cleanPath, lossPercent: 7, packetsReceived: 13 } })] },
    'unknown: desk_uncompared',
  ],
])('a bad line, and proofs: %s', (_, part, expected) => {
  const otherwise = 'unknown: desk_uncompared';
  expect(verdictOf({ line: badLine, ...part })).toBe(expected === '' ? otherwise : expected);
});

test('devices that failed their proof explain what was not heard', () => {
  const unheard = { ...goodDesk, microphoneDbfs: null, spokenSeconds: 0 };
  const nothing = { ...goodDesk, heardDbfs: null, heardSeconds: 0 };
  const concealed = { ...badLine, lossPercent: 0, concealedPercent: 9 };
  const ringer = [failed('ringer')];
  expect(verdictOf({ desk: unheard })).toBe('none');
  expect(verdictOf({ desk: unheard, proofs: [failed('microphone')] })).toBe(
    'microphone: microphone_unproven',
  );
  expect(verdictOf({ desk: nothing, proofs: ringer })).toBe('computer: sound_system');
  expect(verdictOf({ line: concealed, proofs: ringer })).toBe('computer: sound_system');
  // What the network lost no sound system did.
  expect(verdictOf({ line: badLine, proofs: ringer })).toBe('unknown: desk_uncompared');
  const mended = proof({ what: 'ringer', path: null, ageMs: 1 });
  expect(verdictOf({ line: concealed, proofs: [...ringer, mended] })).toBe(
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
const nearProofs: fc.Arbitrary<readonly NearProof[]> = fc.array(
  fc.record({
    what: fc.constantFrom('media_path' as const, 'microphone' as const, 'ringer' as const),
    when: fc.constantFrom('before' as const, 'after' as const),
    ageMs: fc.nat({ max: 900_000 }),
    cause: fc.constantFrom(null, null, 'no_media_path' as const, 'ringer_silent' as const),
    path: fc.option(
      fc.record({
        ...{ roundTripMs: fc.option(share), jitterMs: share, lossPercent: share },
        ...{ sentLossPercent: fc.option(share), packetsSent: count, packetsReceived: count },
      }),
    ),
  }),
  { maxLength: 4 },
);
const anything: fc.Arbitrary<CallEvidence> = fc.record({
  ...{ line: lines, desk: desks, notes, agentLeg: legs, customerLeg: legs },
  ...{ otherDesks: others, otherCustomers: others, proofs: nearProofs },
});

/** What has to be there before somebody is blamed. */
const isProven = (evidence: CallEvidence, verdict: (typeof verdicts)[number]): boolean => {
  const { line, desk, notes: told, agentLeg, customerLeg, otherDesks, proofs } = evidence;
  const ways = proofs.filter(({ what }) => what === 'media_path').map(wordOfPath);
  const isDeskBad = line === null ? isLegBad(agentLeg) : isLineBad(line);
  switch (verdict) {
    case 'none':
    case 'unknown':
      return true;
    case 'microphone':
      return told !== null || proofs.some(({ what, cause }) => what === 'microphone' && cause);
    case 'computer':
      if (proofs.some(({ what, cause }) => what === 'ringer' && cause !== null)) return true;
      return told !== null || (desk !== null && (isDeskBad || (desk.glitchedPercent ?? 0) > 0));
    case 'home_network':
      return (
        isDeskBad &&
        (otherDesks.count >= 2 || desk?.path?.network === 'wifi' || ways.includes('bad'))
      );
    case 'company':
      return isDeskBad && (otherDesks.bad > 0 || isLegBad(customerLeg));
    case 'carrier':
      return isLegBad(customerLeg) && (!isDeskBad || ways.includes('clean'));
    case 'customer':
      return (!isDeskBad || ways.includes('clean')) && (isLegBad(customerLeg) || desk !== null);
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

test('what was proven around it makes no call bad in which everybody was heard', () => {
  fc.assert(
    fc.property(anything, nearProofs, (evidence, proofs) => {
      fc.pre((evidence.desk?.heardSeconds ?? 1) > 0 && (evidence.desk?.spokenSeconds ?? 1) > 0);
      const isGood = judge(evidence).verdict === 'none';
      expect(judge({ ...evidence, proofs }).verdict === 'none').toBe(isGood);
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
