import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import { jabra } from '../../../../tests/support/headset/models.ts';
import { headsetMapOf } from '../../../shared/domain/headset/headset-map.ts';
import { quirksOf } from '../../../shared/domain/headset/quirks.ts';
import { noWish, type HeadsetWish } from '../../../shared/domain/headset/wish.ts';
import { driveHeadset } from './driven-headset.ts';
import { createHeadsetLog } from './headset-log.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const talking: HeadsetWish = { ...noWish, offHook: true };
const quiet = () => undefined;
const log = { error: quiet, warn: quiet, info: quiet, debug: quiet };

/** What a browser hands out, as far as it is used: opens, takes reports, or does not. */
const fakeDevice = () => {
  const sent: number[] = [];
  const state = { opens: true, takes: true, opened: false, openings: 0, closings: 0 };
  const device = {
    vendorId: jabra.vendorId,
    productId: jabra.productId,
    productName: jabra.product,
    get opened() {
      return state.opened;
    },
    open: () => {
      state.openings += 1;
      if (!state.opens) return Promise.reject(new Error('NotAllowedError'));
      state.opened = true;
      return Promise.resolve();
    },
    close: () => {
      state.closings += 1;
      state.opened = false;
      return Promise.resolve();
    },
    sendReport: (_id: number, bytes: Uint8Array) => {
      if (!state.takes) return new Promise<void>(quiet);
      sent.push(bytes[0] ?? -1);
      return Promise.resolve();
    },
    addEventListener: quiet,
    removeEventListener: quiet,
  };
  // The part of a HIDDevice that is used.
  return { device: device as unknown as HIDDevice, state, sent };
};

const drive = (wish: HeadsetWish = noWish) => {
  const fake = fakeDevice();
  const quirks = quirksOf(jabra.vendorId);
  const map = headsetMapOf(collectionsOf(jabra.descriptor), quirks);
  if (map === null) throw new Error('no headset');
  const driven = driveHeadset(
    fake.device,
    1,
    { map, quirks },
    {
      wish: () => wish,
      act: () => null,
      onChange: quiet,
      onLit: quiet,
      book: createHeadsetLog(quiet, () => 0),
      log,
    },
  );
  return { ...fake, driven };
};

const offHookAndMicrophone = 0b1_0010;

test('one that takes nothing is dropped in a second and opened anew, and shows the call then', async () => {
  const { driven, state, sent } = drive(talking);
  driven.open(false);
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toEqual([offHookAndMicrophone]);
  state.takes = false;
  driven.follow({ ...talking, muted: true });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(driven.problem()).toBe('not_answering');
  state.takes = true;
  await vi.advanceTimersByTimeAsync(1_100);
  expect(sent.at(-1)).toBe(offHookAndMicrophone);
  expect(driven.problem()).toBeNull();
  expect(state).toMatchObject({ openings: 2, closings: 1 });
});

test('one that never answers again is left in peace after some tries, until a call', async () => {
  const { driven, state } = drive();
  state.takes = false;
  driven.open(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(driven.problem()).toBe('not_answering');
  const { openings } = state;
  expect(openings).toBe(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.openings).toBe(openings);
  driven.follow(talking);
  await vi.advanceTimersByTimeAsync(10);
  expect(state.openings).toBe(openings + 1);
});

test('one that the system does not let us have says so', async () => {
  const { driven, state } = drive();
  state.opens = false;
  driven.open(true);
  await vi.advanceTimersByTimeAsync(10);
  expect(driven.problem()).toBe('no_access');
});

test('one that could not be opened just now is tried again, and what it shows of us is put out', async () => {
  const { driven, state, sent } = drive();
  state.opens = false;
  driven.open(true);
  await vi.advanceTimersByTimeAsync(10);
  state.opens = true;
  await vi.advanceTimersByTimeAsync(1_100);
  expect(sent).toEqual([0]);
  expect(driven.problem()).toBeNull();
  expect(state.openings).toBe(2);
});

test('one that is left to others is dark, and closed', async () => {
  const { driven, state, sent } = drive(talking);
  driven.open(false);
  await vi.advanceTimersByTimeAsync(10);
  driven.release();
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toEqual([offHookAndMicrophone, 0]);
  expect(state.opened).toBe(false);
});
