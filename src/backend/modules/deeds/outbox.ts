import { randomUUID } from 'node:crypto';
import {
  gateAfterFailure,
  gateAfterSuccess,
  howItFailed,
  openGate,
  placesOf,
  releasedGate,
  type Gate,
  type GateFailure,
} from '../../../shared/domain/deed/gate.ts';
import type { Connection } from '../../connectors/connector.ts';
import {
  failed,
  isPassing,
  type ConnectorFailure,
  type Outcome,
} from '../../connectors/failure.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database, type Transaction } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { Connections } from '../connections/connections.ts';
import { chooseTicket } from './contact-links.ts';
import { contentOf, isAboutRecord, place, type Attempt, type Placed } from './deed-content.ts';
import {
  deedAfter,
  findPending,
  listDueConnections,
  lockDeed,
  lockDue,
  lockLost,
  saveDeed,
  withPlaced,
  type DeedRow,
  type Lease,
} from './deed-repository.ts';
import { countSending, lockGate, saveGate } from './gate-repository.ts';

/** Sends what is due to other systems, each thing once, however many backends there are and whatever becomes of them. */
export type Outbox = {
  readonly start: () => void;
  /** What is under way is given up after a moment; whoever comes next looks whether it was done. */
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
  /** There may be something to do. */
  readonly wake: () => void;
  /** Does everything that is due now. */
  readonly work: () => Promise<void>;
  /** A lease for a deed that is sent at once. */
  readonly lease: () => Lease;
  /** Sends a deed that was stored with a lease; answers once it is known, or given up at the deadline. */
  readonly sendNow: (row: DeedRow, deadlineMs: number) => Promise<void>;
  /** Somebody put the connection right. */
  readonly release: (connectionId: string) => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly connections: Pick<Connections, 'open'>;
  /** Makes deeds of what is new of calls, before anything is sent. */
  readonly compose: () => Promise<void>;
  readonly now: Now;
  readonly random?: () => number;
  readonly log: Log;
};

/** Of one request, and of an attempt, which may take several. */
const requestMs = 15_000;
const attemptMs = 45_000;
/** Longer than an attempt by more than clocks differ: who holds it is gone when it is over. */
const leaseMs = 120_000;
const pollMs = 5_000;
const soonestMs = 1_000;
/** So long a stop waits before it gives up what is under way. */
const patienceMs = 1_000;
const lostAtOnce = 100;

const asGateFailure = (why: ConnectorFailure, attempt: Attempt): GateFailure => ({
  kind: why.kind,
  isPassing: isPassing(why),
  mayBeDone: why.mayBeDone === true,
  deed: attempt.content.kind,
  isAboutRecord: isAboutRecord(attempt),
  ...(why.retryAfterMs === undefined ? {} : { retryAfterMs: why.retryAfterMs }),
});

const attemptOf = (row: DeedRow): Attempt => ({
  id: row.id,
  content: contentOf(row.kind, row.attemptBody ?? row.body),
  revision: row.attempt ?? row.wanted,
  standing:
    row.done === null || row.externalType === null || row.externalId === null
      ? null
      : { type: row.externalType, id: row.externalId },
});

type Told = Outcome<Placed>;

