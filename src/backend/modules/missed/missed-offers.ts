import type { OfferEvidenceEvent } from '../../../shared/api/evidence.ts';
import type { MissedOffer } from '../../../shared/api/missed.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import { displayNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { lockStanding } from '../agent/agent-repository.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { PushHub } from '../push/push-hub.ts';
import { clockSlackMs } from './evidence.ts';
import { createJudge, type Judge } from './judge.ts';
import {
  findEvidenceText,
  hasRing,
  insertEvidence,
  listMissed,
  lockMissedWithin,
  saveNote,
} from './missed-repository.ts';

export type MissedOffers = {
  readonly judge: Judge['judge'];
  /** Stores what a desk says of itself and judges anew what it touches; answers what could not be taken. */
  readonly take: (
    agentId: string,
    events: readonly OfferEvidenceEvent[],
  ) => Promise<readonly { readonly id: string; readonly why: string }[]>;
  /** Resolves when the desk told how this call rang, or the patience is over. */
  readonly ringTold: (agentId: string, callKey: string, patienceMs: number) => Promise<void>;
  readonly recent: (agentId: string) => Promise<readonly MissedOffer[]>;
  /** To the agent's desk. */
  readonly tell: (agentId: string) => void;
  readonly note: (agentId: string, id: string, note: string) => Promise<Answer<null>>;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly now: Now;
  readonly mintId: MintId;
  readonly country: string;
  readonly log: Log;
  readonly onToday: (agentId: string) => void;
};

const justNowMs = 5_000;
const recentMs = 12 * 3_600_000;
const recentLimit = 20;

export const createMissedOffers = (needs: Needs): MissedOffers => {
  const { database, push, now, mintId, country, log, onToday } = needs;
  /** Who waits for the desk's account of a ring, by `agent callKey`. */
  const waiters = new Map<string, Set<() => void>>();

  const { judge, judgeAnew } = createJudge({ now, mintId, log });

  const recent: MissedOffers['recent'] = async (agentId) =>
    (await listMissed(database, agentId, now() - recentMs, recentLimit)).map(
      ({ name, number, ...missed }) => ({
        ...missed,
        number,
        who: remoteText(name ?? displayNumber(number, country)),
      }),
    );

  const tell: MissedOffers['tell'] = (agentId) => {
    onToday(agentId);
    if (!push.isConnected(agentId)) return;
    recent(agentId)
      .then((missed) => push.toUser(agentId, { kind: 'missed', missed: [...missed] }))
      .catch((error: unknown) => log.warn({ error, agentId }, 'what was missed was not told'));
  };

  const store = async (
    transaction: Transaction,
    agentId: string,
    { id, body: { fact } }: OfferEvidenceEvent,
  ): Promise<string | null> => {
    const text = canonicalJson(fact);
    const isRing = fact.kind === 'ring';
    const isNew = await insertEvidence(transaction, {
      ...{ id, agentId, kind: fact.kind, callKey: isRing ? fact.callKey : null },
      startedAt: isRing ? fact.offeredAt : fact.at,
      endedAt: isRing ? fact.at : fact.until,
      ...{ receivedAt: now(), fact: text },
    });
    if (isNew) return null;
    const stored = await findEvidenceText(transaction, id);
    return stored?.agentId === agentId && stored.fact === text
      ? null
      : 'this id was stored before with other content';
  };

  return {
    judge,
    take: async (agentId, events) => {
      const problems: { readonly id: string; readonly why: string }[] = [];
      if (events.length === 0) return problems;
      const changed = await database.transaction(async (transaction) => {
        // One after the other with what ends offers: either sees what the other brought.
        await lockStanding(transaction, agentId);
        for (const event of events) {
          const why = await store(transaction, agentId, event);
          if (why !== null) problems.push({ id: event.id, why });
        }
        const times = events.flatMap(({ body: { fact } }) =>
          fact.kind === 'ring' ? [fact.offeredAt, fact.at] : [fact.at, fact.until],
        );
        const from = Math.min(...times) - clockSlackMs;
        const until = Math.max(...times) + clockSlackMs;
        const rows = await lockMissedWithin(transaction, agentId, from, until);
        return judgeAnew(transaction, rows);
      });
      for (const { body } of events) {
        if (body.fact.kind !== 'ring') continue;
        const key = `${agentId} ${body.fact.callKey}`;
        for (const wake of waiters.get(key) ?? []) wake();
      }
      if (changed) tell(agentId);
      return problems;
    },
    ringTold: async (agentId, callKey, patienceMs) => {
      // Nobody is there to tell: nothing is waited for.
      if (!push.isConnected(agentId)) return;
      const key = `${agentId} ${callKey}`;
      await new Promise<void>((resolve) => {
        const waiting = waiters.get(key) ?? new Set();
        waiters.set(key, waiting);
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          if (waiting.size === 0) waiters.delete(key);
          resolve();
        };
        const timer = setTimeout(done, patienceMs);
        timer.unref();
        waiting.add(done);
        // It may have been told before the PBX was.
        hasRing(database, agentId, callKey, now() - justNowMs).then(
          (told) => {
            if (told) done();
          },
          (error: unknown) => log.debug({ error, callKey }, 'whether a ring was told is not known'),
        );
      });
    },
    recent,
    tell,
    note: async (agentId, id, note) => {
      if (!(await saveNote(database, agentId, id, remoteText(note).trim(), now())))
        return refused('not_found', 'there is no such miss of yours');
      tell(agentId);
      return success(null);
    },
  };
};
