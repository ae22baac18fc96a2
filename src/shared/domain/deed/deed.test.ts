import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deedTransition,
  givesUpAfterMs,
  mostAttempts,
  newDeed,
  type Deed,
  type DeedEvent,
  type DeedState,
} from './deed.ts';

const waiting = newDeed(10);
const sending: Deed = { ...waiting, state: 'sending', attempt: 0 };
const done: Deed = { ...waiting, state: 'done', done: 0 };
const dead: Deed = { ...waiting, state: 'dead', attempts: 1, failingSince: 5 };
const cancelled: Deed = { ...waiting, state: 'cancelled' };
const deeds: Readonly<Record<DeedState, Deed>> = { waiting, sending, done, dead, cancelled };

const failed = (
  how: 'passing' | 'held' | 'lasting',
  more: { readonly mayBeDone?: boolean; readonly retryAfterMs?: number; readonly at?: number } = {},
): DeedEvent => {
  const { at = 20, mayBeDone = false, ...rest } = more;
  return { kind: 'failed', at, failure: { how, mayBeDone, ...rest }, random: 0.5 };
};

const events = {
  claim: { kind: 'claim', at: 20 },
  succeeded: { kind: 'succeeded', at: 20 },
  passing: failed('passing'),
  held: failed('held'),
  lasting: failed('lasting'),
  lost: { kind: 'lease_lost', at: 20 },
  news: { kind: 'news', dueAt: 30 },
  retry: { kind: 'retry', at: 20 },
  letGo: { kind: 'let_go' },
  erase: { kind: 'erase' },
} as const satisfies Record<string, DeedEvent>;

/** `-`: nothing changes. */
const table: Readonly<Record<DeedState, Readonly<Record<keyof typeof events, DeedState | '-'>>>> = {
  waiting: {
    ...{ claim: 'sending', succeeded: '-', passing: '-', held: '-', lasting: '-', lost: '-' },
    ...{ news: 'waiting', retry: '-', letGo: 'cancelled', erase: 'cancelled' },
  },
  sending: {
    ...{ claim: '-', succeeded: 'done', passing: 'waiting', held: 'waiting', lasting: 'dead' },
    ...{ lost: 'waiting', news: 'sending', retry: '-', letGo: '-', erase: 'cancelled' },
  },
  done: {
    ...{ claim: '-', succeeded: '-', passing: '-', held: '-', lasting: '-', lost: '-' },
    ...{ news: 'waiting', retry: '-', letGo: '-', erase: '-' },
  },
  dead: {
    ...{ claim: '-', succeeded: '-', passing: '-', held: '-', lasting: '-', lost: '-' },
    ...{ news: 'dead', retry: 'waiting', letGo: 'cancelled', erase: 'cancelled' },
  },
  cancelled: {
    ...{ claim: '-', succeeded: 'cancelled', passing: 'cancelled', held: 'cancelled' },
    ...{ lasting: 'cancelled', lost: '-', news: '-', retry: '-', letGo: '-', erase: 'cancelled' },
  },
};

test('what comes of each event in each state is as the table says', () => {
  for (const state of Object.keys(table) as DeedState[]) {
    for (const [name, event] of Object.entries(events) as [keyof typeof events, DeedEvent][]) {
      const next = deedTransition(deeds[state], event);
      const expected = table[state][name];
      const place = `${state} ${name}`;
      if (expected === '-') expect(next, place).toBe(deeds[state]);
      else expect(next.state, place).toBe(expected);
    }
  }
});

