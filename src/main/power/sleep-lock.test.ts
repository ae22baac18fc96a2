import { expect, test } from 'vitest';
import { createSleepLock } from './sleep-lock.ts';

const bed = () => {
  const running = new Set<string>();
  const gone: ((why: string) => void)[] = [];
  let starts = 0;
  const lock = createSleepLock({
    why: (kind) => (kind === 'block' ? 'a call' : 'ready'),
    start: (_command, args) => {
      starts += 1;
      const name = args.slice(0, 2).join(' ');
      running.add(name);
      return {
        release: () => void running.delete(name),
        onGone: (listener) => void gone.push(listener),
      };
    },
  });
  return { lock, running, gone, starts: () => starts };
};

const delay = '--what=sleep --mode=delay';
const block = '--what=sleep:handle-lid-switch --mode=block';

test('ready delays sleep, a call forbids it with the lid, and afterwards the machine is free', () => {
  const { lock, running, starts } = bed();
  lock.hold('delay');
  lock.hold('delay');
  expect([...running]).toEqual([delay]);
  lock.hold('block');
  expect([...running].sort()).toEqual([delay, block].sort());
  lock.hold('delay');
  expect([...running]).toEqual([delay]);
  lock.hold('none');
  expect([...running]).toEqual([]);
  expect(starts()).toBe(2);
});

test('once everything is told the machine sleeps, and is held again when it is awake', () => {
  const { lock, running } = bed();
  lock.hold('delay');
  lock.letGo();
  expect([...running]).toEqual([]);
  lock.hold('delay');
  expect([...running]).toEqual([delay]);
});

test('a system without such locks is asked three times', () => {
  const { lock, gone, starts } = bed();
  for (let count = 0; count < 5; count += 1) {
    lock.hold('delay');
    gone[count]?.('Failed to connect to bus');
  }
  lock.hold('block');
  expect(starts()).toBe(3);
});
