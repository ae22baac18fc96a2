import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  callTransition,
  offeredCall,
  type Call,
  type CallEvent,
} from '../../shared/domain/call/call.ts';
import { handleTimeOf, segmentsOf } from '../../shared/domain/handle-time/segments.ts';
import { usualRules } from '../../shared/domain/wrap-up/wrap-up-rules.ts';
import { createBodyCipher } from '../journal/body-cipher.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import { newId } from '../new-id.ts';
import { createCallLedger, type CallLedger } from './call-ledger.ts';

const agentId = '0193aaaa-0000-7000-8000-00000000000a';
const clock = { at: 1_000 };
const terms = (queue: string | null) => ({
  queue,
  rules: usualRules,
  codes: [{ code: 'solved', queue: null }],
});
const openAt = (path: string): Journal =>
  openJournal(path, createBodyCipher(new Uint8Array(32)), 1);
const file = (): string => join(mkdtempSync(join(tmpdir(), 'ringside-ledger-')), 'j.sqlite');

const ledgerOn = (journal: Journal): CallLedger => {
  const ledger = createCallLedger({
    journal,
    now: () => clock.at,
    wallNow: () => clock.at,
    newId,
    terms,
    onChange: () => undefined,
  });
  ledger.useAgent(agentId);
  return ledger;
};
const words = (code: string | null, notes = '') => ({
  codes: code === null ? [] : [code],
  fields: {},
  notes,
});

const stamp = () => ({ id: newId(clock.at), at: clock.at });
const step = (call: Call, at: number, event: (stamp: { id: string; at: number }) => CallEvent) => {
  clock.at = at;
  const next = callTransition(call, event(stamp()));
  if (!next.ok) throw new Error(next.why);
  return next.value;
};
const offered = (): Call => {
  clock.at = 1_000;
  return offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'key',
    queue: 'support',
    remote: { number: '+15550100', name: 'Ada' },
    stamp: stamp(),
  });
};
const answered = (call: Call) => step(call, 3_000, (at) => ({ kind: 'answered', stamp: at }));
const ended = (call: Call) =>
  step(call, 9_000, (at) => ({
    kind: 'ended',
    end: { side: 'remote', outcome: 'completed', sipCode: null, cause: 16 },
    stamp: at,
  }));
const kinds = (journal: Journal) =>
  journal.waitingOf(agentId, 500).map(({ body }) => body.fact.kind);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('each fact of a call is written once, however often the phone tells it', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  const ringing = offered();
  ledger.take([ringing]);
  ledger.take([ringing]);
  const spoken = answered(ringing);
  ledger.take([spoken]);
  ledger.take([ended(spoken)]);
  expect(kinds(journal)).toEqual(['offered', 'answered', 'ended']);
});

test('the end of an answered call opens its wrap-up, and its completion closes the ledger to the millisecond', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  const over = ended(answered(offered()));
  ledger.take([over]);
  expect(ledger.wrapUps()).toMatchObject([{ callId: over.callId, ended: true, code: null }]);
  clock.at = 12_345;
  expect(ledger.complete(over.callId, words('solved', 'notes')).ok).toBe(true);
  expect(ledger.wrapUps()).toEqual([]);
  const facts = ledger.finished()?.facts ?? [];
  expect(handleTimeOf(segmentsOf(facts), 0)).toMatchObject({
    ringMs: 2_000,
    talkMs: 6_000,
    wrapUpMs: 3_345,
    handleMs: 9_345,
  });
  expect(kinds(journal)).toEqual(['offered', 'answered', 'ended', 'wrap_up_completed']);
  // All of it has left, and the phone still shows the call for a while.
  journal.settle({ stored: journal.waitingOf(agentId, 500).map(({ id }) => id), refused: [] }, 1);
  ledger.take([over]);
  expect(kinds(journal)).toEqual([]);
  expect(ledger.complete(over.callId, words('solved'))).toMatchObject({
    why: { code: 'no_such_call' },
  });
});

test('a call that nobody answered owes no wrap-up', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  ledger.take([ended(offered())]);
  expect(ledger.wrapUps()).toEqual([]);
  expect(journal.drafts()).toEqual([]);
});

test('a wrap-up is never complete before the call has ended, nor stamped before its end', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  const spoken = answered(offered());
  ledger.take([spoken]);
  expect(ledger.complete(spoken.callId, words('solved'))).toMatchObject({
    why: { code: 'conflict' },
  });
  ledger.take([ended(spoken)]);
  clock.at = 8_000; // The server's clock was put right meanwhile.
  ledger.complete(spoken.callId, words('solved'));
  expect(journal.waitingOf(agentId, 500).at(-1)?.body.fact.at).toBe(9_000);
});