describe('a deed', () => {
  test('that is not due is nobody’s to send', () => {
    expect(deedTransition(waiting, { kind: 'claim', at: 9 })).toBe(waiting);
  });

  test('waits at least as long as it was told to, and longer from failure to failure', () => {
    const told = deedTransition(sending, failed('passing', { retryAfterMs: 60_000 }));
    expect(told.nextAt).toBe(60_020);
    const tenth = deedTransition({ ...sending, attempts: 9 }, failed('passing'));
    expect(tenth.nextAt).toBeGreaterThan(400_000);
  });

  test('burns no attempt while its connection has to be put right', () => {
    expect(deedTransition(sending, failed('held'))).toMatchObject({ attempts: 0, nextAt: 20 });
  });

  test('is given up after three days of failures, or very many of them', () => {
    const late = failed('passing', { at: givesUpAfterMs + 20 });
    expect(deedTransition({ ...sending, attempts: 5, failingSince: 20 }, late).state).toBe('dead');
    expect(deedTransition({ ...sending, attempts: 5, failingSince: 21 }, late).state).toBe(
      'waiting',
    );
    const last = { ...sending, attempts: mostAttempts - 1 };
    expect(deedTransition(last, failed('passing')).state).toBe('dead');
    const again = deedTransition({ ...dead, mayExist: true, attempt: 0 }, events.retry);
    expect(again).toMatchObject({ attempts: 0, failingSince: null, mayExist: true, attempt: 0 });
  });

  test('whose lost attempt somebody has looked for in vain is sent as if for the first time', () => {
    const inDoubt = { ...dead, mayExist: true, attempt: 0, wanted: 1 };
    const again = deedTransition(inDoubt, { kind: 'retry', at: 30, isNotThere: true });
    expect(again).toMatchObject({ state: 'waiting', mayExist: false, attempt: null, nextAt: 30 });
    expect(deedTransition(again, { kind: 'claim', at: 30 })).toMatchObject({ attempt: 1 });
  });

  test('with an answer lost sends the same again, and what is newer after that', () => {
    const lost = deedTransition(sending, failed('passing', { mayBeDone: true }));
    const newer = deedTransition(lost, { kind: 'news', dueAt: 30 });
    expect(newer).toMatchObject({ wanted: 1, attempt: 0, mayExist: true });
    const again = deedTransition(newer, { kind: 'claim', at: 1e6 });
    expect(again).toMatchObject({ attempt: 0, mayExist: true });
    const known = deedTransition(again, { kind: 'succeeded', at: 1e6 });
    expect(known).toMatchObject({ state: 'waiting', done: 0, attempt: null, mayExist: false });
    expect(deedTransition(known, { kind: 'claim', at: 1e6 }).attempt).toBe(1);
  });

  test('whose news come before anything was sent stays at its first revision', () => {
    expect(deedTransition(waiting, events.news)).toMatchObject({ wanted: 0, nextAt: 30 });
    const refused = deedTransition(sending, failed('lasting'));
    expect(deedTransition(refused, events.news).wanted).toBe(0);
  });
});

/** What a vendor has: each revision that was written, how often. */
type There = Map<number, number>;

const someEvent = fc.oneof(
  fc.record({ kind: fc.constant('claim' as const) }),
  fc.record({
    kind: fc.constant('answer' as const),
    // Whether it was written, and whether that is known.
    isWritten: fc.boolean(),
    isHeard: fc.boolean(),
    how: fc.constantFrom('passing' as const, 'held' as const, 'lasting' as const),
  }),
  fc.record({ kind: fc.constant('lost' as const), isWritten: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('news' as const, 'retry' as const, 'wait' as const) }),
);

/** A vendor that can be asked for the key, or for the mark of a revision, as the port wants it. */
const write = (there: There, deed: Deed): void => {
  const revision = deed.attempt ?? -1;
  const isFirst = deed.done === null;
  const isKnown = isFirst ? there.size > 0 : there.has(revision);
  if (!(deed.mayExist && isKnown)) there.set(revision, (there.get(revision) ?? 0) + 1);
};

test('whatever is lost, each revision stands there once at most, and the last one in the end', () => {
  fc.assert(
    fc.property(fc.array(someEvent, { maxLength: 60 }), (happenings) => {
      const there: There = new Map();
      let at = 100;
      let deed = newDeed(at);
      for (const event of happenings) {
        at += 1;
        if (event.kind === 'wait') at += 2_000_000;
        if (event.kind === 'claim') deed = deedTransition(deed, { kind: 'claim', at });
        if (event.kind === 'news') deed = deedTransition(deed, { kind: 'news', dueAt: at });
        if (event.kind === 'retry') deed = deedTransition(deed, { kind: 'retry', at });
        if (deed.state !== 'sending') continue;
        if (event.kind === 'lost') {
          if (event.isWritten) write(there, deed);
          deed = deedTransition(deed, { kind: 'lease_lost', at });
        }
        if (event.kind === 'answer') {
          if (event.isWritten) write(there, deed);
          const mayBeDone = event.isWritten;
          deed =
            event.isWritten && event.isHeard
              ? deedTransition(deed, { kind: 'succeeded', at })
              : deedTransition(deed, failed(event.how, { at, mayBeDone }));
        }
      }
      // And now everything goes well.
      for (let round = 0; round < 5; round += 1) {
        at += 10_000_000;
        deed = deedTransition(deed, { kind: 'retry', at });
        deed = deedTransition(deed, { kind: 'claim', at });
        if (deed.state === 'sending') {
          write(there, deed);
          deed = deedTransition(deed, { kind: 'succeeded', at });
        }
      }
      expect(deed).toMatchObject({ state: 'done', done: deed.wanted });
      expect(there.get(deed.wanted)).toBe(1);
      for (const times of there.values()) expect(times).toBe(1);
    }),
    { numRuns: 2_000 },
  );
});
