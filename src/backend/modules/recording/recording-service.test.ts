import { expect, test } from 'vitest';
import type { ConsentFact, ConsentFactKind } from '../../../shared/domain/consent/consent.ts';
import { consentForRecording } from './recording-service.ts';

const facts = (...said: readonly (readonly [ConsentFactKind, number])[]): readonly ConsentFact[] =>
  said.map(([kind, at], index) => ({
    id: `f${String(index)}`,
    callId: 'c',
    callKey: 'k',
    kind,
    at,
  }));

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
  ['an old refusal that arrives late', facts(['granted', 9], ['refused', 3]), 'refused'],
  ['granted again', facts(['refused', 3], ['granted', 9]), 'granted'],
])('consent: %s', (_what, given, state) => {
  expect(consentForRecording(given)).toBe(state);
});
