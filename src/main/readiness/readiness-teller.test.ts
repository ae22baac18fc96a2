import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PutReadiness } from '../../shared/api/readiness.ts';
import { createReadinessTeller } from './readiness-teller.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = () => {
  const put: PutReadiness[] = [];
  const answers: ((wasHeard: boolean) => void)[] = [];
  const teller = createReadinessTeller({
    put: (word) => {
      put.push(word);
      return new Promise((resolve) => answers.push(resolve));
    },
    random: () => 0.5,
    onChange: () => undefined,
  });
  const answer = async (wasHeard: boolean): Promise<void> => {
    answers.shift()?.(wasHeard);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { teller, put, answer };
};

test('one word at a time, and the latest after it', async () => {
  const { teller, put, answer } = bed();
  teller.tell('proving');
  teller.tell('disk');
  teller.tell(null);
  teller.tell(null);
  expect(put).toEqual([{ revision: 1, hindrance: 'proving' }]);
  expect(teller.isHeard()).toBe(false);
  await answer(true);
  expect(put.at(-1)).toEqual({ revision: 3, hindrance: null });
  await answer(true);
  expect(put).toHaveLength(2);
  expect(teller.isHeard()).toBe(true);
});

test('what was not heard is said until it is, and anew when the line is back', async () => {
  const { teller, put, answer } = bed();
  teller.tell('disk');
  const heard = vi.fn();
  void teller.heard(60_000).then(heard);
  for (let times = 0; times < 4; times += 1) {
    await answer(false);
    await vi.advanceTimersByTimeAsync(5_000);
  }
  expect(put).toHaveLength(5);
  expect(heard).not.toHaveBeenCalled();
  await answer(true);
  expect(heard).toHaveBeenCalledOnce();
  teller.again();
  expect(put.at(-1)).toEqual({ revision: 2, hindrance: 'disk' });
});

test('of a session that ended nothing is said any more', async () => {
  const { teller, put, answer } = bed();
  teller.tell('disk');
  teller.stop();
  await answer(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(put).toHaveLength(1);
  teller.tell(null);
  expect(put.at(-1)).toEqual({ revision: 1, hindrance: null });
});
