import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Value } from 'typebox/value';
import type { EventReceipt } from '../../shared/api/events.ts';
import { outboxFactSchema, type OutboxEvent, type OutboxFact } from '../../shared/api/outbox.ts';
import { keptWritingSchema, type KeptWriting } from '../../shared/ipc/deeds.ts';
import { wrapUpDraftSchema, type JournalProblem, type WrapUpDraft } from '../../shared/ipc/desk.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import type { BodyCipher } from './body-cipher.ts';
import { openIdentity, readMeta, writeMeta } from './journal-identity.ts';
import { lockJournal, type JournalLock } from './journal-lock.ts';
import { journalProblemOf } from './journal-problem.ts';
import {
  openJournalDatabase,
  openMemoryDatabase,
  type OpenedDatabase,
} from './journal-database.ts';
import { writingIn, type WritingJournal } from './writing-journal.ts';

const log = createLogger('journal');

/** `draft` null: nothing is owed for that call any more. */
export type DraftChange = { readonly callId: string; readonly draft: WrapUpDraft | null };

export type JournalEntry = {
  readonly agentId: string;
  readonly facts: readonly OutboxFact[];
  readonly drafts: readonly DraftChange[];
  /** This machine's wall clock, epoch ms. */
  readonly writtenAt: number;
  /** Server's clock minus this machine's. */
  readonly offsetMs: number;
};

export type KeptDraft = { readonly agentId: string; readonly draft: WrapUpDraft };

export type RefusedEvent = {
  readonly id: string;
  readonly why: string;
  /** This machine's wall clock, epoch ms. */
  readonly refusedAt: number;
  /** null: it cannot be read here. */
  readonly body: OutboxFact | null;
};

/** The durable outbox: a fact is on the disk before its append is answered, and leaves only with a receipt. */
export type Journal = {
  readonly deviceId: string;
  /** Where an unreadable journal was moved to when this one was opened. */
  readonly movedTo: string | null;
  /** Facts and drafts together or not at all. */
  readonly append: (entry: JournalEntry) => Result<null, string>;
  readonly drafts: () => readonly KeptDraft[];
  readonly writing: WritingJournal;
  /** The oldest events of an agent that wait to be sent. */
  readonly waitingOf: (agentId: string, limit: number) => readonly OutboxEvent[];
  readonly settle: (receipt: EventReceipt, at: number) => void;
  /** Events of an agent that will never be taken, the latest first. */
  readonly refusedOf: (agentId: string, limit: number) => readonly RefusedEvent[];
  readonly counts: () => { readonly waiting: number; readonly refused: number };
  /** Why nothing is promised now; null when appends reach the disk. */
  readonly problem: () => JournalProblem | null;
  /** Tries to write now; `problem` tells what came of it. */
  readonly probe: () => void;
  /** The last instant (server's clock, epoch ms) at which a call was seen alive; kept for a start after a crash. */
  readonly noteAlive: (at: number) => void;
  readonly aliveAt: () => number | null;
  readonly close: () => void;
};

type OutboxRow = {
  readonly seq: number;
  readonly id: string;
  readonly agent_id: string;
  readonly written_at: number;
  readonly offset_ms: number;
  readonly body: Uint8Array;
};

type RefusedRow = {
  readonly id: string;
  readonly body: Uint8Array;
  readonly why: string;
  readonly refused_at: number;
};

const at = (): number => Date.now();

const inTransaction = (database: DatabaseSyncInstance, work: () => void): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (thrown) {
    // A failed COMMIT may have rolled back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
};

/** The first sealed row opens with this key, or there is none yet. */
const opensWith =
  (cipher: BodyCipher) =>
  (database: DatabaseSyncInstance): boolean => {
    const row = database
      .prepare(
        'SELECT body FROM (SELECT body FROM outbox UNION ALL SELECT body FROM drafts UNION ALL SELECT body FROM writing) LIMIT 1',
      )
      .get() as { body: Uint8Array } | undefined;
    if (row === undefined) return true;
    try {
      cipher.open(row.body);
      return true;
    } catch {
      return false;
    }
  };

/** Opens the journal at `path`; what cannot be read is kept aside, and what another process has is left to it. */
export const openJournal = (path: string, cipher: BodyCipher, at: number): Journal => {
  const lock = holdJournal(path);
  if (!lock.ok) return openMemoryJournal(lock.why, cipher);
  const opened = openJournalDatabase(path, at, opensWith(cipher));
  return journalIn(opened, cipher, opened.problem === null ? path : null, lock.value.release);
};

/** A journal that dies with the process, because of `problem`. */
export const openMemoryJournal = (problem: string, cipher: BodyCipher): Journal =>
  journalIn(openMemoryDatabase(problem), cipher, null, () => undefined);

const holdJournal = (path: string): Result<JournalLock, string> => {
  try {
    const lock = lockJournal(path);
    return lock === null ? failure('The journal is locked by another process') : success(lock);
  } catch (thrown) {
    return failure(reasonOf(thrown));
  }
};

