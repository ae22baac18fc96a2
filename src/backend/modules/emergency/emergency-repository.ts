import type { EmergencyCall, KnownAddress } from '../../../shared/api/emergency.ts';
import type { PlaceAddress } from '../../../shared/domain/emergency/location.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** What is known of where an agent is, in this network. */
export const readAddress = async (
  database: Queryable,
  agentId: string,
  network: string | null,
): Promise<KnownAddress> => {
  const [row] = await database.query<KnownAddress>(
    `SELECT
       (SELECT address FROM emergency_addresses WHERE agent_id = $1 AND network = $2) AS confirmed,
       (SELECT address FROM emergency_addresses WHERE agent_id = $1
        ORDER BY confirmed_at DESC, network LIMIT 1) AS latest`,
    [agentId, network],
  );
  return row ?? { confirmed: null, latest: null };
};

export const saveNetwork = async (
  database: Queryable,
  agentId: string,
  network: string | null,
  at: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO emergency_networks (agent_id, network, at) VALUES ($1, $2, $3)
     ON CONFLICT (agent_id) DO UPDATE SET network = excluded.network, at = excluded.at`,
    [agentId, network, at],
  );
};

export const saveAddress = async (
  database: Queryable,
  agentId: string,
  { network, address }: { readonly network: string; readonly address: PlaceAddress },
  at: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO emergency_addresses (agent_id, network, address, confirmed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (agent_id, network)
     DO UPDATE SET address = excluded.address, confirmed_at = excluded.confirmed_at`,
    [agentId, network, JSON.stringify(address), at],
  );
};

/** Addresses that nobody has confirmed for so long are of no use, and are nobody's business. */
export const forgetAddresses = async (database: Queryable, before: number): Promise<void> => {
  await database.query('DELETE FROM emergency_addresses WHERE confirmed_at < $1', [before]);
};

/** The address as it is known at this moment goes with the call; false: it was kept before. */
export const insertCall = async (
  transaction: Transaction,
  call: {
    readonly callKey: string;
    readonly agentId: string;
    readonly number: string;
    readonly at: number;
  },
): Promise<boolean> => {
  const rows = await transaction.query(
    `INSERT INTO emergency_calls (call_key, agent_id, number, at, address, confirmed)
     SELECT $1, $2, $3, $4, coalesce(here.address, latest.address), here.address IS NOT NULL
     FROM (SELECT 1) AS one
       LEFT JOIN LATERAL (
         SELECT a.address FROM emergency_addresses a
         JOIN emergency_networks n ON n.agent_id = a.agent_id AND n.network = a.network
         WHERE a.agent_id = $2
       ) AS here ON true
       LEFT JOIN LATERAL (
         SELECT a.address FROM emergency_addresses a WHERE a.agent_id = $2
         ORDER BY a.confirmed_at DESC, a.network LIMIT 1
       ) AS latest ON true
     ON CONFLICT (call_key) DO NOTHING RETURNING call_key`,
    [call.callKey, call.agentId, call.number, call.at],
  );
  return rows.length > 0;
};

const callColumns = `e.call_key AS "callKey", e.number, e.at::float8 AS at, e.address,
  e.confirmed AS "isConfirmed",
  jsonb_build_object('id', a.id, 'name', a.name, 'extension', a.extension) AS agent`;

export const readCall = async (
  database: Queryable,
  callKey: string,
): Promise<EmergencyCall | null> => {
  const [call] = await database.query<EmergencyCall>(
    `SELECT ${callColumns} FROM emergency_calls e JOIN users a ON a.id = e.agent_id
     WHERE e.call_key = $1`,
    [callKey],
  );
  return call ?? null;
};

/** Of agents whom this user supervises, since then, the first first. */
export const listCallsFor = (
  database: Queryable,
  userId: string,
  since: number,
): Promise<readonly EmergencyCall[]> =>
  database.query<EmergencyCall>(
    `SELECT ${callColumns} FROM emergency_calls e
       JOIN users a ON a.id = e.agent_id JOIN users s ON s.id = $1
     WHERE e.at >= $2 AND s.id <> a.id AND (s.role = 'administrator'
       OR (s.role = 'supervisor' AND (s.team IS NULL OR s.team = a.team)))
     ORDER BY e.at, e.call_key`,
    [userId, since],
  );
