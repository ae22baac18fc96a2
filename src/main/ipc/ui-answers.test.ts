import { expect, test } from 'vitest';
import { uiAnswers, type UiHandlers } from './ui-answers.ts';

const handled: unknown[] = [];
// Only the requests of these tests are asked for.
const answer = uiAnswers({
  'clock.now': () => 5,
  'session.signOut': () => {
    throw new Error('canary');
  },
  'phone.command': (command) => {
    handled.push(command);
    return { ok: true, value: { callId: null } };
  },
} as Partial<UiHandlers> as UiHandlers);

test('a request of the right shape reaches its handler', async () => {
  expect(await answer('clock.now', null)).toBe(5);
  await answer('phone.command', { kind: 'dial', number: '100' });
  expect(handled).toEqual([{ kind: 'dial', number: '100' }]);
});

test('a request of another shape never reaches its handler', async () => {
  const before = handled.length;
  expect(await answer('phone.command', { kind: 'dial', number: '100', extra: 1 })).toEqual({
    ok: false,
    why: 'not_allowed',
  });
  expect(await answer('consent.record', { callId: 'x', kind: 'granted' })).toEqual({
    ok: false,
    why: { code: 'invalid', detail: 'consent.record' },
  });
  await expect(answer('desk.snapshot', { sneaky: true })).rejects.toThrow('Refused');
  expect(handled.length).toBe(before);
});

test('a bug in a handler says nothing of itself to the page', async () => {
  await expect(answer('session.signOut', null)).rejects.toThrow(/^Failed$/u);
});
