import { expect, test } from 'vitest';
import { ruleFor } from '../../../shared/domain/consent/rule-for.ts';
import { placeOfNumber, placesOfCustomer } from './places.ts';
import { readRulesFile, type RulesFile } from './rules-file.ts';
import { builtInRules } from './rules-repository.ts';

const rules: RulesFile = {
  version: '2026.1',
  jurisdictions: [{ place: 'US-CA', need: 'consent', source: '§ 632', date: '2026-01-31' }],
  wordings: [{ language: 'en', version: 'en-1', ask: 'May I?', notice: 'I do.' }],
};
const problemsOf = (content: object): readonly string[] => {
  const read = readRulesFile(JSON.stringify(content));
  return read.ok ? [] : read.why;
};

test('every error of a file of rules is named with its place', () => {
  expect(readRulesFile('{"version":')).toMatchObject({ ok: false });
  expect(problemsOf({})[0]).toContain('version');
  const [jurisdiction] = rules.jurisdictions;
  const problems = problemsOf({
    ...rules,
    version: '',
    jurisdictions: [
      { ...jurisdiction, place: 'California', need: 'maybe', date: '31/01/2026' },
      { place: 'US', need: 'none', source: ' ', date: '2026-01-31' },
    ],
    wordings: [{ language: 'en', version: 'en-1', ask: 'May I?' }],
  });
  for (const place of [
    '/version',
    '/jurisdictions/0/place',
    '/jurisdictions/0/need',
    '/jurisdictions/0/date',
    '/jurisdictions/1/source',
    '/wordings/0',
  ]) {
    expect(problems.some((problem) => problem.startsWith(place))).toBe(true);
  }
});

test('a place and a language stand there once, and a place is in a country', () => {
  const [one] = rules.jurisdictions;
  const [words] = rules.wordings;
  expect(problemsOf({ ...rules, jurisdictions: [one, one] })).toEqual([
    'jurisdictions: the place "US-CA" stands there twice',
  ]);
  expect(problemsOf({ ...rules, jurisdictions: [{ ...one, place: 'XQ' }] })).toEqual([
    '/jurisdictions/0/place: "XQ" is in no country (ISO 3166)',
  ]);
  expect(problemsOf({ ...rules, wordings: [words, words] })).toEqual([
    'wordings: the language "en" stands there twice',
  ]);
});

test('the rules that come with the program know every place that they promise', () => {
  const own = builtInRules();
  const places = new Set(own.jurisdictions.map(({ place }) => place));
  const union = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE';
  const others = 'US GB BR MX AR CO CL';
  for (const country of `${union} ${others}`.split(' ')) expect(places).toContain(country);
  const states = [...places].filter((place) => place.startsWith('US-'));
  // Fifty states and the District of Columbia.
  expect(states).toHaveLength(51);
  const all = states.filter(
    (place) => own.jurisdictions.find((each) => each.place === place)?.need === 'consent',
  );
  expect(all.map((place) => place.slice(3)).sort()).toEqual(
    'CA CT DE FL IL MA MD MI MT NH NV PA WA'.split(' '),
  );
  expect(own.wordings.map(({ language }) => language).sort()).toEqual(['en', 'es', 'pt']);
});

test('a number tells the state by its area code, and else the country', () => {
  expect(placeOfNumber('+14155550134', 'US')).toEqual({ country: 'US', subdivision: 'US-CA' });
  expect(placeOfNumber('(512) 555-0134', 'US')).toEqual({ country: 'US', subdivision: 'US-TX' });
  expect(placeOfNumber('+442079460123', 'US')).toEqual({ country: 'GB' });
  expect(placeOfNumber('+14165550134', 'US')).toEqual({ country: 'CA' });
  expect(placeOfNumber('anonymous', 'US')).toBeNull();
  expect(placeOfNumber('', 'US')).toBeNull();
  // Toll-free: somewhere in the country, or nobody knows.
  expect(placeOfNumber('+18005550134', 'US')?.subdivision).toBeUndefined();
});

test('a hidden number leaves the record, and a record of nowhere leaves nothing', () => {
  const rule = (number: string, records: Parameters<typeof placesOfCustomer>[0]['records']) =>
    ruleFor(builtInRules(), placesOfCustomer({ number, records }, 'US'), [{ country: 'ES' }]);
  expect(rule('', [{ country: 'GB' }]).need).toBe('notice');
  expect(rule('', [{ country: '' }]).need).toBe('consent');
  expect(rule('+15125550134', [{ country: 'US' }]).need).toBe('notice');
  expect(rule('+15125550134', [{ country: 'US', subdivision: 'US-MA' }]).need).toBe('consent');
});