test('what was typed during the call is there after kill -9, for the same agent only', () => {
  const path = file();
  const journal = openAt(path);
  const ledger = ledgerOn(journal);
  const spoken = answered(offered());
  ledger.take([spoken]);
  ledger.draft(spoken.callId, words('solved', 'half a sen'));
  clock.at = 7_000;
  vi.advanceTimersByTime(5_000);
  // No good-bye: the process is gone. The next one opens the same file.
  clock.at = 3_600_000;
  const next = openAt(path);
  const restored = ledgerOn(next);
  const [draft] = restored.wrapUps();
  expect(draft).toMatchObject({ code: 'solved', notes: 'half a sen', ended: true });
  // The call ended when it was last seen alive, not when the program came back.
  expect(draft?.facts.at(-1)).toMatchObject({ kind: 'ended', at: 7_000, outcome: 'phone_failed' });
  expect(kinds(next)).toEqual(['offered', 'answered', 'ended']);
  restored.useAgent('0193aaaa-0000-7000-8000-00000000000b');
  expect(restored.wrapUps()).toEqual([]);
});

test('facts that the disk did not take are tried again until it does', () => {
  const path = file();
  const journal = openAt(path);
  const ledger = ledgerOn(journal);
  const disk = new DatabaseSync(path);
  disk.exec(
    `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
  );
  ledger.take([ended(offered())]);
  ledger.take([]); // The phone has forgotten the call.
  disk.exec('DROP TRIGGER full');
  vi.advanceTimersByTime(2_000);
  expect(kinds(journal)).toEqual(['offered', 'ended']);
});

test('consent is written for a live call or an open wrap-up, and for no other', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  const spoken = answered(offered());
  ledger.take([spoken]);
  expect(ledger.consent(spoken.callId, { kind: 'granted' }).ok).toBe(true);
  expect(journal.waitingOf(agentId, 500).at(-1)?.body).toMatchObject({
    topic: 'consent',
    fact: { kind: 'granted', callKey: 'key' },
  });
  expect(ledger.consent(crypto.randomUUID(), { kind: 'granted' })).toMatchObject({
    why: { code: 'no_such_call' },
  });
});

test('a word on consent is kept with how, under which rule, in which words and how far into the call', () => {
  const journal = openAt(file());
  const ledger = ledgerOn(journal);
  const spoken = answered(offered());
  ledger.take([spoken]);
  const answeredAt = spoken.facts.find(({ kind }) => kind === 'answered')?.at ?? 0;
  clock.at = answeredAt + 7_250;
  const word = { kind: 'refused', wordingVersion: 'es-3', language: 'es', standing: true } as const;
  ledger.consent(spoken.callId, word, '2026.2');
  const { fact } = journal.waitingOf(agentId, 500).at(-1)?.body ?? {};
  expect(fact).toMatchObject({
    ...word,
    how: 'voice',
    by: 'agent',
    ruleVersion: '2026.2',
    offsetMs: 7_250,
    at: clock.at,
  });
});

const moved = {
  kind: 'script_moved',
  script: 'sale',
  version: 1,
  move: 'started',
  step: 'hello',
} as const;

test('what is pressed in a script is on the disk at once, outlives the program, and is told once', () => {
  const path = file();
  const journal = openAt(path);
  const ledger = ledgerOn(journal);
  const spoken = answered(offered());
  ledger.take([spoken]);
  expect(ledger.guide(spoken.callId, moved).ok).toBe(true);
  expect(ledger.wrapUps()).toMatchObject([{ ended: false, guidance: [{ step: 'hello' }] }]);
  expect(kinds(journal)).toEqual(['offered', 'answered', 'script_moved']);
  ledger.stop();
  journal.close();
  // The program died in the call: the wrap-up that is owed knows the way through the script.
  const again = ledgerOn(openAt(path));
  expect(again.wrapUps()).toMatchObject([{ ended: true, guidance: [{ step: 'hello' }] }]);
});

test('nothing is pressed in a call of nobody, nor without end', () => {
  const ledger = ledgerOn(openAt(file()));
  expect(ledger.guide(crypto.randomUUID(), moved)).toMatchObject({ why: { code: 'no_such_call' } });
  const spoken = answered(offered());
  ledger.take([spoken]);
  for (let times = 0; times < 500; times += 1) {
    expect(ledger.guide(spoken.callId, moved).ok).toBe(true);
  }
  expect(ledger.guide(spoken.callId, moved)).toMatchObject({ why: { code: 'conflict' } });
});

test('notes that were typed on elsewhere take nothing of what was pressed here', () => {
  const ledger = ledgerOn(openAt(file()));
  const over = ended(answered(offered()));
  ledger.take([over]);
  ledger.guide(over.callId, moved);
  const [own] = ledger.wrapUps();
  if (own === undefined) throw new Error('nothing is owed');
  const { guidance: _guidance, ...elsewhere } = own;
  ledger.adopt({ ...elsewhere, notes: 'typed on', revision: 2_000_000 });
  expect(ledger.wrapUps()).toMatchObject([{ notes: 'typed on', guidance: [{ step: 'hello' }] }]);
});
