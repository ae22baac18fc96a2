import { expect, test } from 'vitest';
import { createKeyedQueue } from './keyed-queue.ts';

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('tasks of one key run in their order, other keys do not wait, an error holds up nobody', async () => {
  const done: string[] = [];
  const errors: string[] = [];
  const queue = createKeyedQueue((_error, key) => errors.push(key));
  const task = (name: string, ms: number) => async () => {
    await wait(ms);
    done.push(name);
  };
  void queue.add('a', task('a1', 20));
  void queue.add('a', () => Promise.reject(new Error('no')));
  void queue.add('a', task('a2', 0));
  void queue.add('b', task('b1', 0));
  await queue.idle();
  expect(done).toEqual(['b1', 'a1', 'a2']);
  expect(errors).toEqual(['a']);
});
