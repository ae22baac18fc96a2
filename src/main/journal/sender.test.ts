import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventReceipt, JournalEvent } from '../../shared/api/events.ts';
import type { OutboxEvent } from '../../shared/api/outbox.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import { createSender, type Sender, type SendFailure } from './sender.ts';

const event = (seq: number): JournalEvent => ({
  id: `e${seq}`,
  journalId: 'j',
  seq,
  agentId: 'a',
  writtenAt: 0,
  offsetMs: 0,
  body: {
    topic: 'consent',
    fact: { kind: 'asked', id: `e${seq}`, callId: 'c', callKey: 'k', at: 0 },
  },
});

type Answer = Result<EventReceipt, SendFailure>;

const bed = (answer: (events: readonly OutboxEvent[]) => Answer, agent: string | null = 'a') => {
  const waiting = [] as JournalEvent[];
  const refused: string[] = [];
  const batches: number[][] = [];
  const state = { agent };
  const sender: Sender = createSender({
    journal: {
      waitingOf: (_agentId, limit) => waiting.slice(0, limit),
      settle: (receipt) => {
        refused.push(...receipt.refused.map(({ id }) => id));
        const gone = new Set([...receipt.stored, ...receipt.refused.map(({ id }) => id)]);
        waiting.splice(0, waiting.length, ...waiting.filter(({ id }) => !gone.has(id)));
      },
    },
    agentId: () => state.agent,
    send: (events) => {
      batches.push(events.map(({ seq }) => seq));
      return Promise.resolve(answer(events));
    },
    onSettled: () => undefined,
    now: () => 0,
    random: () => 1,
  });
  return { sender, waiting, refused, batches, state };
};

const stored = (events: readonly OutboxEvent[]): Answer =>
  success({ stored: events.map(({ id }) => id), refused: [] });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is appended is sent at once and leaves only with its receipt', async () => {
  const { sender, waiting, batches } = bed(stored);
  waiting.push(event(1), event(2));
  sender.kick();
  await vi.advanceTimersByTimeAsync(0);
  expect(batches).toEqual([[1, 2]]);
  expect(waiting).toEqual([]);
});

test('while the backend is away the pauses grow, and nothing is lost', async () => {
  let there = false;
  const { sender, waiting, batches } = bed((events) =>
    there ? stored(events) : failure({ kind: 'away', why: 'gone' }),
  );
  waiting.push(event(1));
  sender.kick();
  await vi.advanceTimersByTimeAsync(7_500);
  // At 0, 1, 3 and 7 seconds.
  expect(batches.length).toBe(4);
  there = true;
  sender.kick();
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting).toEqual([]);
});

test('a batch holds 500 events at most', async () => {
  const { sender, waiting, batches } = bed(stored);
  waiting.push(...Array.from({ length: 1_201 }, (_, index) => event(index)));
  sender.kick();
  await vi.advanceTimersByTimeAsync(0);
  expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201]);
});

test('one event that nobody takes is buried and does not hold up the others', async () => {
  const { sender, waiting, refused } = bed((events) =>
    events.some(({ seq }) => seq === 5)
      ? failure({ kind: 'batch_refused', why: 'invalid' })
      : stored(events),
  );
  waiting.push(...Array.from({ length: 20 }, (_, index) => event(index)));
  sender.kick();
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting).toEqual([]);
  expect(refused).toEqual(['e5']);
});

test('with nobody signed in nothing is sent', async () => {
  const { sender, waiting, batches, state } = bed(stored, null);
  waiting.push(event(1));
  sender.kick();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(batches).toEqual([]);
  state.agent = 'a';
  sender.kick();
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting).toEqual([]);
});

test('draining resolves when nothing waits, or when the time is over', async () => {
  const good = bed(stored);
  good.waiting.push(event(1));
  await good.sender.drained(1_000);
  expect(good.waiting).toEqual([]);
  const bad = bed(() => failure({ kind: 'away', why: 'gone' }));
  bad.waiting.push(event(1));
  const drained = vi.fn();
  void bad.sender.drained(1_000).then(drained);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(drained).toHaveBeenCalledOnce();
});
