import { expect, test } from 'vitest';
import type { ConsentFact, ConsentFactKind, ConsentState } from './consent.ts';
import {
  consentForRecording,
  recordingDecision,
  strictestDecision,
  type RecordedCall,
  type RecordingDecision,
  type RecordingPolicy,
} from './recording-decision.ts';
import type { Need } from './rule.ts';

const needs: readonly Need[] = ['none', 'notice', 'consent'];
const consents: readonly ConsentState[] = ['not_asked', 'asked', 'granted', 'refused', 'withdrawn'];
const policies: readonly RecordingPolicy[] = ['never', 'on_consent', 'when_rule_allows'];

type Case = { readonly need: Need; readonly consent: ConsentState; readonly call: RecordedCall };

const everyCase: readonly Case[] = needs.flatMap((need) =>
  consents.flatMap((consent) =>
    policies.flatMap((policy) =>
      [true, false].flatMap((live) =>
        (['none', 'payment'] as const).flatMap((pause) =>
          (['there', 'lost'] as const).map((deskLine) => ({
            need,
            consent,
            call: { live, policy, pause, deskLine },
          })),
        ),
      ),
    ),
  ),
);

const decide = ({ need, consent, call }: Case): RecordingDecision =>
  recordingDecision({ need }, consent, call);

test('of all 360 combinations these are recorded, and no other', () => {
  expect(everyCase).toHaveLength(360);
  const recorded = everyCase.filter((each) => decide(each).do === 'record');
  const live = { live: true, pause: 'none', deskLine: 'there' } as const;
  const onConsent = { ...live, policy: 'on_consent' } as const;
  const whenAllowed = { ...live, policy: 'when_rule_allows' } as const;
  const expected: readonly Case[] = [
    ...needs.map((need) => ({ need, consent: 'granted', call: onConsent }) as const),
    ...needs.map((need) => ({ need, consent: 'granted', call: whenAllowed }) as const),
    { need: 'none', consent: 'not_asked', call: whenAllowed },
    { need: 'none', consent: 'asked', call: whenAllowed },
  ];
  expect(recorded).toHaveLength(expected.length);
  expect(recorded).toEqual(expect.arrayContaining([...expected]));
});

test('what would be recorded is silent while a card is taken or the desk is lost', () => {
  for (const each of everyCase) {
    const plain = decide({ ...each, call: { ...each.call, pause: 'none', deskLine: 'there' } });
    const isHeldBack = each.call.pause === 'payment' || each.call.deskLine === 'lost';
    expect(decide(each).do).toBe(plain.do === 'record' && isHeldBack ? 'pause' : plain.do);
  }
});

test('whoever said no is not recorded under any rule or policy', () => {
  for (const each of everyCase.filter(({ consent }) => /refused|withdrawn/u.test(consent))) {
    expect(decide(each).do).toBe('off');
  }
});

test('a stricter rule never records what a milder one does not', () => {
  const order = ['record', 'pause', 'off'];
  const severity = (each: Case): number => order.indexOf(decide(each).do);
  for (const each of everyCase) {
    for (const need of needs.slice(needs.indexOf(each.need))) {
      expect(severity({ ...each, need })).toBeGreaterThanOrEqual(severity(each));
    }
  }
});

test.each([
  [{ live: false }, 'granted', 'no_live_call'],
  [{ policy: 'never' }, 'granted', 'policy'],
  [{}, 'refused', 'refused'],
  [{}, 'asked', 'consent_not_given'],
] as const)('it says why not: %o, %s', (changes, consent, why) => {
  const call = { live: true, policy: 'on_consent', pause: 'none', deskLine: 'there' } as const;
  expect(recordingDecision({ need: 'none' }, consent, { ...call, ...changes })).toEqual({
    do: 'off',
    why,
  });
});

test('of those who are heard together the strictest decision holds', () => {
  const [record, pause, off] = [
    { do: 'record' },
    { do: 'pause', why: 'payment' },
    { do: 'off', why: 'consent_not_given' },
  ] as const;
  expect(strictestDecision([record])).toEqual(record);
  expect(strictestDecision([record, pause])).toEqual(pause);
  expect(strictestDecision([off, pause, record])).toEqual(off);
});

type Said = readonly [ConsentFactKind, number, ConsentFact['how']?];

const facts = (...said: readonly Said[]): readonly ConsentFact[] =>
  said.map(([kind, at, how], index) => ({
    id: `f${String(index)}`,
    callId: 'c',
    callKey: 'k',
    kind,
    at,
    ...(how === undefined ? {} : { how }),
  }));

const onConsent = { need: 'consent', policy: 'on_consent' } as const;

test.each([
  ['nothing said', facts(), 'not_asked'],
  ['granted', facts(['asked', 1], ['granted', 2]), 'granted'],
  ['granted, arriving before the question', facts(['granted', 2], ['asked', 1]), 'granted'],
  ['refused later', facts(['granted', 2], ['refused', 3]), 'refused'],
  [
    'refused, dated before the consent it followed',
    facts(['granted', 9], ['refused', 3]),
    'refused',
  ],
  ['withdrawn, dated before the consent', facts(['granted', 9], ['withdrawn', 3]), 'withdrawn'],
  ['granted and withdrawn at once', facts(['granted', 5], ['withdrawn', 5]), 'withdrawn'],
  ['withdrawn and granted at once', facts(['withdrawn', 5], ['granted', 5]), 'withdrawn'],
  ['an old consent that arrives late', facts(['refused', 9], ['granted', 3]), 'refused'],
  ['granted again', facts(['refused', 3], ['granted', 9]), 'granted'],
])('consent for a recording: %s', (_what, given, state) => {
  expect(consentForRecording(given, onConsent)).toBe(state);
});

test('a notice is consent only where the rule asks for no more and the queue is content with it', () => {
  const told = facts(['granted', 1, 'notice']);
  for (const need of needs) {
    for (const policy of policies) {
      const suffices = policy === 'when_rule_allows' && need !== 'consent';
      expect(consentForRecording(told, { need, policy })).toBe(suffices ? 'granted' : 'asked');
    }
  }
});

test('a notice takes back no refusal, and consent after it counts', () => {
  const refused = facts(['refused', 1], ['granted', 2, 'notice']);
  expect(consentForRecording(refused, onConsent)).toBe('refused');
  const said = facts(['granted', 1, 'notice'], ['granted', 2, 'voice']);
  expect(consentForRecording(said, onConsent)).toBe('granted');
});

test('where nobody is asked, taking back what was never given is a refusal', () => {
  const taken = facts(['withdrawn', 1]);
  expect(consentForRecording(taken, { need: 'none', policy: 'when_rule_allows' })).toBe('refused');
});

test('of every four words in every order of arrival, one that denies and that nothing follows denies', () => {
  const kinds: readonly ConsentFactKind[] = ['asked', 'granted', 'refused', 'withdrawn'];
  const words: readonly Said[] = kinds.flatMap((kind) => [1, 2].map((at) => [kind, at] as const));
  for (const a of words) {
    for (const b of words) {
      for (const c of words) {
        const given = facts(['granted', 0], a, b, c);
        const [kind] = c;
        if (kind !== 'refused' && kind !== 'withdrawn') continue;
        expect(consentForRecording(given, onConsent)).not.toBe('granted');
      }
    }
  }
});