const journalIn = (
  { database, movedTo, problem: openProblem }: OpenedDatabase,
  cipher: BodyCipher,
  path: string | null,
  release: () => void,
): Journal => {
  if (movedTo !== null) {
    log.error('The journal could not be read; it was kept aside', { path: movedTo });
  }
  if (openProblem !== null) log.error('The journal cannot be written', { why: openProblem });
  const identity = openIdentity(database, path);
  if (identity.isCopy) log.warn('The profile is a copy: it has begun a journal of its own');

  const insert = database.prepare(
    'INSERT INTO outbox (seq, id, agent_id, written_at, offset_ms, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const putDraft = database.prepare(
    'INSERT INTO drafts (call_id, agent_id, body) VALUES (?, ?, ?) ON CONFLICT (call_id) DO UPDATE SET body = excluded.body',
  );
  const dropDraft = database.prepare('DELETE FROM drafts WHERE call_id = ?');
  const allDrafts = database.prepare('SELECT agent_id, body FROM drafts ORDER BY call_id');
  const oldest = database.prepare('SELECT * FROM outbox WHERE agent_id = ? ORDER BY seq LIMIT ?');
  const dropEvent = database.prepare('DELETE FROM outbox WHERE id = ?');
  const bury = database.prepare(
    'INSERT INTO refused (seq, id, agent_id, body, why, refused_at) SELECT seq, id, agent_id, body, ?, ? FROM outbox WHERE id = ?',
  );
  const lately = database.prepare(
    'SELECT * FROM refused WHERE agent_id = ? ORDER BY refused_at DESC, seq DESC LIMIT ?',
  );
  const count = database.prepare(
    'SELECT (SELECT count(*) FROM outbox) AS waiting, (SELECT count(*) FROM refused) AS refused',
  );
  let writeProblem: string | null = null;

  const opened = <Value>(
    what: string,
    sealed: Uint8Array,
    check: (value: unknown) => value is Value,
  ): Value | null => {
    try {
      const value: unknown = JSON.parse(cipher.open(sealed));
      if (check(value)) return value;
      log.error(`A kept ${what} has an unknown shape`);
    } catch (thrown) {
      log.error(`A kept ${what} cannot be opened`, { why: reasonOf(thrown) });
    }
    return null;
  };

  const settle: Journal['settle'] = (receipt, settledAt) => {
    try {
      inTransaction(database, () => {
        for (const id of receipt.stored) dropEvent.run(id);
        for (const { id, why } of receipt.refused) {
          bury.run(why, settledAt, id);
          dropEvent.run(id);
        }
      });
    } catch (thrown) {
      // Sent again later; the backend stores each event once.
      writeProblem = reasonOf(thrown);
      log.error('A receipt could not be noted', { why: writeProblem });
    }
  };

  return {
    deviceId: identity.deviceId,
    movedTo,
    append: ({ agentId, facts, drafts, writtenAt, offsetMs }) => {
      try {
        inTransaction(database, () => {
          let seq = Number(readMeta(database, 'lastSeq') ?? 0);
          for (const body of facts) {
            seq += 1;
            insert.run(
              seq,
              body.fact.id,
              agentId,
              writtenAt,
              Math.round(offsetMs),
              cipher.seal(JSON.stringify(body)),
            );
          }
          if (facts.length > 0) writeMeta(database, 'lastSeq', String(seq));
          for (const { callId, draft } of drafts) {
            if (draft === null) dropDraft.run(callId);
            else putDraft.run(callId, agentId, cipher.seal(JSON.stringify(draft)));
          }
        });
        writeProblem = null;
        return success(null);
      } catch (thrown) {
        writeProblem = reasonOf(thrown);
        log.error('An append failed', { why: writeProblem, facts: facts.length });
        return failure(writeProblem);
      }
    },
    drafts: () =>
      (allDrafts.all() as readonly { agent_id: string; body: Uint8Array }[]).flatMap((row) => {
        const draft = opened('draft', row.body, isDraft);
        return draft === null ? [] : [{ agentId: row.agent_id, draft }];
      }),
    writing: writingIn(database, {
      seal: (text) => cipher.seal(text),
      opened: (sealed) => opened('text for another system', sealed, isWriting),
      wrote: (problem) => {
        writeProblem = problem;
      },
    }),
    waitingOf: (agentId, limit) => {
      const rows = (oldest.all(agentId, limit) as readonly OutboxRow[]).map((row) => ({
        row,
        body: opened('event', row.body, isFact),
      }));
      const unreadable = rows.filter(({ body }) => body === null).map(({ row }) => row.id);
      // Nobody will ever take it, and it must not stand in the way of the others.
      if (unreadable.length > 0) {
        settle({ stored: [], refused: unreadable.map((id) => ({ id, why: 'unreadable' })) }, at());
      }
      return rows.flatMap(({ row, body }) =>
        body === null
          ? []
          : [
              {
                id: row.id,
                journalId: identity.journalIdOf(row.seq),
                seq: row.seq,
                agentId: row.agent_id,
                writtenAt: row.written_at,
                offsetMs: row.offset_ms,
                body,
              },
            ],
      );
    },
    refusedOf: (agentId, limit) =>
      (lately.all(agentId, limit) as readonly RefusedRow[]).map((row) => ({
        id: row.id,
        why: row.why,
        refusedAt: row.refused_at,
        body: opened('refused event', row.body, isFact),
      })),
    settle,
    probe: () => {
      try {
        inTransaction(database, () => writeMeta(database, 'probe', String(at())));
        writeProblem = null;
      } catch (thrown) {
        writeProblem = reasonOf(thrown);
      }
    },
    counts: () => count.get() as { waiting: number; refused: number },
    problem: () => {
      const why = openProblem ?? writeProblem;
      return why === null ? null : journalProblemOf(why);
    },
    noteAlive: (aliveAt) => {
      try {
        writeMeta(database, 'aliveAt', String(aliveAt));
      } catch (thrown) {
        log.warn('The sign of life could not be noted', { why: reasonOf(thrown) });
      }
    },
    aliveAt: () => {
      const kept = readMeta(database, 'aliveAt');
      return kept === null ? null : Number(kept);
    },
    close: () => {
      database.close();
      release();
    },
  };
};

const isDraft = (value: unknown): value is WrapUpDraft => Value.Check(wrapUpDraftSchema, value);
const isWriting = (value: unknown): value is KeptWriting => Value.Check(keptWritingSchema, value);
const isFact = (value: unknown): value is OutboxFact => Value.Check(outboxFactSchema, value);
