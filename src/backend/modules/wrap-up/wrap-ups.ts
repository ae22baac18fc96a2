import { randomUUID } from 'node:crypto';
import type { JournalEvent } from '../../../shared/api/events.ts';
import type { User } from '../../../shared/api/records.ts';
import type {
  CompleteWrapUp,
  KeptDraft,
  MyWrapUps,
  OwedWrapUps,
  PutDraft,
} from '../../../shared/api/wrap-ups.ts';
import type { WrapUpCompletedFact } from '../../../shared/domain/handle-time/fact.ts';
import { factWords, wrapUpRecordOf } from '../../../shared/domain/wrap-up/wrap-up-record.ts';
import { rulesFor, type WrapUpRules } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import {
  flawsOf,
  flawText,
  underRules,
  type WrapUpWords,
} from '../../../shared/domain/wrap-up/wrap-up-words.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { refused, type Answer } from '../../problem.ts';
import { maySupervise, teamOf } from '../accounts/accounts-repository.ts';
import { insertMemo } from '../acting/memo-repository.ts';
import type { Memos } from '../acting/memos.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Ledger } from '../ledger/ledger-service.ts';
import { owedForMs } from '../session/owed-wrap-ups.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  draftOf,
  findDraft,
  findFactsOf,
  findLegOfWrapUp,
  findWrappedUp,
  listOwed,
  listWrapUpCodes,
  listWrapUpRules,
  putDraft,
} from './wrap-up-repository.ts';

export type WrapUps = {
  /** A wrap-up as it is being typed; false: something newer stands. */
  readonly keepDraft: (agentId: string, callId: string, draft: PutDraft) => Promise<boolean>;
  /** What this agent owes, and which of the calls that the client knows are done with. */
  readonly mine: (agentId: string, known: readonly string[]) => Promise<MyWrapUps>;
  readonly owed: (supervisor: User) => Promise<OwedWrapUps>;
  /** In the agent's place; what the agent had typed is kept. */
  readonly complete: (
    supervisor: User,
    callId: string,
    words: CompleteWrapUp,
  ) => Promise<Answer<WrapUpCompletedFact>>;
};

type Needs = {
  readonly database: Database;
  readonly ledger: Pick<Ledger, 'store'>;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly memos: Pick<Memos, 'tell'>;
  readonly mintId: MintId;
  readonly now: Now;
};

const shownLimit = 500;

/** The same for what does not exist and for what is another team's. */
const noWrapUp = refused('not_found', 'there is no such call among those of your agents');

const maximumNotes = 10_000;

const joined = (parts: readonly string[]): string =>
  [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '').join('\n');

/** What the agent had typed, and what the supervisor says: where both said something of a field, the supervisor's. */
const together = (
  rules: WrapUpRules,
  draft: KeptDraft | null,
  { code, codes = [], fields = {}, notes }: CompleteWrapUp,
): WrapUpWords => {
  const typed = underRules(rules, {
    codes: [],
    fields: draft?.fields ?? {},
    notes: draft?.notes ?? '',
  });
  return {
    codes: code === '' ? [] : [code, ...codes],
    fields: { ...typed.fields, ...fields },
    notes: joined([typed.notes, notes]),
  };
};

