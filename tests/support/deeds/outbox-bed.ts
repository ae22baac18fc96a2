import { randomUUID } from 'node:crypto';
import type { ConnectionView } from '../../../src/shared/api/connections.ts';
import type { User } from '../../../src/shared/api/records.ts';
import type { Connector } from '../../../src/backend/connectors/connector.ts';
import { failed } from '../../../src/backend/connectors/failure.ts';
import { createTransport } from '../../../src/backend/connectors/http/transport.ts';
import { zendesk } from '../../../src/backend/connectors/zendesk/zendesk.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { jsonRows } from '../../../src/backend/database/json-rows.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { createConnections } from '../../../src/backend/modules/connections/connections.ts';
import { sealedFor } from '../../../src/backend/modules/connections/sealed-for.ts';
import { createCallLogs } from '../../../src/backend/modules/deeds/call-logs.ts';
import { createDeeds } from '../../../src/backend/modules/deeds/deeds.ts';
import { createOutbox } from '../../../src/backend/modules/deeds/outbox.ts';
import { createElsewhere } from '../../../src/backend/modules/directory/elsewhere.ts';
import { people } from '../centre.ts';
import { quietLog } from '../database.ts';

/** Backends as far as they write to other systems, over one database, with a clock that is set by hand. */

export type HandClock = { readonly now: () => number; readonly forward: (ms: number) => void };

export const createHandClock = (startAt = Date.UTC(2026, 10, 23, 9)): HandClock => {
  let at = startAt;
  return {
    now: () => at,
    forward: (ms) => {
      at += ms;
    },
  };
};

/** As many requests as the machine makes. */
export const unhurried: Connector = {
  ...zendesk,
  rate: { requests: 1_000_000, perMs: 1_000, atOnce: 64 },
};

/** A database that is gone from one moment to the next for whoever has it this way, as the backend that is killed. */
const killable = (database: Database) => {
  let isKilled = false;
  const guard = (): void => {
    if (isKilled) throw Object.assign(new Error('this backend was killed'), { code: 'EPIPE' });
  };
  const own: Database = {
    query: (text, values) => {
      guard();
      return database.query(text, values);
    },
    transaction: (work) => {
      guard();
      return database.transaction(work);
    },
    close: () => Promise.resolve(),
  };
  return {
    own,
    isKilled: () => isKilled,
    kill: () => {
      isKilled = true;
    },
  };
};

export type OutboxBackend = ReturnType<typeof startOutboxBackend>;

export const startOutboxBackend = (
  database: Database,
  origins: ReadonlyMap<string, string>,
  clock: HandClock,
  {
    connectors = [unhurried],
    random = Math.random,
  }: { readonly connectors?: readonly Connector[]; readonly random?: () => number } = {},
) => {
  const { own, isKilled, kill } = killable(database);
  const transport = createTransport({ origins });
  const { now } = clock;
  const log = quietLog;
  const connections = createConnections({
    ...{ database: own, connectors, now, log },
    // Whoever is dead asks for nothing more.
    transport: (sent) =>
      isKilled() ? Promise.resolve(failed('unavailable', 'killed')) : transport(sent),
    sealed: sealedFor({ connectionKeys: [Buffer.alloc(32, 5)], dataPath: '/nowhere' }),
    mintId: createMintId(Date.now),
    onWell: (connectionId) => {
      void outbox.release(connectionId);
    },
  });
  const wording = { timeZone: 'UTC', addressOf: () => null };
  const { compose } = createCallLogs({ database: own, connectors, now, ...wording });
  const outbox = createOutbox({ database: own, connections, compose, now, random, log });
  const elsewhere = createElsewhere({ database: own, connections, country: 'US', now, log });
  const deeds = createDeeds({ database: own, connections, outbox, elsewhere, now, ...wording });
  return { connections, outbox, deeds, kill };
};

export const userOf = (name: keyof typeof people): User => {
  const { id, username, role, extension } = people[name];
  return { id, username, name: `The ${username}`, role, extension };
};

