import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/backend/database/database.ts';

/** A call that is over, and its recording: as the backend leaves them behind. */
export type RecordedContact = { readonly contactId: string; readonly recordingId: string };

export const recordedContact = async (
  database: Database,
  agentId: string,
  { startedAt = Date.now() - 600_000, seconds = 3 } = {},
): Promise<RecordedContact> => {
  const ids = { contactId: randomUUID(), recordingId: randomUUID() };
  const callKey = randomUUID();
  const endedAt = startedAt + seconds * 1_000;
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name,
       started_at, ended_at, match)
     VALUES ($1, $2, 'pbx', 'inbound', 'support', '+13035550123', 'Nora', $3, $4, 'unknown')`,
    [ids.contactId, callKey, startedAt, endedAt],
  );
  await database.query(
    'INSERT INTO contact_agents (contact_id, agent_id, since) VALUES ($1, $2, $3)',
    [ids.contactId, agentId, startedAt],
  );
  await database.query(
    `INSERT INTO legs (call_id, contact_id, agent_id, started_at, answered_at, ended_at, wrapped_up_at)
     VALUES ($1, $2, $3, $4, $4, $5, $5)`,
    [randomUUID(), ids.contactId, agentId, startedAt, endedAt],
  );
  await database.query(
    `INSERT INTO recordings (id, contact_id, call_key, agent_id, state, started_at, ended_at, seconds)
     VALUES ($1, $2, $3, $4, 'stopped', $5, $6, $7)`,
    [ids.recordingId, ids.contactId, callKey, agentId, startedAt, endedAt, seconds],
  );
  return ids;
};

/** Alice and Sofia, who supervises, are of one team; Bruno is of another. */
export const makeTeams = async (database: Database): Promise<void> => {
  await database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)`,
  );
  await database.query(
    `UPDATE users SET team = CASE username WHEN 'bruno' THEN 'south' ELSE 'north' END
     WHERE username <> 'admin'`,
  );
};
