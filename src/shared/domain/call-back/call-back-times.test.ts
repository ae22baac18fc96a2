import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPermitted, nextPermitted, usualCallBackRules } from './call-back-hours.ts';
import { byPart, listParts } from './call-back-list.ts';
import { nextReminderAt, reminderKey, remindersAt, remindAheadMs } from './call-back-reminder.ts';

const zones = ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'America/Sao_Paulo', 'Europe/Madrid'];
const times = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });

test('a customer is called from eight until eight by their own clock', () => {
  const nineInMadrid = Date.UTC(2026, 6, 1, 7);
  expect(isPermitted(nineInMadrid, 'Europe/Madrid', usualCallBackRules)).toBe(true);
  expect(isPermitted(nineInMadrid, 'America/Sao_Paulo', usualCallBackRules)).toBe(false);
  expect(isPermitted(nineInMadrid, null, usualCallBackRules)).toBe(true);
  // Eight in São Paulo is eleven in UTC.
  expect(nextPermitted(nineInMadrid, 'America/Sao_Paulo', usualCallBackRules)).toBe(
    Date.UTC(2026, 6, 1, 11),
  );
  // The last minute before eight in the evening, and eight itself.
  const eight = Date.UTC(2026, 0, 1, 20);
  expect(isPermitted(eight - 1, 'UTC', usualCallBackRules)).toBe(true);
  expect(isPermitted(eight, 'UTC', usualCallBackRules)).toBe(false);
});

test('the next permitted moment is permitted, not before, and nothing between was', () => {
  fc.assert(
    fc.property(
      times,
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 22 }),
      fc.integer({ min: 1, max: 24 }),
      (at, zone, earliestHour, length) => {
        const hours = { earliestHour, latestHour: Math.min(24, earliestHour + length) };
        const next = nextPermitted(at, zone, hours);
        expect(next).toBeGreaterThanOrEqual(at);
        expect(isPermitted(next, zone, hours)).toBe(true);
        if (next > at) expect(isPermitted(next - 1, zone, hours)).toBe(false);
      },
    ),
  );
});

const items = fc.array(
  fc.record({ id: fc.uuid(), dueAt: fc.integer({ min: 0, max: 20 * remindAheadMs }) }),
  { maxLength: 12 },
);

test('every item stands in one part, and parts in their order', () => {
  fc.assert(
    fc.property(
      items,
      fc.nat(10 * remindAheadMs),
      fc.nat(10 * remindAheadMs),
      (all, now, ahead) => {
        const parts = byPart(all, now, now + 1 + ahead);
        expect(parts.flatMap(({ items: own }) => own).length).toBe(all.length);
        const order = parts.map(({ part }) => listParts.indexOf(part));
        expect([...order].sort((a, b) => a - b)).toEqual(order);
        for (const { items: own } of parts) expect(own.length).toBeGreaterThan(0);
      },
    ),
  );
});

test('waking at each next reminder tells everything once as soon and once as due', () => {
  fc.assert(
    fc.property(items, (all) => {
      const told = new Set<string>();
      let now = -remindAheadMs - 1;
      for (let turn = 0; turn < 100 && Number.isFinite(now); turn += 1) {
        for (const reminder of remindersAt(all, now)) told.add(reminderKey(reminder));
        now = nextReminderAt(all, now);
      }
      expect(now).toBe(Infinity);
      expect(told.size).toBe(
        new Set(all.map(({ id, dueAt }) => `${id} ${String(dueAt)}`)).size * 2,
      );
    }),
  );
});
