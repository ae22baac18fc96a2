import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { findUser } from '../accounts/accounts-repository.ts';
import { listStandings, lockStanding } from '../agent/agent-repository.ts';
import type { Agents } from '../agent/agent-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  beat,
  deleteLine,
  forgetBackend,
  forgetSilentBackends,
  hasLine,
  insertLine,
  readLostAt,
} from './desk-lines.ts';

/**
 * Watches for desks that vanish. An agent who wished to be ready, whose desk nobody has heard of for longer than the
 * grace and for whom the PBX has no phone that answers, is not ready: `app_gone`. Back within `returnMs` the agent is
 * ready again without a word of the own; later than that nobody knows who sits there, and the agent says so.
 */
export type DeskWatch = {
  readonly start: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'isConnected' | 'onLine'>;
  readonly agents: Agents;
  readonly pbx: Pbx;
  readonly backendId: string;
  readonly graceMs: number;
  readonly now: Now;
  readonly log: Log;
};

const returnMs = 10 * 60_000;
const beatMs = 10_000;
/** Two beats may be late. */
const aliveForMs = 35_000;

export const createDeskWatch = (needs: Needs): DeskWatch => {
  const { database, push, agents, pbx, backendId, graceMs, now, log } = needs;
  /** Since when each desk that should be there is not, epoch ms. */
  const lost = new Map<string, number>();
  /** Whose line the database may not know as it is. */
  const unwritten = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let heart: NodeJS.Timeout | null = null;
  let begun = false;
  let stopped = false;

  const queue = createKeyedQueue((error, key) => {
    log.warn({ error, userId: key }, 'whose desk is there could not be written or read');
  });

  const schedule = (afterMs: number): void => {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void queue.add('check', check);
    }, afterMs);
    timer.unref();
  };

  const missed = (userId: string, at: number): void => {
    if (lost.has(userId)) return;
    lost.set(userId, at);
    schedule(graceMs);
  };

  const isBack = async (agentId: string): Promise<void> => {
    const change = await database.transaction(async (transaction) => {
      const { standing } = await lockStanding(transaction, agentId);
      if (!standing.signedIn || standing.wish.kind === 'ready') return null;
      if (standing.wish.reason !== 'app_gone') return null;
      const lostAt = await readLostAt(transaction, agentId);
      const at = now();
      if (lostAt === null || at - lostAt > returnMs) return null;
      return agents.takeIn(transaction, agentId, [
        { step: { kind: 'app_back', lostAt, at }, at, source: 'system' },
      ]);
    });
    agents.announce(change);
  };

  const writeLine = async (userId: string): Promise<void> => {
    unwritten.add(userId);
    const isHere = push.isConnected(userId);
    if (isHere) {
      // Another backend may have taken this one for silent.
      if (!(await insertLine(database, backendId, userId))) {
        await beat(database, backendId, aliveForMs);
        await insertLine(database, backendId, userId);
      }
    } else await deleteLine(database, backendId, userId);
    unwritten.delete(userId);
    // After the line can be read: who looks for it then cannot overlook it.
    if (isHere) await isBack(userId);
  };

  const lineChanged = (userId: string): void => {
    if (stopped) return;
    if (push.isConnected(userId)) lost.delete(userId);
    else missed(userId, now());
    void queue.add(userId, () => writeLine(userId));
  };

  /** null: the PBX does not say, and nobody is taken for gone on a guess. */
  const readReachable = async (): Promise<ReadonlySet<string> | null> => {
    if (pbx.status().state === 'absent') return new Set();
    const presence = await pbx.presence();
    return presence.ok ? new Set(presence.value.reachable) : null;
  };

  const isGone = async (agentId: string, lostAt: number): Promise<void> => {
    const change = await database.transaction(async (transaction) => {
      const { standing } = await lockStanding(transaction, agentId);
      if (!standing.signedIn) {
        lost.delete(agentId);
        return null;
      }
      if (await hasLine(transaction, agentId)) {
        // Another backend's to watch.
        lost.delete(agentId);
        return null;
      }
      // A call that the PBX has ends by the PBX's own rules.
      if (standing.calls.length > 0 && pbx.status().state !== 'absent') return null;
      return agents.takeIn(transaction, agentId, [
        { step: { kind: 'app_gone', lostAt }, at: now(), source: 'system' },
      ]);
    });
    agents.announce(change);
    if (change !== null) log.info({ agentId, lostAt }, 'an agent’s desk is gone');
  };

  const look = async (): Promise<void> => {
    const at = now();
    const due = [...lost].filter(([, since]) => at - since >= graceMs);
    const reachable = due.length === 0 ? null : await readReachable();
    for (const [userId, since] of due) {
      if (reachable === null || lost.get(userId) !== since) continue;
      const user = await findUser(database, userId);
      if (user !== null && !reachable.has(user.extension)) await isGone(userId, since);
    }
  };

  const check = async (): Promise<void> => {
    try {
      await look();
    } finally {
      if (lost.size > 0) {
        const waits = [...lost.values()].map((since) => graceMs - (now() - since));
        // Whoever is still gone is looked at again: a supervisor may say ready, a call may end.
        schedule(Math.min(...waits.map((ms) => (ms <= 0 ? graceMs : ms))));
      }
    }
  };

  const begin = async (): Promise<void> => {
    for (const { agentId } of await listStandings(database)) {
      // The grace begins anew: nobody could reach a backend that was not there.
      if (!push.isConnected(agentId)) missed(agentId, now());
    }
    begun = true;
  };

  const beatNow = async (): Promise<void> => {
    if (!begun) await begin();
    await beat(database, backendId, aliveForMs);
    for (const userId of await forgetSilentBackends(database)) {
      if (!push.isConnected(userId)) missed(userId, now());
    }
    for (const userId of unwritten) void queue.add(userId, () => writeLine(userId));
  };

  const unsubscribe = push.onLine(lineChanged);

  return {
    start: () => {
      void queue.add('beat', beatNow);
      heart ??= setInterval(() => void queue.add('beat', beatNow), beatMs).unref();
    },
    idle: queue.idle,
    stop: async () => {
      stopped = true;
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      if (heart !== null) clearInterval(heart);
      await queue.idle();
      await forgetBackend(database, backendId).catch((error: unknown) => {
        log.debug({ error }, 'this backend is forgotten when its time is over');
      });
    },
  };
};
