import { expect, test } from 'vitest';
import type { ConsentState } from '../../../../shared/domain/consent/consent.ts';
import { consentChoices, consentView, type ConsentSituation } from './consent-view.ts';

const card = (state: ConsentState) => ({ consent: { state, at: null } });

test("the backend's word is shown", () => {
  expect(consentView(card('granted'), null)).toEqual({ state: 'granted', unconfirmed: false });
  expect(consentView(null, null)).toEqual({ state: 'not_asked', unconfirmed: false });
});

test("the agent's own word is shown at once, and said to be unconfirmed", () => {
  expect(consentView(card('asked'), 'granted')).toEqual({ state: 'granted', unconfirmed: true });
  expect(consentView(null, 'refused')).toEqual({ state: 'refused', unconfirmed: true });
});

test('an answer that the backend has is not undone by an older question', () => {
  expect(consentView(card('refused'), 'asked')).toEqual({ state: 'refused', unconfirmed: false });
});

const situation = {
  enough: 'consent',
  standing: null,
  isKept: false,
} as const satisfies Partial<ConsentSituation>;
const named = (given: Partial<ConsentSituation>): readonly string[] =>
  consentChoices({ ...situation, state: 'not_asked', ...given }).map(({ name }) => name);

test('each state offers what the customer can say next', () => {
  const offered: Record<ConsentState, readonly string[]> = {
    not_asked: ['asked'],
    asked: ['granted', 'refused'],
    granted: ['withdrawn', 'keep'],
    refused: ['granted', 'keep'],
    withdrawn: ['granted', 'keep'],
  };
  for (const [state, names] of Object.entries(offered)) {
    expect(named({ state: state as ConsentState })).toEqual(names);
  }
});

test('a choice is kept for later calls once, and for a customer who is known', () => {
  expect(named({ state: 'granted', isKept: true })).toEqual(['withdrawn']);
  const [, keep] = consentChoices({ ...situation, state: 'refused' });
  expect(keep?.word).toEqual({ kind: 'refused', standing: true });
});

test('where telling is enough the notice is read, and who does not object is told to have been told', () => {
  expect(named({ enough: 'notice' })).toEqual(['read']);
  const [told, objected] = consentChoices({ ...situation, enough: 'notice', state: 'asked' });
  expect(told).toEqual({ name: 'told', word: { kind: 'granted', how: 'notice' } });
  expect(objected).toEqual({ name: 'objected', word: { kind: 'refused' } });
});

test('where nothing is asked a refusal can be told, and where nothing is recorded nothing', () => {
  expect(named({ enough: 'none' })).toEqual(['refused']);
  for (const state of ['not_asked', 'asked', 'granted', 'refused', 'withdrawn'] as const) {
    expect(named({ enough: 'never', state })).toEqual([]);
  }
});

test('an earlier yes holds once the agent says so; an earlier no needs no key', () => {
  const earlier = { kind: 'granted', how: 'written_before', at: 1 } as const;
  const [stands] = consentChoices({ ...situation, standing: earlier, state: 'not_asked' });
  expect(stands).toEqual({
    name: 'stands',
    word: { kind: 'granted', how: 'written_before', standing: true },
  });
  expect(named({ standing: { ...earlier, kind: 'refused' } })).toEqual(['asked']);
});
