import { randomUUID } from 'node:crypto';
import type { JournalEvent, JournalFact } from '../../src/shared/api/events.ts';
import type { LedgerFact } from '../../src/shared/domain/handle-time/fact.ts';

/** A client's journal for tests: gives facts their envelope. */
export type Journal = { readonly event: (body: JournalFact) => JournalEvent };

export const createJournal = (agentId: string): Journal => {
  const journalId = randomUUID();
  let seq = 0;
  return {
    event: (body) => {
      seq += 1;
      return {
        id: randomUUID(),
        journalId,
        seq,
        agentId,
        writtenAt: body.fact.at,
        offsetMs: 0,
        body,
      };
    },
  };
};

export const ledger = (fact: LedgerFact): JournalFact => ({ topic: 'ledger', fact }) as JournalFact;

/** One inbound call from ringing to its wrap-up, with a hold; 1 s between the steps. */
export const wholeCall = (callKey: string, startedAt: number, callId = randomUUID()) => {
  let at = startedAt;
  const fact = () => {
    const base = { id: randomUUID(), callId, callKey, at };
    at += 1_000;
    return base;
  };
  return {
    offered: {
      kind: 'offered',
      ...fact(),
      queue: 'support',
      remoteNumber: '+13035550123',
      remoteName: 'Nora',
    },
    answered: { kind: 'answered', ...fact() },
    held: { kind: 'held', ...fact() },
    resumed: { kind: 'resumed', ...fact() },
    ended: {
      kind: 'ended',
      ...fact(),
      side: 'remote',
      outcome: 'completed',
      sipCode: null,
      cause: 16,
    },
    wrapUp: { kind: 'wrap_up_completed', ...fact(), code: 'resolved', notes: 'All is well.' },
  } as const satisfies Record<string, LedgerFact>;
};
