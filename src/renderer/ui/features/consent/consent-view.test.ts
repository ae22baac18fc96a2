import { expect, test } from 'vitest';
import type { ConsentFactKind, ConsentState } from '../../../../shared/domain/consent/consent.ts';
import { consentView, nextConsentFacts } from './consent-view.ts';

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

test('each state offers what the customer can say next', () => {
  const offered: Record<ConsentState, readonly ConsentFactKind[]> = {
    not_asked: ['asked'],
    asked: ['granted', 'refused'],
    granted: ['withdrawn'],
    refused: ['granted'],
    withdrawn: ['granted'],
  };
  for (const [state, kinds] of Object.entries(offered)) {
    expect(nextConsentFacts(state as ConsentState)).toEqual(kinds);
  }
});
