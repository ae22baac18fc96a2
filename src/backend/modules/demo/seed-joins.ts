import type { SupervisionMode } from '../../../shared/domain/supervision/join.ts';
import type { Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { addMode, endJoin, insertJoin } from '../supervision/join-repository.ts';

/** Some of the latest calls of the demo had a supervisor on them, so that the ledger has something to show. */

const seeds: readonly (readonly SupervisionMode[])[] = [
  ['listen'],
  ['listen', 'whisper', 'listen'],
  ['listen', 'barge'],
];
const stepMs = 25_000;

type Contact = {
  readonly id: string;
  readonly callKey: string;
  readonly queue: string | null;
  readonly agentId: string;
  readonly agentSees: 'always' | 'afterwards';
  readonly startedAt: number;
  readonly endedAt: number;
};

export const seedJoins = async (
  transaction: Transaction,
  supervisorId: string,
  mintId: MintId,
): Promise<void> => {
  const contacts = await transaction.query<Contact>(
    `SELECT k.id, k.call_key AS "callKey", k.queue, a.agent_id AS "agentId",
       k.started_at AS "startedAt", k.ended_at AS "endedAt",
       CASE WHEN u.team = 'south' THEN 'afterwards' ELSE 'always' END AS "agentSees"
     FROM contacts k JOIN contact_agents a ON a.contact_id = k.id JOIN users u ON u.id = a.agent_id
       JOIN users s ON s.id = $1
     WHERE k.ended_at - k.started_at > $2 AND (s.team IS NULL OR s.team = u.team)
     ORDER BY k.started_at DESC LIMIT $3`,
    [supervisorId, stepMs * 5, seeds.length],
  );
  for (const [index, modes] of seeds.entries()) {
    const contact = contacts[index];
    if (contact === undefined) return;
    const { id: contactId, agentId, startedAt, endedAt, ...call } = contact;
    const id = mintId();
    const at = startedAt + stepMs;
    await insertJoin(transaction, {
      ...{ id, supervisorId, contactId, agentIds: [agentId], covert: false, startedAt: at },
      ...call,
    });
    for (const [step, mode] of modes.entries()) {
      await addMode(transaction, id, mode, at + 400 + step * stepMs);
    }
    await endJoin(transaction, id, 'left', Math.min(endedAt, at + modes.length * stepMs));
  }
};
