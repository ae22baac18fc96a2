import { expect, test } from 'vitest';
import { partOf, type WorkPart } from './work-part.ts';

const all: readonly WorkPart[] = ['notes', 'script', 'identity'];
const call = { callId: 'a', stage: 'live' } as const;
const chosen = (part: WorkPart) => ({ chosen: { ...call, part } });

test('a call that goes on shows its script, one that ended its notes', () => {
  expect(partOf({ chosen: null }, call, all)).toBe('script');
  expect(partOf({ chosen: null }, call, ['notes', 'identity'])).toBe('notes');
  expect(partOf({ chosen: null }, { ...call, stage: 'wrap_up' }, all)).toBe('notes');
});

test('what the agent chose holds for that call, and until it ends', () => {
  expect(partOf(chosen('identity'), call, all)).toBe('identity');
  expect(partOf(chosen('identity'), { ...call, callId: 'b' }, all)).toBe('script');
  expect(partOf(chosen('script'), { ...call, stage: 'wrap_up' }, all)).toBe('notes');
  expect(partOf(chosen('identity'), call, ['notes', 'script'])).toBe('script');
});
