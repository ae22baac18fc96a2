import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { NegotiationFailure } from './negotiation.ts';
import type { PathRepair } from './path-repair.ts';
import { createPathRepair } from './path-repair.ts';

let isLinkUp = true;
let hasAddress = true;
let outcome: Result<null, NegotiationFailure> = success(null);
const restart = vi.fn(() => Promise.resolve(outcome));
const nothing = () => undefined;
let repair: PathRepair;

beforeEach(() => {
  vi.useFakeTimers();
  restart.mockClear();
  isLinkUp = hasAddress = true;
  outcome = success(null);
  repair = createPathRepair({
    isLinkUp: () => isLinkUp,
    isAnswered: () => true,
    findsAddress: () => Promise.resolve(hasAddress),
    restart,
    log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
  });
});
afterEach(() => {
  repair.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a path that stumbles is sought anew, and every four seconds again', async () => {
  repair.changed('disconnected');
  await pass(0);
  expect(restart).toHaveBeenCalledTimes(1);
  await pass(4_000);
  expect(restart).toHaveBeenCalledTimes(2);
  repair.changed('connected');
  await pass(20_000);
  expect(restart).toHaveBeenCalledTimes(2);
});

test('what the browser says of the old path just after an offer makes no second one', async () => {
  repair.moved();
  await pass(0);
  repair.changed('disconnected');
  repair.changed('connected');
  repair.changed('disconnected');
  await pass(3_900);
  expect(restart).toHaveBeenCalledTimes(1);
  await pass(200);
  expect(restart).toHaveBeenCalledTimes(2);
});

test('without an address to be reached at nothing is offered; with one, soon', async () => {
  hasAddress = false;
  repair.moved();
  await pass(2_000);
  expect(restart).not.toHaveBeenCalled();
  hasAddress = true;
  await pass(260);
  expect(restart).toHaveBeenCalledOnce();
});

test('a link that is away or in doubt is waited for', async () => {
  isLinkUp = false;
  repair.changed('failed');
  await pass(10_000);
  expect(restart).not.toHaveBeenCalled();
  isLinkUp = true;
  repair.linkUp();
  await pass(0);
  expect(restart).toHaveBeenCalledOnce();
});

test('a path that stumbled is given a second to heal once the link stands again', async () => {
  isLinkUp = false;
  repair.changed('disconnected');
  isLinkUp = true;
  repair.linkUp();
  await pass(900);
  expect(restart).not.toHaveBeenCalled();
  await pass(200);
  expect(restart).toHaveBeenCalledOnce();
});

test('a link that came back while an offer was given up carries the next one at once', async () => {
  let giveUp: () => void = nothing;
  restart.mockImplementationOnce(
    () => new Promise((resolve) => (giveUp = () => resolve(failure('timeout')))),
  );
  repair.moved();
  await pass(100);
  repair.linkUp();
  giveUp();
  await pass(10);
  expect(restart).toHaveBeenCalledTimes(2);
});

test('an offer that nobody answered is made anew, though the path may look well', async () => {
  outcome = failure('timeout');
  repair.changed('disconnected');
  await pass(0);
  repair.changed('connected');
  outcome = success(null);
  await pass(4_000);
  expect(restart).toHaveBeenCalledTimes(2);
  await pass(20_000);
  expect(restart).toHaveBeenCalledTimes(2);
});
