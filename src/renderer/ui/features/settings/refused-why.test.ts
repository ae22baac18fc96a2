import { expect, test } from 'vitest';
import { refusedKind, refusedWhy } from './refused-why.ts';

test.each([
  ['this id was stored before with other content', 'other_content'],
  ['event/body/fact/at lies more than a day ahead', 'future'],
  ['the call leg belongs to another agent', 'other_agent'],
  ['event/agentId is another agent', 'other_agent'],
  ['the call leg belongs to another call', 'other_call'],
  ['the backend could not store this event', 'not_stored'],
  ['unreadable', 'unreadable'],
  ['event/seq must be >= 1', 'invalid'],
])('“%s” is told in words of the agent’s language', (why, expected) => {
  expect(refusedWhy({ why })).toBe(expected);
});

test('an event is named by what it tells', () => {
  expect(
    ['held', 'wrap_up_completed', 'granted', 'ring', null].map((kind) => refusedKind({ kind })),
  ).toEqual(['call', 'wrap_up', 'consent', 'desk', 'unknown']);
});