export const createOutbox = (needs: Needs): Outbox => {
  const { database, connections, compose, now, log, random = Math.random } = needs;
  const stopping = new AbortController();
  const lanes = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let isStarted = false;
  let isClosing = false;
  let working: Promise<void> | null = null;
  let isWanted = false;

  const lease = (): Lease => ({ id: randomUUID(), until: now() + leaseMs });

  const track = (task: Promise<void>): Promise<void> => {
    underWay.add(task);
    return task.finally(() => underWay.delete(task));
  };

  const claim = (connectionId: string): Promise<DeedRow | null> =>
    database.transaction(async (transaction) => {
      const locked = await lockGate(transaction, connectionId);
      if (locked?.isEnabled !== true) return null;
      const { gate, revision } = locked;
      const at = now();
      if (placesOf(gate, at, await countSending(transaction, connectionId)) === 0) return null;
      const due = { connectionId, at, held: gate.held, limit: 1 };
      const [row] = await lockDue(transaction, due);
      if (row === undefined) return null;
      const claimed = deedAfter(row, { kind: 'claim', at }, lease());
      await saveDeed(transaction, claimed);
      await saveGate(transaction, connectionId, gate, revision);
      return claimed;
    });

  /** Answers whether the connection may take more than it did before. */
  const settle = (sent: DeedRow, attempt: Attempt, told: Told): Promise<boolean> =>
    database.transaction(async (transaction) => {
      const locked = await lockGate(transaction, sent.connectionId);
      const row = await lockDeed(transaction, sent.id);
      if (locked === null || row === null) return false;
      const at = now();
      const { gate, revision } = locked;
      const isOurs = row.leaseId === sent.leaseId;
      // What was cancelled meanwhile stays so; where it stands all the same is kept, for whoever has to undo it there.
      if (isOurs || (row.state === 'cancelled' && told.ok)) {
        await saveDeed(transaction, settled(row, attempt, told, at));
        if (told.ok) await keepTicket(transaction, row, told.value, at);
      } else {
        log.info({ deedId: sent.id }, 'somebody else has taken over what was sent');
      }
      const next: Gate = told.ok
        ? gateAfterSuccess(gate)
        : gateAfterFailure(gate, asGateFailure(told.why, attempt), { at, random: random() });
      await saveGate(transaction, sent.connectionId, next, revision);
      return told.ok && gate.failures > 0;
    });

  /** The call is written to the ticket that was made in it. */
  const keepTicket = async (
    transaction: Transaction,
    { kind, contactId, connectionId }: DeedRow,
    { ref }: Placed,
    at: number,
  ): Promise<void> => {
    if (kind !== 'ticket' || ref === null) return;
    await chooseTicket(transaction, contactId, connectionId, ref, { by: null, at });
  };

  const settled = (row: DeedRow, attempt: Attempt, told: Told, at: number): DeedRow => {
    if (told.ok) return withPlaced(deedAfter(row, { kind: 'succeeded', at }), told.value, at);
    const failure = howItFailed(asGateFailure(told.why, attempt));
    const after = deedAfter(row, { kind: 'failed', at, failure, random: random() });
    return { ...after, failedAt: at, failure: told.why.kind, failureText: told.why.message };
  };

  const ask = async (row: DeedRow, attempt: Attempt, urgency: 'now' | 'later', ms: number) => {
    const connection = await connections.open(row.connectionId);
    if (connection === null) return failed('unavailable', 'the connection cannot be used now');
    const signal = AbortSignal.any([AbortSignal.timeout(ms), stopping.signal]);
    const own: Connection = connection[urgency];
    const deadlineMs = Math.min(ms, requestMs);
    try {
      return connection.told(
        await place(own, attempt, { signal, deadlineMs, mayExist: row.mayExist }),
      );
    } catch (error) {
      log.error({ error, deedId: row.id, connector: connection.connector.id }, 'a connector broke');
      return failed('bad_response', 'the connector broke', { mayBeDone: true });
    }
  };

  const send = async (row: DeedRow, urgency: 'now' | 'later', ms: number): Promise<boolean> => {
    const attempt = attemptOf(row);
    const told = await ask(row, attempt, urgency, ms);
    if (!told.ok) {
      const { kind, message } = told.why;
      const { id: deedId, connectionId } = row;
      log.info({ deedId, connectionId, kind, message }, 'something was not written elsewhere');
    }
    return settle(row, attempt, told);
  };

  const noteError = (error: unknown): void => {
    const message = 'what is to be written elsewhere waits';
    if (isDatabaseAway(error)) log.warn({ error }, message);
    else log.error({ error }, message);
  };

  const lane = async (connectionId: string): Promise<void> => {
    lanes.set(connectionId, (lanes.get(connectionId) ?? 0) + 1);
    try {
      while (!isClosing) {
        const row = await claim(connectionId);
        if (row === null) return;
        if (await send(row, 'later', attemptMs)) widen(connectionId);
      }
    } catch (error) {
      noteError(error);
    } finally {
      lanes.set(connectionId, (lanes.get(connectionId) ?? 1) - 1);
    }
  };

  const mostLanes = placesOf(openGate, 0, 0);
  const widen = (connectionId: string): void => {
    for (let count = lanes.get(connectionId) ?? 0; count < mostLanes; count += 1) {
      void track(lane(connectionId));
    }
  };

  const recover = async (): Promise<void> => {
    const at = now();
    const count = await database.transaction(async (transaction) => {
      const rows = await lockLost(transaction, at, lostAtOnce);
      for (const row of rows)
        await saveDeed(transaction, deedAfter(row, { kind: 'lease_lost', at }));
      return rows.length;
    });
    if (count > 0) log.warn({ count }, 'what a backend was sending when it went is sent again');
  };

  const lookOnce = async (): Promise<void> => {
    await compose();
    await recover();
    for (const connectionId of await listDueConnections(database, now())) widen(connectionId);
  };

  /** Waits for lanes that were begun, and for those that they began. */
  const lanesOver = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const plan = (delayMs: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!isStarted || isClosing) return;
    timer = setTimeout(wake, delayMs);
    timer.unref();
  };

  const planNext = async (): Promise<void> => {
    const { news, nextAt } = await findPending(database);
    const untilMs = news ? 0 : nextAt === null ? pollMs : nextAt - now();
    plan(Math.min(pollMs, Math.max(soonestMs, untilMs)));
  };

  const takeWish = (): boolean => {
    const was = isWanted;
    isWanted = false;
    return was && !isClosing;
  };

  const run = async (): Promise<void> => {
    while (takeWish()) {
      try {
        await lookOnce();
        await planNext();
      } catch (error) {
        noteError(error);
        plan(pollMs);
      }
    }
  };

  const look = (): Promise<void> => {
    isWanted = true;
    working ??= run().finally(() => {
      working = null;
      // Somebody asked at the very end.
      return isWanted && !isClosing ? look() : undefined;
    });
    return working;
  };

  const wake = (): void => {
    if (!isClosing) void look();
  };

  return {
    start: () => {
      isStarted = true;
      plan(pollMs);
    },
    stop: async () => {
      isClosing = true;
      plan(0);
      const patience = setTimeout(() => stopping.abort(), patienceMs);
      await working;
      await lanesOver();
      clearTimeout(patience);
    },
    idle: async () => {
      await working;
      await lanesOver();
    },
    wake,
    work: async () => {
      await look();
      await lanesOver();
    },
    lease,
    sendNow: (row, deadlineMs) =>
      track(
        send(row, 'now', deadlineMs).then(
          () => undefined,
          (error: unknown) => {
            noteError(error);
          },
        ),
      ),
    release: async (connectionId) => {
      await database.transaction(async (transaction) => {
        const locked = await lockGate(transaction, connectionId);
        if (locked === null) return;
        await saveGate(transaction, connectionId, releasedGate, locked.revision);
      });
      wake();
    },
  };
};
