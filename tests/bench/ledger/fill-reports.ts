import pg from 'pg';
import type { Queryable } from '../../../src/backend/database/database.ts';
import { addedSums, sumColumns, sumsOf } from '../../../src/backend/modules/reports/sum-columns.ts';

/**
 * A large centre's past: a thousand agents, twenty queues, fifteen codes, a hundred thousand contacts a day between 8 and
 * 20 o'clock, one in twelve of which gives up. Written in sets, and added up by the functions that add up live.
 */
export const contactsADay = 100_000;
export const agentCount = 1_000;
const queueCount = 20;

const steps = [
  [15, 900_000],
  [60, 3_600_000],
] as const;

const tables = ['contacts', 'legs', 'queue_waits', 'report_rollups', 'report_queue_rollups'];

export const addStaff = async (database: Queryable): Promise<void> => {
  await database.query(
    `INSERT INTO teams (name, label, position)
     SELECT 'team-' || n, jsonb_build_object('en', 'Team ' || n, 'es', '', 'pt', ''), n
     FROM generate_series(0, 39) AS n`,
  );
  await database.query(
    `INSERT INTO queues (name, label, position, target_handle_ms)
     SELECT 'queue-' || n, jsonb_build_object('en', 'Queue ' || n, 'es', '', 'pt', ''), n, 240000
     FROM generate_series(0, ${String(queueCount - 1)}) AS n`,
  );
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash, team)
     SELECT md5('agent-' || n)::uuid, 'agent-' || n, 'Agent ' || n, 'agent', 'x' || n, '', 'team-' || n % 40
     FROM generate_series(0, ${String(agentCount - 1)}) AS n`,
  );
};

/** Ids in order of time, as those of the product. */
const idOf = (kind: string) =>
  `lpad(to_hex($3::bigint + n / 64), 12, '0') || '7${kind}' || lpad(to_hex(n), 16, '0')`;

/** The nth call of the past: when, where, by whom. Every day is like the first one. */
const calls = `(
  SELECT n, (${idOf('a00')})::uuid AS contact_id, (${idOf('b00')})::uuid AS call_id, 'past-' || n AS call_key,
    $3::bigint + n / ${String(contactsADay)} * 86400000 + 28800000 + (m * 7919) % ${String(contactsADay)} * 432 AS at,
    md5('agent-' || agent)::uuid AS agent_id, 'queue-' || (agent + abs(hashint8(m)) % 2 * 7) % ${String(queueCount)} AS queue,
    'code-' || abs(hashint8(m * 3)) % 15 AS code, m * 37 % 60000 AS wait_ms, m % 12 = 0 AS gave_up,
    60000 + m * 31 % 400000 AS talk_ms, m * 13 % 60000 AS wrap_up_ms
  FROM (SELECT n, m, abs(hashint8(m * 5)) % ${String(agentCount)} AS agent
    FROM generate_series($1::bigint, $2::bigint) AS n, LATERAL (SELECT n % ${String(contactsADay)} AS m) m) n) c`;

const statements = [
  `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name, started_at,
     queued_at, ended_at, match)
   SELECT contact_id, call_key, 'pbx', 'inbound', queue, '+13035550100', '', at, at, at + wait_ms + talk_ms, 'unknown'
   FROM ${calls}`,
  `INSERT INTO queue_waits (call_key, queue, entered_at, left_at, how, agent_id, target_ms, short_ms)
   SELECT call_key, queue, at, at + wait_ms, CASE WHEN gave_up THEN 'abandoned' ELSE 'answered' END,
     CASE WHEN NOT gave_up THEN agent_id END, 20000, 5000 FROM ${calls}`,
  `INSERT INTO legs (call_id, contact_id, agent_id, ring_ms, talk_ms, wrap_up_ms, handle_ms, started_at, answered_at,
     ended_at, finished_at, outcome, code, queue, direction, wrapped_up_at, wrapped_up_by)
   SELECT call_id, contact_id, agent_id, 4000, talk_ms, wrap_up_ms, talk_ms + wrap_up_ms, at + wait_ms - 4000,
     at + wait_ms, at + wait_ms + talk_ms, at + wait_ms + talk_ms + wrap_up_ms, 'completed', code, queue, 'inbound',
     at + wait_ms + talk_ms + wrap_up_ms, 'agent'
   FROM ${calls} WHERE NOT gave_up`,
];

/** What a leg or a wait does not tell of. */
const zeros = (given: readonly string[]): string =>
  sumColumns
    .split(', ')
    .map((column) => (given.includes(column) ? `d.${column}` : `0 AS ${column}`))
    .join(', ');

const columnsOf = async (database: Queryable, name: string): Promise<readonly string[]> =>
  (
    await database.query<{ readonly name: string }>(
      `SELECT unnest(proargnames) AS name FROM pg_proc WHERE proname = $1`,
      [name],
    )
  ).map((row) => row.name);

/** Adds up the calls `$1` to `$2` as a fold would. */
const addUp = async (
  database: Queryable,
  from: number,
  to: number,
  startAt: number,
): Promise<void> => {
  const ofWaits = zeros(await columnsOf(database, 'report_of_wait'));
  const ofLegs = zeros(await columnsOf(database, 'report_of_leg'));
  // A statement that makes a table takes no values.
  await database.query(
    `CREATE UNLOGGED TABLE parts AS
     SELECT bucket, agent_id, queue, code, ${sumColumns} FROM report_deltas WITH NO DATA`,
  );
  await database.query(
    `INSERT INTO parts
     SELECT d.bucket, d.agent_id, d.queue, '' AS code, ${ofWaits}
     FROM queue_waits w, LATERAL report_of_wait(w) d WHERE w.id BETWEEN
       (SELECT id FROM queue_waits WHERE call_key = 'past-${String(from)}') AND
       (SELECT id FROM queue_waits WHERE call_key = 'past-${String(to)}')
     UNION ALL
     SELECT d.bucket, d.agent_id, d.queue, d.code, ${ofLegs}
     FROM legs g, LATERAL report_of_leg(g) d
     WHERE g.call_id BETWEEN (SELECT call_id FROM ${calls.replaceAll('$2', '$1')})
       AND (SELECT call_id FROM ${calls.replaceAll('$1', '$2')})`,
    [from, to, startAt],
  );
  for (const [step, ms] of steps) {
    const place = `${String(step)}, bucket - bucket % ${String(ms)}`;
    await database.query(
      `INSERT INTO report_rollups AS r (step, bucket, agent_id, queue, cause, ${sumColumns})
       SELECT ${place}, agent_id, queue, '', ${sumsOf('p')} FROM parts p GROUP BY 1, 2, 3, 4
       ON CONFLICT (step, bucket, agent_id, queue, cause) DO UPDATE SET ${addedSums('r')}`,
    );
    await database.query(
      `INSERT INTO report_queue_rollups AS r (step, bucket, queue, code, cause, ${sumColumns})
       SELECT ${place}, queue, code, '', ${sumsOf('p')} FROM parts p GROUP BY 1, 2, 3, 4
       ON CONFLICT (step, bucket, queue, code, cause) DO UPDATE SET ${addedSums('r')}`,
    );
  }
  await database.query('DROP TABLE parts');
};

/** Eight hours of every agent's states in a day. */
const addTimes = async (database: Queryable, dayAt: number): Promise<void> => {
  for (const [step, ms] of steps) {
    const bucket = `${String(step)}, $1::bigint + place * ${String(ms)}::bigint`;
    const places = `generate_series(9 * 60 / ${String(step)}, 17 * 60 / ${String(step)} - 1) AS place`;
    const each = `${String(step * 13_333)}, ${String(step * 40_000)}, ${String(step * 6_667)}`;
    await database.query(
      `INSERT INTO report_rollups (step, bucket, agent_id, queue, cause, ready_ms, engaged_ms, after_call_ms)
       SELECT ${bucket}, md5('agent-' || n)::uuid, '', '', ${each}
       FROM ${places}, generate_series(0, ${String(agentCount - 1)}) AS n`,
      [dayAt],
    );
  }
};

/** The sums of a whole day, as those of the first. */
const addDay = async (database: Queryable, startAt: number, day: number): Promise<void> => {
  for (const [table, keys] of [
    ['report_rollups', 'agent_id, queue, cause'],
    ['report_queue_rollups', 'queue, code, cause'],
  ] as const) {
    await database.query(
      `INSERT INTO ${table} (step, bucket, ${keys}, ${sumColumns})
       SELECT step, bucket + $2::bigint, ${keys}, ${sumColumns} FROM ${table}
       WHERE step IN (15, 60) AND bucket >= $1::bigint AND bucket < $1::bigint + 86400000`,
      [startAt, day * 86_400_000],
    );
  }
};

/** Without the program's own limits of time. */
const openPatient = async (
  url: string,
): Promise<Queryable & { readonly close: () => Promise<void> }> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET synchronous_commit = off');
  await client.query(`SET work_mem = '256MB'`);
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    close: () => client.end(),
  };
};

type Filling = {
  readonly url: string;
  /** A midnight of UTC. */
  readonly startAt: number;
  /** Contacts that are there already. */
  readonly known: number;
  readonly contacts: number;
};

/** Days are added at the end. */
export const fillReports = async ({ url, startAt, known, contacts }: Filling): Promise<void> => {
  const database = await openPatient(url);
  // Empty in this past, and dear to keep while it is written.
  await database.query('DROP INDEX contacts_customer, contacts_candidates');
  for (const table of ['contacts', 'legs', 'queue_waits']) {
    await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  }
  for (let from = known; from < contacts;) {
    const dayEnd = (Math.floor(from / contactsADay) + 1) * contactsADay;
    const to = Math.min(contacts, dayEnd) - 1;
    for (const statement of statements) await database.query(statement, [from, to, startAt]);
    const day = Math.floor(from / contactsADay);
    if (day > 0) await addDay(database, startAt, day);
    else await addUp(database, from, to, startAt);
    from = to + 1;
    if (from === contactsADay) await addTimes(database, startAt);
  }
  for (const table of ['contacts', 'legs', 'queue_waits']) {
    await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
  await database.query('CREATE INDEX contacts_customer ON contacts (customer_id, started_at DESC)');
  await database.query('CREATE INDEX contacts_candidates ON contacts USING gin (candidate_ids)');
  // As autovacuum leaves them.
  for (const table of tables) await database.query(`VACUUM (ANALYZE) ${table}`);
  await database.close();
};
