import pg from 'pg';

const tables = [
  'contacts',
  'contact_agents',
  'legs',
  'segments',
  'events',
  'agent_calls',
  'history',
];
const stepSize = 20_000;

/** Rows of calls `$1` to `$2`, shared out among everybody who works here. */
const statements = [
  `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name, started_at,
     ended_at, match)
   SELECT md5('k' || n)::uuid, 'filled-' || n, 'pbx', 'inbound', 'support', '+1303555' || lpad((n % 10000)::text, 4, '0'),
     '', $3::bigint + n, $3::bigint + n + 60000, 'unknown' FROM generate_series($1::bigint, $2::bigint) AS n`,
  `INSERT INTO contact_agents (contact_id, agent_id, since)
   SELECT md5('k' || n)::uuid, u.ids[1 + n % cardinality(u.ids)], $3::bigint + n
   FROM generate_series($1::bigint, $2::bigint) AS n, (SELECT array_agg(id) AS ids FROM users) u`,
  `INSERT INTO legs (call_id, contact_id, agent_id, talk_ms, wrap_up_ms, handle_ms, started_at, answered_at,
     ended_at, finished_at, outcome, code)
   SELECT md5('l' || n)::uuid, md5('k' || n)::uuid, u.ids[1 + n % cardinality(u.ids)], 50000, 5000, 55000,
     $3::bigint + n, $3::bigint + n + 5000, $3::bigint + n + 55000, $3::bigint + n + 60000, 'completed', 'resolved'
   FROM generate_series($1::bigint, $2::bigint) AS n, (SELECT array_agg(id) AS ids FROM users) u`,
  `INSERT INTO segments (call_id, position, kind, started_at, ended_at)
   SELECT md5('l' || n)::uuid, p, (ARRAY['ring', 'talk', 'wrap_up'])[p], $3::bigint + n + p * 5000,
     $3::bigint + n + p * 5000 + 5000
   FROM generate_series($1::bigint, $2::bigint) AS n, generate_series(1, 3) AS p`,
  `INSERT INTO events (id, fact_id, journal_id, seq, agent_id, call_id, topic, at, written_at, offset_ms, received_at, fact)
   SELECT md5('e' || n || ' ' || p)::uuid, md5('e' || n || ' ' || p)::uuid, md5('j')::uuid, n * 4 + p,
     u.ids[1 + n % cardinality(u.ids)], md5('l' || n)::uuid, 'ledger', $3::bigint + n + p * 5000, $3::bigint + n, 0,
     $3::bigint + n, '{"kind":"held"}'
   FROM generate_series($1::bigint, $2::bigint) AS n, generate_series(1, 4) AS p,
     (SELECT array_agg(id) AS ids FROM users) u`,
  `INSERT INTO agent_calls (agent_id, call_key, answered_at, ended_at)
   SELECT u.ids[1 + n % cardinality(u.ids)], 'filled-' || n, $3::bigint + n + 5000, $3::bigint + n + 55000
   FROM generate_series($1::bigint, $2::bigint) AS n, (SELECT array_agg(id) AS ids FROM users) u`,
  `INSERT INTO history (agent_id, contact_id, started_at, direction, number, queue, outcome, missed, codes, search_text)
   SELECT u.ids[1 + n % cardinality(u.ids)], md5('k' || n)::uuid, $3::bigint + n, 'inbound',
     '+1303555' || lpad((n % 10000)::text, 4, '0'), 'support', 'completed', false, '{resolved}',
     '1303555' || lpad((n % 10000)::text, 4, '0')
   FROM generate_series($1::bigint, $2::bigint) AS n, (SELECT array_agg(id) AS ids FROM users) u`,
];

/** Makes the tables as large as they are after so many contacts; what is there already stays. */
export const fillLedger = async (url: string, contacts: number): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly count: string }>(
      'SELECT count(*)::text FROM contacts',
    );
    const triggers = async (what: 'ENABLE' | 'DISABLE'): Promise<void> => {
      for (const table of tables) await client.query(`ALTER TABLE ${table} ${what} TRIGGER USER`);
    };
    await triggers('DISABLE');
    const startAt = Date.now() - 30 * 86_400_000;
    for (let from = Number(rows[0]?.count ?? 0) + 1; from <= contacts; from += stepSize) {
      const to = Math.min(contacts, from + stepSize - 1);
      for (const statement of statements) await client.query(statement, [from, to, startAt]);
    }
    await triggers('ENABLE');
    await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
  } finally {
    await client.end();
  }
};
