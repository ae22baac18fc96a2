import { agentState, type AgentStanding } from '../../../shared/domain/agent/agent.ts';
import {
  callBackTransition,
  isDue,
  mayBeOffered,
  roundMs,
  type CallBack,
} from '../../../shared/domain/call-back/call-back.ts';
import {
  nextPermitted,
  type CallBackRules,
} from '../../../shared/domain/call-back/call-back-hours.ts';
import { timeZoneOf } from '../../../shared/domain/customer/time-zone.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { lockStanding } from '../agent/agent-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import { readCallBackRules } from './call-back-centre.ts';
import type { TouchedCallBack } from './call-back-facts.ts';
import {
  findOfferedTo,
  lockCallBack,
  lockCallBackIfFree,
  saveCallBack,
} from './call-back-repository.ts';

/** Offers what a queue promised to one agent after the other, when it is due. */
export type CallBackOffers = {
  /** Something may be to be offered now. */
  readonly look: () => void;
  /** This agent is ready, or is not any more. */
  readonly agentChanged: (agentId: string, isReady: boolean) => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'isConnected'>;
  readonly backendId: string;
  readonly now: Now;
  /** Where the centre is, for customers of whom nobody knows. */
  readonly timeZone: string;
  readonly log: Log;
  readonly onTouched: (touched: readonly TouchedCallBack[]) => void;
  /** These are due and nobody was found. */
  readonly onUnclaimed: (ids: readonly string[]) => void;
};

type DueRow = {
  readonly id: string;
  readonly queue: string;
  readonly passed: readonly string[];
  readonly passedAt: number | null;
  readonly city: string | null;
  readonly country: string | null;
};

type CandidateRow = {
  readonly agentId: string;
  readonly standing: AgentStanding;
  /** Another backend that is alive has this agent's desk. */
  readonly elsewhere: boolean;
};

const databaseNow = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
/** At once; the rest follows when somebody is ready again. */
const dueLimit = 200;
/** The longest that a timer is set for; the backend looks once a minute besides. */
const longestMs = 3_600_000;

const listDue = (database: Database, now: number): Promise<readonly DueRow[]> =>
  database.query<DueRow>(
    `SELECT b.id, b.queue, b.passed, b.passed_at AS "passedAt", c.city, c.country
     FROM call_backs b LEFT JOIN contacts k ON k.id = b.contact_id
       LEFT JOIN customers c ON c.id = coalesce(b.customer_id, k.customer_id)
     WHERE b.owner_id IS NULL AND b.over_at IS NULL AND b.kind = 'call_back' AND b.state = 'scheduled'
       AND b.queue IS NOT NULL AND b.due_at <= $1 ORDER BY b.due_at, b.id LIMIT $2`,
    [now, dueLimit],
  );

/** Who serves the queue and has nothing offered, whoever has been in the present state for longest first. */
const listCandidates = (
  database: Database,
  queue: string,
  backendId: string,
): Promise<readonly CandidateRow[]> =>
  database.query<CandidateRow>(
    `SELECT s.agent_id AS "agentId", s.standing, EXISTS (
         SELECT FROM desk_lines l JOIN backends e ON e.id = l.backend
         WHERE l.user_id = s.agent_id AND e.id <> $2 AND e.alive_until >= ${databaseNow}) AS elsewhere
     FROM queue_agents q JOIN agent_standings s ON s.agent_id = q.user_id
     WHERE q.queue = $1 AND s.standing->>'signedIn' = 'true' AND NOT EXISTS (
       SELECT FROM call_backs o WHERE o.state = 'offered' AND o.offered_to = s.agent_id)
     ORDER BY s.since, s.agent_id`,
    [queue, backendId],
  );

const listLapsed = async (database: Database, now: number): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>(
      `SELECT id FROM call_backs WHERE state = 'offered' AND offered_until <= $1`,
      [now],
    )
  ).map(({ id }) => id);

/** When time alone brings something, epoch ms; null: never. */
const nextTime = async (database: Database, now: number): Promise<number | null> => {
  const [row] = await database.query<{ readonly at: number | null }>(
    `SELECT least(
       (SELECT min(due_at) FROM call_backs WHERE owner_id IS NULL AND over_at IS NULL AND kind = 'call_back'
          AND due_at > $1),
       (SELECT min(offered_until) FROM call_backs WHERE state = 'offered')) AS at`,
    [now],
  );
  return row?.at ?? null;
};

const isReady = (standing: AgentStanding): boolean => agentState(standing).state === 'ready';