export const createWrapUps = (needs: Needs): WrapUps => {
  const { database, ledger, push, memos, mintId, now } = needs;
  const inThePlaceOf = async (
    agentId: string,
    fact: WrapUpCompletedFact,
    also: (transaction: Transaction) => Promise<void>,
  ): Promise<Answer<WrapUpCompletedFact>> => {
    const event: JournalEvent = {
      id: mintId(),
      // A journal of one event: there is no installation behind it.
      journalId: randomUUID(),
      seq: 1,
      agentId,
      writtenAt: fact.at,
      offsetMs: 0,
      body: { topic: 'ledger', fact },
    };
    const {
      refused: [why],
    } = await ledger.store(agentId, [event], 'backend', also);
    return why === undefined ? success(fact) : refused('conflict', why.why);
  };

  return {
    keepDraft: (agentId, callId, draft) => putDraft(database, callId, agentId, draft),
    mine: async (agentId, known) => {
      // What is older is a supervisor's: the agent's state does not ask for it either.
      const rows = (await listOwed(database, agentId, shownLimit)).filter(
        ({ endedAt }) => endedAt >= now() - owedForMs,
      );
      const wrappedUp = await findWrappedUp(database, agentId, known);
      const facts = await findFactsOf(database, [
        ...rows.map(({ callId }) => callId),
        ...wrappedUp,
      ]);
      return {
        owed: rows.map((row) => ({
          callId: row.callId,
          callKey: row.callKey,
          queue: row.queue,
          remoteNumber: row.remoteNumber,
          remoteName: row.remoteName,
          facts: facts.get(row.callId) ?? [],
          draft: draftOf(row),
        })),
        closed: wrappedUp.flatMap((callId) => {
          const told = facts.get(callId) ?? [];
          const last = wrapUpRecordOf(told)?.current.factId;
          const fact = told.find(({ id }) => id === last);
          return fact?.kind === 'wrap_up_completed' || fact?.kind === 'wrap_up_corrected'
            ? [{ callId, fact }]
            : [];
        }),
      };
    },
    owed: async (supervisor) => {
      const rows = await listOwed(database, null, shownLimit);
      const team =
        supervisor.role === 'administrator' ? null : await teamOf(database, supervisor.id);
      return {
        wrapUps: rows
          .filter((row) => row.agentId !== supervisor.id && (team === null || row.team === team))
          .map((row) => ({
            callId: row.callId,
            callKey: row.callKey,
            contactId: row.contactId,
            agent: { id: row.agentId, name: row.agentName, extension: row.extension },
            queue: row.queue,
            endedAt: row.endedAt,
            ageMs: Math.max(0, now() - row.endedAt),
            agentIsHere: push.isConnected(row.agentId),
            draft: draftOf(row),
          })),
      };
    },
    complete: async (supervisor, callId, given) => {
      const leg = await findLegOfWrapUp(database, callId);
      if (leg === null || !(await maySupervise(database, supervisor, leg.agentId))) return noWrapUp;
      if (leg.answeredAt === null || leg.owesNothing) {
        return refused('conflict', 'this call owes no wrap-up');
      }
      if (leg.endedAt === null) return refused('conflict', 'the call goes on');
      if (leg.wrappedUpAt !== null) return refused('conflict', 'the wrap-up is complete');
      const draft = await findDraft(database, callId);
      const { queue } = leg;
      const codes = await listWrapUpCodes(database);
      const rules = rulesFor(await listWrapUpRules(database), queue);
      const words = together(rules, draft, given);
      if (words.notes.length > maximumNotes) {
        return refused('invalid', 'the notes are too long together with what the agent had typed');
      }
      const flaws = flawsOf({ queue, rules, codes }, words);
      if (flaws.length > 0) return refused('invalid', flaws.map(flawText).join('; '));
      const { agentId, contactId, callKey } = leg;
      const fact = {
        kind: 'wrap_up_completed',
        id: mintId(),
        callId,
        callKey,
        at: Math.max(now(), leg.endedAt),
        ...factWords(words),
        by: 'supervisor',
        byUser: supervisor.id,
      } as const;
      const stored = await inThePlaceOf(agentId, fact, async (transaction) => {
        const done = { at: now(), actor: supervisor.id, subject: agentId };
        const details = { callId, callKey, code: given.code };
        await appendAudit(transaction, { ...done, action: 'wrap_up_completed', details });
        const memo = { id: mintId(), agentId, author: supervisor.id, at: done.at };
        await insertMemo(transaction, { ...memo, kind: 'wrap_up', contactId });
      });
      if (!stored.ok) return stored;
      memos.tell([agentId]);
      push.toUser(leg.agentId, { kind: 'wrap_up_closed', callId, fact: stored.value });
      return stored;
    },
  };
};
