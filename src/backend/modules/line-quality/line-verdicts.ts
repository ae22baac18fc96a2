import type { User } from '../../../shared/api/records.ts';
import type { JudgedView, VerdictWeeks } from '../../../shared/api/line-quality.ts';
import { nearMs, proofsNear } from '../../../shared/domain/line-quality/line-proof.ts';
import {
  isLegBad,
  isLineBad,
  judge,
  type CallEvidence,
} from '../../../shared/domain/line-quality/verdict.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database, type Queryable } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import { sightOf } from '../reports/report-sight.ts';
import { findProofs } from './line-proofs.ts';
import {
  compareCustomers,
  compareDesks,
  findCount,
  findToldCall,
  insertCount,
  listByOthers,
  listJudgedOf,
  listJudgedWithin,
  listVerdictsOf,
  listVerdictWeeks,
  saveVerdict,
  type Span,
} from './verdict-repository.ts';

/** Whose fault bad calls were: judged when a desk or the exchange told of one, and again as others tell theirs. */
export type LineVerdicts = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
  /** These calls were told by this agent's desk. */
  readonly told: (agentId: string, callIds: readonly string[]) => void;
  /** This agent's desk told what it proved of itself at these times. */
  readonly proven: (agentId: string, times: readonly number[]) => void;
  readonly mine: (user: User) => Promise<VerdictWeeks>;
  readonly ofTeam: (user: User, span: Span) => Promise<VerdictWeeks>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pick<Pbx, 'subscribe'>;
  readonly mintId: () => string;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
};

/** Others count from so long before the call until so long after it: in a small centre few speak at the same time. */
const aroundMs = 600_000;
/** What others or later proofs change is bounded, however long desks were away. */
const maximumAgain = 200;
const ownWeeksMs = 8 * 7 * 86_400_000;

type Counted = Extract<PbxEvent, { readonly kind: 'leg_counted' }>;

export const createLineVerdicts = (needs: Needs): LineVerdicts => {
  const { database, pbx, mintId, now, timeZone, log } = needs;
  let unsubscribe: (() => void) | null = null;
  const queue = createKeyedQueue((error) => {
    const message = 'a call could not be judged';
    if (isDatabaseAway(error)) log.warn({ error }, message);
    else log.error({ error }, message);
  });
  /** Others of this time are still to be judged anew; null: none. */
  let awaited: Span | null = null;

  /** One judgement after the other: two at once would not see each other. */
  const inTurn = (task: () => Promise<void>): void => {
    void queue.add('', task);
  };

  /** Answers when it was; null: the desk told nothing of it. */
  const judgeCall = async (callId: string, agentId: string): Promise<Span | null> => {
    const fact = await findToldCall(database, callId, agentId);
    if (fact === null) return null;
    const { callKey, at: endedAt } = fact;
    // Holds are left out of its seconds: it may have begun earlier, and that is near enough.
    const beganAt = endedAt - fact.seconds * 1_000;
    const around = { from: beganAt - aroundMs, to: endedAt + aroundMs };
    const call = { from: beganAt, to: endedAt };
    const provenAround = { from: beganAt - nearMs, to: endedAt + nearMs };
    const [agentLeg, customerLeg, otherDesks, otherCustomers, proven] = await Promise.all([
      findCount(database, callKey, agentId),
      findCount(database, callKey, null),
      compareDesks(database, agentId, around),
      compareCustomers(database, callKey, around),
      findProofs(database, agentId, provenAround),
    ]);
    const proofs = proofsNear(proven, call);
    const evidence: CallEvidence = {
      line: fact,
      desk: fact.desk ?? null,
      notes: fact.notes ?? null,
      ...{ agentLeg, customerLeg, otherDesks, otherCustomers, proofs },
    };
    await saveVerdict(database, {
      ...{ callId, agentId, callKey, beganAt, endedAt, otherDesks, otherCustomers, proofs },
      isBad: isLineBad(fact),
      ...judge(evidence),
    });
    return call;
  };

  /** How others fared has changed for the calls of this time. Asked for often, it is done once. */
  const judgeOthers = (span: Span): void => {
    const isAwaited = awaited !== null;
    awaited = {
      from: Math.min(awaited?.from ?? span.from, span.from - aroundMs),
      to: Math.max(awaited?.to ?? span.to, span.to + aroundMs),
    };
    if (isAwaited) return;
    inTurn(async () => {
      const around = awaited ?? span;
      awaited = null;
      const calls = await listByOthers(database, around, maximumAgain);
      for (const { callId, agentId } of calls) await judgeCall(callId, agentId);
    });
  };

  const counted = ({ callKey, leg, extension, at, count }: Counted): void => {
    inTurn(async () => {
      const isBad = isLegBad(count);
      await insertCount(database, { id: mintId(), callKey, leg, extension, at, isBad, count });
      for (const { callId, agentId } of await listJudgedOf(database, callKey))
        await judgeCall(callId, agentId);
    });
    if (extension === null) judgeOthers({ from: at, to: at });
  };

  return {
    start: () => {
      unsubscribe = pbx.subscribe((event) => {
        if (event.kind === 'leg_counted') counted(event);
      });
    },
    stop: async () => {
      unsubscribe?.();
      await queue.idle();
    },
    idle: queue.idle,
    told: (agentId, callIds) => {
      for (const callId of callIds) {
        inTurn(async () => {
          const span = await judgeCall(callId, agentId);
          if (span !== null) judgeOthers(span);
        });
      }
    },
    proven: (agentId, times) => {
      if (times.length === 0) return;
      const span = { from: Math.min(...times) - nearMs, to: Math.max(...times) + nearMs };
      inTurn(async () => {
        const calls = await listJudgedWithin(database, agentId, span, maximumAgain);
        for (const { callId } of calls) await judgeCall(callId, agentId);
      });
    },
    mine: (user) =>
      listVerdictWeeks(
        database,
        [user.id],
        { from: now() - ownWeeksMs, to: now() + aroundMs },
        timeZone,
      ),
    ofTeam: async (user, span) => {
      const { agentIds } = await sightOf(database, user, 'agent');
      return listVerdictWeeks(database, agentIds, span, timeZone);
    },
  };
};

/** By call id: whose fault each leg of the contact was, and what that rests on. */
export const findJudgedOf = async (
  database: Queryable,
  contactId: string,
): Promise<ReadonlyMap<string, JudgedView>> => {
  const verdicts = await listVerdictsOf(database, contactId);
  const judged = await Promise.all(
    [...verdicts].map(async ([callId, kept]) => {
      const { verdict, reason, callKey, agentId, otherDesks, otherCustomers, proofs } = kept;
      const [agentLeg, customerLeg] = await Promise.all([
        findCount(database, callKey, agentId),
        findCount(database, callKey, null),
      ]);
      const view: JudgedView = {
        ...{ verdict, reason, agentLeg, customerLeg, otherDesks, otherCustomers, proofs },
      };
      return [callId, view] as const;
    }),
  );
  return new Map(judged);
};