export const createCallBackOffers = (needs: Needs): CallBackOffers => {
  const { database, push, backendId, now, timeZone, log, onTouched, onUnclaimed } = needs;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  let isAsked = false;

  const lapse = async (id: string): Promise<void> => {
    const touched = await database.transaction(async (transaction) => {
      const known = await lockCallBackIfFree(transaction, id);
      if (known === null) return null;
      const next = callBackTransition(known.callBack, { kind: 'lapse', at: now() });
      if (!next.ok) return null;
      await saveCallBack(transaction, { ...known, callBack: next.callBack });
      return { id, before: known.callBack };
    });
    if (touched !== null) onTouched([touched]);
  };

  /** False: somebody was faster, or the agent is not ready any more. */
  const offerTo = async (id: string, agentId: string): Promise<boolean> => {
    const before = await database.transaction(async (transaction): Promise<CallBack | null> => {
      const known = await lockCallBackIfFree(transaction, id);
      if (known === null) return null;
      // A call that rings there now waits for this, and withdraws it afterwards.
      const { standing } = await lockStanding(transaction, agentId);
      if (!isReady(standing) || (await findOfferedTo(transaction, agentId)) !== null) return null;
      const next = callBackTransition(known.callBack, { kind: 'offer', to: agentId, at: now() });
      if (!next.ok) return null;
      await saveCallBack(transaction, { ...known, callBack: next.callBack });
      return known.callBack;
    });
    if (before === null) return false;
    log.info({ agentId, callBackId: id }, 'a call-back is offered');
    onTouched([{ id, before }]);
    return true;
  };

  /** Whether somebody has it, or another backend has whoever is next. */
  const offer = async (row: DueRow): Promise<boolean> => {
    for (const { agentId, standing, elsewhere } of await listCandidates(
      database,
      row.queue,
      backendId,
    )) {
      if (!isReady(standing) || !mayBeOffered(row, agentId, now())) continue;
      if (push.isConnected(agentId)) {
        if (await offerTo(row.id, agentId)) return true;
      } else if (elsewhere) return true;
    }
    return false;
  };

  const openingOf = ({ city, country }: DueRow, rules: CallBackRules): number => {
    const zone = country === null || city === null ? null : timeZoneOf(country, city, now());
    return nextPermitted(now(), zone ?? timeZone, rules);
  };

  const lookNow = async (): Promise<void> => {
    isAsked = false;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const id of await listLapsed(database, now())) await lapse(id);
    const due = await listDue(database, now());
    const rules = due.length === 0 ? null : await readCallBackRules(database);
    const times: number[] = [];
    const unclaimed: string[] = [];
    for (const row of rules === null ? [] : due) {
      const opensAt = rules === null ? now() : openingOf(row, rules);
      if (opensAt > now()) times.push(opensAt);
      else if (!(await offer(row))) unclaimed.push(row.id);
      if (row.passedAt !== null) times.push(row.passedAt + roundMs);
    }
    if (unclaimed.length > 0) onUnclaimed(unclaimed);
    const next = await nextTime(database, now());
    if (next !== null) times.push(next);
    setNext(times.filter((at) => at > now()));
  };

  const setNext = (times: readonly number[]): void => {
    if (stopped || times.length === 0) return;
    const wait = Math.min(longestMs, Math.max(1, Math.min(...times) - now()));
    timer = setTimeout(look, wait);
    timer.unref();
  };

  const work = createKeyedQueue((error) => {
    log.warn({ error }, 'call-backs were not offered');
  });
  const look = (): void => {
    // One look after the present one sees everything.
    if (isAsked || stopped) return;
    isAsked = true;
    void work.add('look', lookNow);
  };

  const withdraw = async (agentId: string): Promise<void> => {
    const id = await findOfferedTo(database, agentId);
    if (id === null) return;
    const touched = await database.transaction(async (transaction) => {
      const known = await lockCallBack(transaction, id);
      if (known?.callBack.standing.state !== 'offered') return null;
      if (known.callBack.standing.to !== agentId || !isDue(known.callBack, now())) return null;
      const next = callBackTransition(known.callBack, { kind: 'withdraw' });
      if (!next.ok) return null;
      await saveCallBack(transaction, { ...known, callBack: next.callBack });
      return { id, before: known.callBack };
    });
    if (touched === null) return;
    onTouched([touched]);
    look();
  };

  return {
    look,
    agentChanged: (agentId, ready) => {
      if (ready) look();
      else void work.add(agentId, () => withdraw(agentId));
    },
    idle: work.idle,
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
};
