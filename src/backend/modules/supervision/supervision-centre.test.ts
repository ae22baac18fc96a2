import { Value } from 'typebox/value';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { agentSeesSchema } from '../../../shared/api/supervision.ts';
import { isInCountry, placePattern } from '../consent/place-codes.ts';
import { builtInSupervisionRules } from './supervision-centre.ts';

const ruleSchema = Type.Object(
  {
    place: Type.String({ pattern: placePattern }),
    agentSees: agentSeesSchema,
    covert: Type.Boolean(),
    source: Type.String({ minLength: 1, pattern: '\\S' }),
    date: Type.String({ format: 'date' }),
  },
  { additionalProperties: false },
);

test('every place of the rules is one, is listed once, and names its law', () => {
  for (const rule of builtInSupervisionRules) {
    expect(Value.Errors(ruleSchema, rule), rule.place).toEqual([]);
    expect(isInCountry(rule.place), rule.place).toBe(true);
  }
  const places = builtInSupervisionRules.map(({ place }) => place);
  expect(new Set(places).size).toBe(places.length);
});

test('nobody listens unseen where agents are to see who listens', () => {
  for (const { place, agentSees, covert } of builtInSupervisionRules) {
    if (agentSees === 'always') expect(covert, place).toBe(false);
  }
});
