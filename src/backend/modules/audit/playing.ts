import type { Database } from '../../database/database.ts';
import { appendAudit } from './audit-log.ts';

/** A player asks for one part after the other: within this time that is one listening. */
const oneListeningMs = 600_000;

export type Playing = {
  readonly at: number;
  readonly userId: string;
  readonly contactId: string;
  readonly recordingId: string;
  /** Whose call it is. */
  readonly agentId: string;
};

/** Notes who plays what; to be done before the first byte leaves. */
export const auditPlaying = (
  database: Pick<Database, 'transaction'>,
  { at, userId, contactId, recordingId, agentId }: Playing,
): Promise<void> =>
  database.transaction(async (transaction) => {
    const [known] = await transaction.query<object>(
      `SELECT 1 FROM audit_log WHERE actor = $1 AND at > $2 AND action = 'recording_played'
         AND details->>'recordingId' = $3 LIMIT 1`,
      [userId, at - oneListeningMs, recordingId],
    );
    if (known !== undefined) return;
    await appendAudit(transaction, {
      at,
      actor: userId,
      action: 'recording_played',
      subject: agentId,
      details: { contactId, recordingId },
    });
  });
