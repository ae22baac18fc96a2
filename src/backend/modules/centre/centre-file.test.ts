import { expect, test } from 'vitest';
import { readCentre } from './centre-file.ts';

const label = { en: 'Support', es: 'Soporte', pt: 'Suporte' };
const alice = {
  username: 'alice',
  name: 'Alice Byrne',
  role: 'agent',
  extension: '1001',
  queues: [],
};
const problemsOf = (centre: object): readonly string[] => {
  const read = readCentre(JSON.stringify(centre));
  return read.ok ? [] : read.why;
};

test('a centre with nothing in it is one', () => {
  expect(readCentre('{}')).toEqual({ ok: true, value: {} });
});

test('everything that is wrong is named with its place', () => {
  expect(readCentre('{"users": [')).toMatchObject({ ok: false });
  expect(problemsOf({ people: [] }).join()).toContain('additional');
  const problems = problemsOf({
    queues: [{ name: 'two words', label, targetHandleSeconds: 0 }],
    users: [{ ...alice, role: 'boss', extension: '10-01' }],
  });
  for (const place of [
    '/queues/0/name',
    '/queues/0/targetHandleSeconds',
    '/users/0/role',
    '/users/0/extension',
  ]) {
    expect(problems.some((problem) => problem.startsWith(place))).toBe(true);
  }
});

test('where somebody works is a place in a country', () => {
  const problems = problemsOf({ place: 'XQ', users: [{ ...alice, place: 'US-TX' }] });
  expect(problems).toEqual(['/place: "XQ" is in no country (ISO 3166)']);
  expect(problemsOf({ users: [{ ...alice, place: 'Texas' }] }).join()).toContain('/users/0/place');
});

test('a name, an extension and a code stand there once', () => {
  expect(problemsOf({ users: [alice, { ...alice, username: 'bruno' }] })).toEqual([
    'users: the extension "1001" stands there twice',
  ]);
  expect(problemsOf({ notReadyReasons: [{ code: 'app_gone', label }] })).toEqual([
    'notReadyReasons: "app_gone" is a reason that only the system gives',
  ]);
  expect(problemsOf({ notReadyReasons: [1, 2].map(() => ({ code: 'lunch', label })) })).toEqual([
    'notReadyReasons: the code "lunch" stands there twice',
  ]);
});
