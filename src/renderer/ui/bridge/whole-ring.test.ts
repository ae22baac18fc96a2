import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { answered, ringing } from '../gallery/calls.ts';
import { deskFixture, phoneFixture } from '../gallery/desk-fixture.ts';
import { cardOf } from '../gallery/people.ts';
import { joinRings } from './whole-ring.ts';

const now = 1_800_000_000_000;
const call = ringing(now);
const card = cardOf(now, { callKey: call.callKey, match: { kind: 'unknown' } });
const quietDesk = deskFixture(now);
const quietPhone = phoneFixture(now);
const cardedDesk: DeskSnapshot = { ...quietDesk, revision: 2, cards: [card] };
const ringingPhone: PhoneSnapshot = { ...quietPhone, revision: 2, calls: [call] };

const page = (isHidden = false) => {
  const drawn: string[] = [];
  let shown: { desk: DeskSnapshot; phone: PhoneSnapshot } = { desk: quietDesk, phone: quietPhone };
  const ring = joinRings({
    desk: (desk) => {
      shown = { ...shown, desk };
      drawn.push('desk');
    },
    phone: (phone) => {
      shown = { ...shown, phone };
      drawn.push('phone');
    },
    shown: () => shown,
    isHidden: () => isHidden,
  });
  return { ring, drawn, shown: () => shown };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the half of a ring that comes first waits for the other, and both are drawn at once', () => {
  for (const order of [['desk', 'phone'] as const, ['phone', 'desk'] as const]) {
    const { ring, drawn } = page();
    for (const half of order) {
      expect(drawn).toEqual([]);
      if (half === 'desk') ring.desk(cardedDesk);
      else ring.phone(ringingPhone);
    }
    expect(drawn).toEqual(['desk', 'phone']);
  }
});

test('a half that stays alone is drawn all the same, and what follows it at once', () => {
  const { ring, drawn } = page();
  ring.phone(ringingPhone);
  vi.advanceTimersByTime(20);
  expect(drawn).toEqual(['phone']);
  ring.phone({ ...ringingPhone, revision: 3, calls: [answered(call, now + 900)] });
  expect(drawn).toEqual(['phone', 'phone']);
  ring.desk(cardedDesk);
  expect(drawn).toEqual(['phone', 'phone', 'desk']);
});

test('what comes while a half waits takes its place, and does not make it wait longer', () => {
  const { ring, drawn, shown } = page();
  ring.phone(ringingPhone);
  vi.advanceTimersByTime(10);
  ring.phone({ ...ringingPhone, revision: 3 });
  vi.advanceTimersByTime(10);
  expect(drawn).toEqual(['phone']);
  expect(shown().phone.revision).toBe(3);
});

test('what is not about a ring is drawn at once', () => {
  const { ring, drawn } = page();
  ring.desk({ ...quietDesk, revision: 2, backend: { state: 'connecting' } });
  ring.phone({ ...quietPhone, revision: 2 });
  expect(drawn).toEqual(['desk', 'phone']);
});

test('a hidden window waits for nothing: its timers may sleep', () => {
  const { ring, drawn } = page(true);
  ring.phone(ringingPhone);
  expect(drawn).toEqual(['phone']);
});
