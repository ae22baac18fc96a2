import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rescueDeed, rescueTimes } from './rescue.ts';
import type { Absence } from './rescue.ts';

const silent: Absence = {
  silentMs: 10_000,
  isHeld: false,
  line: 'open',
  lineGoneMs: 0,
  hasPhone: true,
};

test.each<[string, Partial<Absence>, string]>([
  ['an outage of 10 s', { line: 'lost', lineGoneMs: 3_000 }, 'wait'],
  ['an outage of 33 s', { silentMs: 33_000, line: 'lost', hasPhone: false }, 'not_heard'],
  ['33 s without sound from a desk that is there', { silentMs: 33_000 }, 'not_heard'],
  ['a program that died', { line: 'closed', lineGoneMs: 9_000, hasPhone: false }, 'desk_gone'],
  ['one that died 5 s ago', { line: 'closed', lineGoneMs: 5_000, hasPhone: false }, 'wait'],
  ['one whose phone answers', { line: 'closed', lineGoneMs: 9_000 }, 'wait'],
  ['hold, at a desk that is there', { silentMs: 40_000, isHeld: true }, 'wait'],
  [
    'hold, at a desk without power',
    { silentMs: 33_000, isHeld: true, line: 'lost', hasPhone: false },
    'not_heard',
  ],
])('%s', (_name, differs, deed) => {
  const told = rescueDeed({ ...silent, ...differs });
  expect(told.kind === 'wait' ? 'wait' : told.why).toBe(deed);
});

const absences = fc.record({
  silentMs: fc.integer({ min: 0, max: 120_000 }),
  isHeld: fc.boolean(),
  line: fc.constantFrom('open', 'closed', 'lost'),
  lineGoneMs: fc.integer({ min: 0, max: 120_000 }),
  hasPhone: fc.boolean(),
});

test('nobody is taken from an agent within 8 s, nor within 33 s while anything is there', () => {
  fc.assert(
    fc.property(absences, (absence) => {
      if (rescueDeed(absence).kind === 'wait') return;
      expect(absence.silentMs).toBeGreaterThanOrEqual(rescueTimes.deadAfterMs);
      if (absence.hasPhone || absence.line !== 'closed')
        expect(absence.silentMs).toBeGreaterThanOrEqual(rescueTimes.givenUpAfterMs);
    }),
  );
});

test('who is not on hold waits 33 s at most, looked at again in time for it', () => {
  fc.assert(
    fc.property(absences, (absence) => {
      const deed = rescueDeed(absence);
      if (deed.kind === 'rescue') return;
      expect(deed.forMs).toBeGreaterThan(0);
      expect(deed.forMs).toBeLessThanOrEqual(rescueTimes.deadAfterMs);
      if (!absence.isHeld) expect(absence.silentMs).toBeLessThan(rescueTimes.givenUpAfterMs);
    }),
  );
});
