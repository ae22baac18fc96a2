import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAbsence } from './absence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = () => {
  const answers: (() => void)[] = [];
  const said: boolean[] = [];
  let inCall = false;
  const nothing = () => undefined;
  const absence = createAbsence({
    bridge: {
      request: () => new Promise((resolve) => answers.push(() => resolve(1 as never))),
    },
    userAgent: () => ({ setAway: (away) => said.push(away) }),
    isInCall: () => inCall,
    log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
  });
  const answer = async (): Promise<void> => {
    for (const each of answers.splice(0)) each();
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    ...{ absence, answers, said, answer },
    call: (on: boolean) => (inCall = on),
  };
};

test('a program that stands still is left alone by customers, and is back as soon as it goes on', async () => {
  const { absence, answers, said, answer } = bed();
  absence.heard();
  absence.heard();
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toEqual([true]);
  absence.renewed();
  expect(said).toEqual([true, true]);
  await answer();
  expect(said).toEqual([true, true, false]);
});

test('nobody is asked without cause: only as the PBX is heard of, and not each time', async () => {
  const { absence, answers, answer } = bed();
  await vi.advanceTimersByTimeAsync(3_600_000);
  absence.heard();
  await answer();
  absence.heard();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(answers).toHaveLength(0);
  absence.heard();
  expect(answers).toHaveLength(1);
});

test('a call is not left; what it kept from being done is done after it', async () => {
  const { absence, said, call } = bed();
  call(true);
  absence.told(true);
  absence.heard();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).toEqual([]);
  call(false);
  absence.heard();
  expect(said).toEqual([true]);
  absence.told(false);
  expect(said).toEqual([true]);
});
