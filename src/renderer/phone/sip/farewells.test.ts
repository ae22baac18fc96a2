import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFarewells } from './farewells.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const response = (status: number, method: string, callId = 'a@b') =>
  `SIP/2.0 ${status} X\r\nCall-ID: ${callId}\r\nCSeq: 3 ${method}\r\n\r\n`;

const expected = () => {
  const farewells = createFarewells();
  const onHeard = vi.fn();
  farewells.expect('a@b', onHeard);
  return { farewells, onHeard };
};

test.each([
  [200, 'BYE'],
  [481, 'BYE'],
  [487, 'INVITE'],
])('a %d to %s shows that the far side knows', (status, method) => {
  const { farewells, onHeard } = expected();
  farewells.take(response(status, method));
  farewells.take(response(status, method));
  expect(onHeard).toHaveBeenCalledTimes(1);
});

test.each([
  ['a challenge', response(401, 'BYE')],
  ['another call’s', response(200, 'BYE', 'c@d')],
  ['an answer to something else', response(200, 'INVITE')],
  ['a request', 'BYE sip:x SIP/2.0\r\nCall-ID: a@b\r\nCSeq: 1 BYE\r\n\r\n'],
])('%s shows nothing', (_, message) => {
  const { farewells, onHeard } = expected();
  farewells.take(message);
  expect(onHeard).not.toHaveBeenCalled();
});

test('who has not answered 32 s after the line came back has given up as well', () => {
  const { farewells, onHeard } = expected();
  vi.advanceTimersByTime(3_600_000);
  farewells.linkUp();
  vi.advanceTimersByTime(31_000);
  expect(onHeard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(onHeard).toHaveBeenCalledTimes(1);
});
