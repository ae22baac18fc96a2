import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneAnswer, PhoneCommand } from '../../shared/ipc/phone.ts';
import { createServiceRecording } from './service-recording.ts';

type Recording = DeskSnapshot['cards'][number]['recording'];

const callId = '00000000-0000-7000-8000-000000000001';
const done: PhoneAnswer = { ok: true, value: { callId } };

const bed = () => {
  const orders: boolean[] = [];
  let state: Call['state'] = 'connected';
  let recording: Recording = { state: 'by_service', wanted: false };
  let backend: DeskSnapshot['backend'] = { state: 'connected' };
  let answer: PhoneAnswer = done;
  const recordings = createServiceRecording({
    // what is looked at of a call and of a card
    calls: () => [{ callId, callKey: 'key', state } as Call],
    desk: () => ({
      backend,
      cards: [{ callKey: 'key', recording } as DeskSnapshot['cards'][number]],
    }),
    command: (command: PhoneCommand) => {
      if (command.kind === 'tell_recording') orders.push(command.on);
      return Promise.resolve(answer);
    },
  });
  const follow = async (): Promise<readonly boolean[]> => {
    recordings.follow();
    await vi.advanceTimersByTimeAsync(0);
    return orders;
  };
  return {
    wanted: (wanted: boolean) => {
      recording = { state: 'by_service', wanted };
      return follow();
    },
    is: (next: Recording) => {
      recording = next;
      return follow();
    },
    callIs: (next: Call['state']) => {
      state = next;
      return follow();
    },
    backendIs: (next: DeskSnapshot['backend']) => {
      backend = next;
      return follow();
    },
    phoneAnswers: (next: PhoneAnswer) => {
      answer = next;
    },
    orders,
    stop: recordings.stop,
  };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the service is told once of each change, and of nothing before there is something to tell', async () => {
  const desk = bed();
  expect(await desk.wanted(false)).toEqual([]);
  expect(await desk.wanted(true)).toEqual([true]);
  expect(await desk.wanted(true)).toEqual([true]);
  expect(await desk.wanted(false)).toEqual([true, false]);
});

test('nobody is told of a call that is not answered, nor of one that a PBX of ours records', async () => {
  const desk = bed();
  await desk.callIs('offered');
  expect(await desk.wanted(true)).toEqual([]);
  expect(await desk.callIs('connected')).toEqual([true]);
  const other = bed();
  expect(await other.is({ state: 'recording', since: 1 })).toEqual([]);
});

test('a backend that cannot be heard has the service told to stop', async () => {
  const desk = bed();
  await desk.wanted(true);
  const away = { state: 'away', why: 'gone', since: 1 } as const;
  expect(await desk.backendIs(away)).toEqual([true, false]);
  expect(await desk.backendIs({ state: 'connected' })).toEqual([true, false, true]);
});

test('a word that was not taken is said again, until it is or nobody wants it any more', async () => {
  const desk = bed();
  await desk.wanted(true);
  desk.phoneAnswers({ ok: false, why: 'phone_failed' });
  await desk.wanted(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(desk.orders).toEqual([true, false, false]);
  desk.phoneAnswers(done);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.orders).toEqual([true, false, false, false]);
  desk.stop();
});
