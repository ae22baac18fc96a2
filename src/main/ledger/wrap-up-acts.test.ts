import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callTransition, offeredCall, type Call } from '../../shared/domain/call/call.ts';
import type { WrapUpFact } from '../../shared/domain/wrap-up/wrap-up-record.ts';
import { usualRules, type WrapUpRules } from '../../shared/domain/wrap-up/wrap-up-rules.ts';
import { createBodyCipher } from '../journal/body-cipher.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import { newId } from '../new-id.ts';
import { createCallLedger, type CallLedger } from './call-ledger.ts';
import { createWrapUpTimer } from './wrap-up-timer.ts';

const agentId = '0193aaaa-0000-7000-8000-00000000000a';
const path = (): string => join(mkdtempSync(join(tmpdir(), 'ringside-wrap-up-')), 'j.sqlite');
const openAt = (file: string): Journal =>
  openJournal(file, createBodyCipher(new Uint8Array(32)), 1);

/** An installation: ledger and timer over a journal, on a clock that goes by itself. */
const startOn = (journal: Journal, part: Partial<WrapUpRules>) => {
  const rules = { ...usualRules, ...part };
  const codes = [
    { code: 'solved', queue: null },
    { code: 'fault', queue: 'support' },
  ];
  const ledger: CallLedger = createCallLedger({
    journal,
    now: Date.now,
    wallNow: Date.now,
    newId,
    terms: (queue) => ({ queue, rules, codes }),
    onChange: () => {
      timer.arm();
    },
  });
  const timer = createWrapUpTimer({
    now: Date.now,
    nextEndAt: ledger.nextEndAt,
    expire: ledger.expire,
  });
  ledger.useAgent(agentId);
  timer.arm();
  return ledger;
};

const ended = (): Call => {
  const stamp = () => ({ id: newId(Date.now()), at: Date.now() });
  let call = offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'key',
    queue: 'support',
    remote: { number: '+15550100', name: 'Ada' },
    stamp: stamp(),
  });
  const end = { side: 'remote', outcome: 'completed', sipCode: null, cause: 16 } as const;
  for (const event of [
    { kind: 'answered', stamp: stamp() } as const,
    { kind: 'ended', end, stamp: stamp() } as const,
  ]) {
    const next = callTransition(call, event);
    if (!next.ok) throw new Error(next.why);
    call = next.value;
  }
  return call;
};

const wordsOf = (codes: readonly string[], notes = '', fields = {}) => ({ codes, notes, fields });
const facts = (journal: Journal) => journal.waitingOf(agentId, 500).map(({ body }) => body.fact);
const lastFact = (journal: Journal) => facts(journal).at(-1);

const timed = { mode: 'timed', seconds: 30, defaultCode: 'solved' } as const;
const endAt = 1_030_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a wrap-up whose time is over ends by itself to the millisecond, and keeps what was typed', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, timed);
  const call = ended();
  ledger.take([call]);
  ledger.draft(call.callId, wordsOf([], 'half a sen', { order: 'A1' }));
  vi.advanceTimersByTime(29_999);
  expect(ledger.wrapUps()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(ledger.wrapUps()).toEqual([]);
  expect(lastFact(journal)).toMatchObject({
    kind: 'wrap_up_completed',
    at: endAt,
    code: 'solved',
    notes: 'half a sen',
    fields: { order: 'A1' },
    by: 'timer',
  });
});

test('a time that ran out while the program was away ended then, not when it came back', () => {
  const file = path();
  const ledger = startOn(openAt(file), timed);
  const call = ended();
  ledger.take([call]);
  ledger.draft(call.callId, wordsOf(['fault'], 'typed'));
  vi.clearAllTimers(); // kill -9
  vi.setSystemTime(1_600_000);
  const journal = openAt(file);
  const restored = startOn(journal, timed);
  vi.advanceTimersByTime(0);
  expect(restored.wrapUps()).toEqual([]);
  expect(lastFact(journal)).toMatchObject({
    at: endAt,
    code: 'fault',
    notes: 'typed',
    by: 'timer',
  });
});

test('nothing waits while nothing is owed, or what is owed has no end', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, usualRules);
  const idle = vi.getTimerCount();
  ledger.take([ended()]);
  expect(vi.getTimerCount()).toBe(idle);
  vi.advanceTimersByTime(86_400_000);
  expect(ledger.wrapUps()).toHaveLength(1);
});

test('where nobody gets out early the agent’s word waits for the end, and can still be changed', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, { ...timed, mode: 'timed_no_early_exit' });
  const call = ended();
  ledger.take([call]);
  expect(ledger.complete(call.callId, wordsOf(['fault'], 'done')).ok).toBe(true);
  expect(ledger.wrapUps()).toMatchObject([{ done: true, code: 'fault' }]);
  ledger.draft(call.callId, wordsOf(['fault'], 'done, and more'));
  vi.advanceTimersByTime(30_000);
  const fact = lastFact(journal);
  expect(fact).toMatchObject({ at: endAt, code: 'fault', notes: 'done, and more' });
  expect(fact).not.toHaveProperty('by');
});

