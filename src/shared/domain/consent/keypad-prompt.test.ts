import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConsentFact } from './consent.ts';
import {
  keypadLanguage,
  keypadLanguages,
  keypadPromptFor,
  keypadWordingVersion,
  keypadWordings,
  languageOfCountry,
} from './keypad-prompt.ts';
import type { RecordingPolicy } from './recording-decision.ts';
import type { Need } from './rule.ts';

const needs: readonly Need[] = ['none', 'notice', 'consent'];
const policies: readonly RecordingPolicy[] = ['never', 'on_consent', 'when_rule_allows'];

const fact = (given: Pick<ConsentFact, 'kind'> & Partial<ConsentFact>): ConsentFact => ({
  id: 'fact',
  callId: 'leg',
  callKey: 'key',
  at: 1,
  ...given,
});

const table = (facts: readonly ConsentFact[]) =>
  policies.map((policy) => needs.map((need) => keypadPromptFor(facts, { need, policy })));

test('what a caller is asked follows the policy of the queue and the rule', () => {
  expect(table([])).toEqual([
    [null, null, null],
    ['consent', 'consent', 'consent'],
    [null, 'notice', 'consent'],
  ]);
  expect(table([fact({ kind: 'asked' })])).toEqual(table([]));
});

test('nobody is asked again who answered', () => {
  const nothing = [
    [null, null, null],
    [null, null, null],
    [null, null, null],
  ];
  expect(table([fact({ kind: 'granted' })])).toEqual(nothing);
  expect(table([fact({ kind: 'refused' })])).toEqual(nothing);
  expect(table([fact({ kind: 'granted' }), fact({ kind: 'withdrawn', at: 2 })])).toEqual(nothing);
});

test('who was only told is asked where that is not enough', () => {
  expect(table([fact({ kind: 'granted', how: 'notice' })])).toEqual([
    [null, null, null],
    ['consent', 'consent', 'consent'],
    [null, null, 'consent'],
  ]);
});

test('the language is the first that there are words in, English where there is none', () => {
  expect(keypadLanguage(['es-MX'])).toBe('es');
  expect(keypadLanguage(['', 'de', 'PT-br', 'en'])).toBe('pt');
  expect(keypadLanguage(['de'])).toBe('en');
  expect(['MX', 'BR', 'US', 'GB', 'AO'].map(languageOfCountry)).toEqual([
    ...['es', 'pt', 'en', 'en', 'pt'],
  ]);
  expect(languageOfCountry('not a country')).toBe('');
});

test('the words of this version are those that the prompts were made of', () => {
  for (const language of keypadLanguages) {
    const folder = '../../../../resources/pbx/prompts/texts';
    const texts = readFileSync(new URL(`${folder}/${language}.txt`, import.meta.url), 'utf8');
    const textOf = (name: string) => new RegExp(`^${name}\\|(.*)$`, 'mu').exec(texts)?.[1];
    expect(
      keypadWordings.find(
        (each) => each.language === language && each.version === keypadWordingVersion,
      ),
    ).toMatchObject({ ask: textOf('ringside-consent'), notice: textOf('ringside-notice') });
  }
});
