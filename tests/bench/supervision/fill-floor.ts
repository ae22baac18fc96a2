import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from '../../../src/backend/modules/accounts/password.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import {
  migrate,
  migrationsFolder,
  readMigrations,
} from '../../../src/backend/database/migrate.ts';

export const supervisor = { username: 'rosa', password: 'floor' } as const;

const label = `jsonb_build_object('en', 'Name ' || n, 'es', 'Nombre ' || n, 'pt', 'Nome ' || n)`;

/**
 * A floor in the middle of a day: of every ten agents four are in a call (one of them on hold), one in wrap-up; the
 * others may be ready or not. Answers the token of each agent's session.
 */
export const fillFloor = async (database: Database, agents: number): Promise<readonly string[]> => {
  await migrate(database, await readMigrations(migrationsFolder));
  const now = Date.now();
  await database.query(
    `INSERT INTO not_ready_reasons (code, label, position, maximum_minutes)
     SELECT 'lunch', ${label}, 0, 45 FROM generate_series(1, 1) n`,
  );
  await database.query(
    `INSERT INTO queues (name, label, position, target_handle_ms)
     SELECT 'queue' || n, ${label}, n, 300000 FROM generate_series(1, 10) n`,
  );
  await database.query(
    `INSERT INTO teams (name, label, position)
     SELECT 'team' || n, ${label}, n FROM generate_series(1, 20) n`,
  );
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash, team)
     SELECT gen_random_uuid(), 'agent' || n, 'Agent Number ' || n, 'agent', (10000 + n)::text, '',
       'team' || (1 + n % 20)
     FROM generate_series(1, $1) n`,
    [agents],
  );
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash)
     VALUES ($1, $2, 'Rosa Lindner', 'supervisor', '9999', $3)`,
    [randomUUID(), supervisor.username, await hashPassword(supervisor.password)],
  );
  await database.query(
    `INSERT INTO queue_agents
     SELECT 'queue' || (1 + (extension::int + q) % 10), id FROM users, generate_series(0, 2) q
     WHERE role = 'agent'`,
  );
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name, started_at, queued_at, match)
     SELECT gen_random_uuid(), 'call ' || extension, 'pbx', 'inbound', 'queue' || (1 + extension::int % 10),
       '+1202555' || right(extension, 4), 'Customer ' || extension, $1::bigint - 200000, $1::bigint - 230000, 'unknown'
     FROM users WHERE role = 'agent' AND extension::int % 10 < 5`,
    [now],
  );
  await database.query(
    `INSERT INTO legs (call_id, contact_id, agent_id, started_at, answered_at, ended_at, queue, direction)
     SELECT gen_random_uuid(), k.id, u.id, $1::bigint - 205000, $1::bigint - 200000,
       CASE WHEN u.extension::int % 10 = 4 THEN $1::bigint - 30000 END, k.queue, 'inbound'
     FROM contacts k JOIN users u ON k.call_key = 'call ' || u.extension`,
    [now],
  );
  await database.query(
    `INSERT INTO segments (call_id, position, kind, started_at, ended_at)
     SELECT g.call_id, s.position, s.kind, s.started_at, s.ended_at FROM legs g
     JOIN users u ON u.id = g.agent_id
     CROSS JOIN LATERAL (VALUES (0, 'talk', $1::bigint - 200000, $1::bigint - 60000),
       (1, CASE u.extension::int % 10 WHEN 0 THEN 'hold' WHEN 4 THEN 'wrap_up' ELSE 'talk' END,
         $1::bigint - 60000, null::bigint)) s (position, kind, started_at, ended_at)`,
    [now],
  );
  await database.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision)
     SELECT id, jsonb_build_object('signedIn', true, 'wish', '{"kind": "not_ready", "reason": "lunch"}'::jsonb,
         'offers', '[]'::jsonb,
         'calls', CASE WHEN extension::int % 10 < 4 THEN jsonb_build_array('call ' || extension) ELSE '[]' END,
         'wrapUps', CASE WHEN extension::int % 10 = 4 THEN jsonb_build_array('call ' || extension) ELSE '[]' END),
       $1::bigint - 200000, 1
     FROM users WHERE role = 'agent'`,
    [now],
  );
  const tokens = Array.from({ length: agents }, () => randomBytes(32).toString('base64url'));
  await database.query(
    `INSERT INTO sessions (id, user_id, device_id, token_hash, created_at, expires_at)
     SELECT gen_random_uuid(), u.id, $1, decode(t.hash, 'hex'), 0, $3
     FROM unnest($2::text[]) WITH ORDINALITY t (hash, n) JOIN users u ON u.extension = (10000 + t.n)::text`,
    [
      randomUUID(),
      tokens.map((token) => createHash('sha256').update(token).digest('hex')),
      now + 3 * 3_600_000,
    ],
  );
  return tokens;
};