test('more time is taken as often as the queue allows, and is there after a crash', () => {
  const file = path();
  const rules = {
    ...timed,
    mode: 'agent_extendable',
    extendSeconds: 20,
    maximumExtensions: 1,
  } as const;
  const ledger = startOn(openAt(file), rules);
  const call = ended();
  ledger.take([call]);
  expect(ledger.extend(call.callId).ok).toBe(true);
  expect(ledger.extend(call.callId)).toMatchObject({ why: { code: 'conflict' } });
  vi.clearAllTimers();
  const journal = openAt(file);
  const restored = startOn(journal, rules);
  vi.advanceTimersByTime(49_999);
  expect(restored.wrapUps()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(lastFact(journal)).toMatchObject({ at: 1_050_000, by: 'timer' });
});

test('what the queue does not allow is refused by name, and the draft stays', () => {
  const field = { key: 'order', kind: 'text', required: true, maxLength: 5, choices: [] } as const;
  const ledger = startOn(openAt(path()), { fields: [field] });
  const call = ended();
  ledger.take([call]);
  expect(ledger.complete(call.callId, wordsOf(['nonsense']))).toEqual({
    ok: false,
    why: { code: 'invalid', detail: 'there is no code "nonsense"; the field "order" is missing' },
  });
  expect(ledger.wrapUps()).toHaveLength(1);
  // A field of earlier rules stands in nobody's way.
  const fields = { order: 'A1', colour: 'red' };
  expect(ledger.complete(call.callId, wordsOf(['solved'], '', fields)).ok).toBe(true);
  expect(ledger.finished()).toMatchObject({ fields: { order: 'A1' }, notes: 'colour: red' });
});

test('the last letters, typed as the time ran out, are added to what was completed', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, timed);
  const call = ended();
  ledger.take([call]);
  vi.advanceTimersByTime(30_000);
  expect(ledger.draft(call.callId, wordsOf(['fault'], 'the last word')).ok).toBe(true);
  expect(ledger.draft(call.callId, wordsOf(['fault'], 'the last word')).ok).toBe(true);
  expect(facts(journal).slice(-2)).toMatchObject([
    { kind: 'wrap_up_completed', by: 'timer', code: 'solved' },
    { kind: 'wrap_up_corrected', code: 'fault', notes: 'the last word' },
  ]);
});

test('a correction is on the disk when it is answered, and comes after what it puts right', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, usualRules);
  const leg = { callId: crypto.randomUUID(), callKey: 'old', queue: 'support', after: 2_000_000 };
  expect(ledger.correct(leg, wordsOf(['fault'], 'better'))).toMatchObject({ ok: true });
  expect(lastFact(journal)).toMatchObject({ kind: 'wrap_up_corrected', at: 2_000_001 });
  expect(ledger.correct(leg, wordsOf([]))).toMatchObject({ why: { code: 'invalid' } });
});

test('a wrap-up that a supervisor completed is let go of, and what was typed here alone is added', () => {
  const journal = openAt(path());
  const ledger = startOn(journal, usualRules);
  const close = (call: Call, notes: string): void => {
    const fact: WrapUpFact = {
      kind: 'wrap_up_completed',
      id: newId(Date.now()),
      callId: call.callId,
      callKey: call.callKey,
      at: Date.now(),
      code: 'solved',
      notes,
      by: 'supervisor',
      byUser: agentId,
    };
    ledger.close(call.callId, fact);
  };
  const [known, typed] = [ended(), ended()];
  ledger.take([known, typed]);
  ledger.draft(known.callId, wordsOf(['fault'], 'as told'));
  ledger.draft(typed.callId, wordsOf(['fault'], 'not yet copied'));
  close(known, 'as told\nfinished for her');
  close(typed, 'finished for her');
  expect(ledger.wrapUps()).toEqual([]);
  // The field still sends what it held as the draft went.
  ledger.draft(typed.callId, wordsOf(['fault'], 'not yet copied'));
  expect(facts(journal).filter(({ kind }) => kind.startsWith('wrap_up'))).toMatchObject([
    { callId: typed.callId, code: 'solved', notes: 'finished for her\nnot yet copied' },
  ]);
});

test('of two machines the one that typed last has the word', () => {
  const ledger = startOn(openAt(path()), usualRules);
  const call = ended();
  ledger.take([call]);
  ledger.draft(call.callId, wordsOf(['fault'], 'here'));
  const [mine] = ledger.wrapUps();
  if (mine === undefined) throw new Error('nothing owed');
  ledger.adopt({ ...mine, notes: 'older', revision: Date.now() - 1 });
  expect(ledger.wrapUps()[0]?.notes).toBe('here');
  ledger.adopt({ ...mine, notes: 'newer', facts: [], revision: Date.now() + 1 });
  expect(ledger.wrapUps()).toMatchObject([{ notes: 'newer', facts: mine.facts }]);
});

test('nothing but its completion takes a wrap-up away: not another agent, not a sign-out', () => {
  const ledger = startOn(openAt(path()), usualRules);
  const call = ended();
  ledger.take([call]);
  ledger.draft(call.callId, wordsOf(['fault'], 'kept'));
  ledger.useAgent(null);
  ledger.useAgent('0193aaaa-0000-7000-8000-00000000000b');
  expect(ledger.wrapUps()).toEqual([]);
  ledger.take([]);
  ledger.useAgent(agentId);
  expect(ledger.wrapUps()).toMatchObject([{ code: 'fault', notes: 'kept' }]);
});