export const connect = async (
  { connections }: Pick<OutboxBackend, 'connections'>,
  settings: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ConnectionView> => {
  const made = await connections.save(userOf('admin'), null, {
    ...{ connector: 'zendesk', name: 'Help desk', isEnabled: true, logsCalls: true },
    settings: { grant: 'client_credentials', ...settings },
    ...more,
  });
  if (!made.ok) throw new Error(made.why.message);
  return made.value;
};

export type GivenCall = { readonly contactId: string; readonly callId: string };

/** Calls that Alice answered and that end now; their contacts, legs and parts as the ledger leaves them behind. */
export const addCalls = async (
  database: Database,
  count: number,
  endedAt: number,
  given: Readonly<Record<string, unknown>> = {},
): Promise<readonly GivenCall[]> => {
  const calls = Array.from({ length: count }, (_, index) => ({
    ...{ contactId: randomUUID(), callId: randomUUID(), callKey: randomUUID() },
    number: `+1303555${String(1_000 + (index % 9_000))}`,
    agentId: people.alice.id,
    startedAt: endedAt - 120_000,
    answeredAt: endedAt - 100_000,
    ...{ endedAt, wrappedUpAt: endedAt, talkMs: 95_000, code: 'resolved' },
    notes: `Call ${String(index)}.`,
    ...given,
  }));
  await database.transaction(async (transaction) => {
    const rows = jsonRows(calls);
    const from = `FROM json_to_recordset($1) AS r ("contactId" uuid, "callId" uuid, "callKey" text, number text,
      "agentId" uuid, "startedAt" bigint, "answeredAt" bigint, "endedAt" bigint, "wrappedUpAt" bigint, "talkMs" bigint,
      code text, notes text)`;
    await transaction.query(
      `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name, started_at, ended_at, match)
       SELECT "contactId", "callKey", 'pbx', 'inbound', 'support', number, '', "startedAt", "endedAt", 'unknown' ${from}`,
      [rows],
    );
    await transaction.query(
      `INSERT INTO contact_agents (contact_id, agent_id, since) SELECT "contactId", "agentId", "startedAt" ${from}`,
      [rows],
    );
    await transaction.query(
      `INSERT INTO legs (call_id, contact_id, agent_id, started_at, answered_at, ended_at, wrapped_up_at, talk_ms, code, notes, direction)
       SELECT "callId", "contactId", "agentId", "startedAt", "answeredAt", "endedAt", "wrappedUpAt", "talkMs", code, notes,
         'inbound' ${from}`,
      [rows],
    );
  });
  return calls.map(({ contactId, callId }) => ({ contactId, callId }));
};

/** What a wrap-up that was completed or corrected leaves in its leg. */
export const wrapUp = async (
  database: Database,
  callIds: readonly string[],
  at: number,
  notes: string,
): Promise<void> => {
  await database.query(
    `UPDATE legs SET notes = $2, code = 'resolved', wrapped_up_at = coalesce(wrapped_up_at, $3) WHERE call_id = ANY($1)`,
    [callIds, notes, at],
  );
};

export type DeedLine = {
  readonly id: string;
  readonly contactId: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure: string | null;
  readonly done: number | null;
  readonly mayExist: boolean;
};

export const deedLines = (database: Database): Promise<readonly DeedLine[]> =>
  database.query<DeedLine>(
    `SELECT id, contact_id AS "contactId", state, attempts, failure, done, may_exist AS "mayExist" FROM deeds
     ORDER BY made_at, id`,
  );

const isPending = async (database: Database): Promise<boolean> => {
  const [row] = await database.query<{ readonly isIt: boolean }>(
    `SELECT EXISTS (SELECT FROM call_log_news) OR EXISTS (SELECT FROM deeds WHERE state IN ('waiting', 'sending')) AS "isIt"`,
  );
  return row?.isIt === true;
};

/** Lets the clock go on until nothing waits any more; answers how far it went, ms. */
export const untilSettled = async (
  database: Database,
  backends: () => readonly Pick<OutboxBackend, 'outbox'>[],
  clock: HandClock,
  { stepMs = 15_000, mostMs = 5 * 86_400_000 } = {},
): Promise<number> => {
  const startedAt = clock.now();
  for (;;) {
    await Promise.all(backends().map(({ outbox }) => outbox.work()));
    if (!(await isPending(database))) return clock.now() - startedAt;
    if (clock.now() - startedAt > mostMs) throw new Error('something waits for ever');
    clock.forward(stepMs);
  }
};
