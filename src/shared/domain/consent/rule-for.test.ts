import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  ruleAmong,
  ruleFor,
  stricterRule,
  unknownPlace,
  unlistedPlace,
  type Jurisdictions,
} from './rule-for.ts';
import { strictness, type Place } from './rule.ts';

const book: Jurisdictions = {
  version: 'v1',
  jurisdictions: [
    { place: 'US', need: 'none', source: 'federal', date: '2026-01-01' },
    { place: 'US-TX', need: 'none', source: 'Texas', date: '2026-01-01' },
    { place: 'US-CA', need: 'consent', source: 'California', date: '2026-01-01' },
    { place: 'GB', need: 'notice', source: 'Britain', date: '2026-01-01' },
    { place: 'DE', need: 'consent', source: 'Germany', date: '2026-01-01' },
  ],
};
const texas: Place = { country: 'US', subdivision: 'US-TX' };
const california: Place = { country: 'US', subdivision: 'US-CA' };
const britain: Place = { country: 'GB' };

test('the strictest place of all parties makes the rule, and is named with its law', () => {
  expect(ruleFor(book, [texas], [texas])).toMatchObject({ need: 'none', rulesVersion: 'v1' });
  expect(ruleFor(book, [texas], [britain])).toEqual({
    need: 'notice',
    because: [{ place: britain, source: 'Britain' }],
    rulesVersion: 'v1',
  });
  expect(ruleFor(book, [britain], [texas, { country: 'DE' }]).need).toBe('consent');
  expect(ruleFor(book, [texas], [texas], [california])).toMatchObject({
    need: 'consent',
    because: [{ place: california, source: 'California' }],
  });
});

test('a place that nobody knows, or whose law nobody wrote down, asks everybody', () => {
  const asksAll = { need: 'consent', because: [{ place: null, source: unknownPlace }] };
  expect(ruleFor(book, [null], [texas])).toMatchObject(asksAll);
  expect(ruleFor(book, [], [texas])).toMatchObject(asksAll);
  expect(ruleFor(book, [texas], [null])).toMatchObject(asksAll);
  expect(ruleFor(book, [texas], [texas], [null])).toMatchObject(asksAll);
  const japan: Place = { country: 'JP' };
  expect(ruleFor(book, [texas], [japan])).toMatchObject({
    need: 'consent',
    because: [{ place: japan, source: unlistedPlace }],
  });
});

test('a country whose parts differ asks for what its strictest part does while no part is known', () => {
  expect(ruleFor(book, [{ country: 'US' }], [texas])).toMatchObject({
    need: 'consent',
    because: [{ place: { country: 'US' }, source: unknownPlace }],
  });
  // A part that is not in the file is no part that is known.
  expect(ruleFor(book, [{ country: 'US', subdivision: 'US-PR' }], [texas]).need).toBe('consent');
});

test("the customer's number and record count both, and a country is nothing beside a part of it", () => {
  expect(ruleFor(book, [texas, california], [texas]).need).toBe('consent');
  expect(ruleFor(book, [texas, { country: 'US' }], [texas]).need).toBe('none');
  expect(ruleFor(book, [null, britain], [texas]).need).toBe('notice');
});

const anyPlace = fc.constantFrom<Place[]>(
  null,
  texas,
  california,
  britain,
  { country: 'US' },
  { country: 'DE' },
  { country: 'JP' },
);
const anyPlaces = fc.array(anyPlace, { maxLength: 4 });

test('one party more never makes a rule less strict, and the order of parties says nothing', () => {
  fc.assert(
    fc.property(anyPlaces, anyPlaces, anyPlace, (customer, agents, one) => {
      const before = ruleFor(book, customer, agents);
      const after = ruleFor(book, customer, agents, [one]);
      expect(strictness[after.need]).toBeGreaterThanOrEqual(strictness[before.need]);
      expect(ruleFor(book, [...customer].reverse(), [...agents].reverse()).need).toBe(before.need);
      // As on the desk, which joins what is known of the customer with where the agent works.
      expect(stricterRule(before, ruleAmong(book, [one]))).toEqual(after);
    }),
  );
});

test('every rule but the laxest says why', () => {
  fc.assert(
    fc.property(anyPlaces, anyPlaces, (customer, agents) => {
      const rule = ruleFor(book, customer, agents);
      expect(rule.because.length > 0 || rule.need === 'none').toBe(true);
    }),
  );
});
