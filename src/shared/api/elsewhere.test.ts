import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { systemsSchema } from './elsewhere.ts';

test('systems of a backend that says less of them are systems all the same', () => {
  const system = {
    connectionId: '0197f0aa-0000-7000-8000-00000000abcd',
    ...{ name: 'Help desk', connector: 'zendesk', capabilities: ['createTicket'] },
  };
  expect(Value.Check(systemsSchema, { systems: [system] })).toBe(true);
  const answer = { systems: [{ ...system, escalatesForCustomer: true }] };
  expect(Value.Check(systemsSchema, answer)).toBe(true);
});
