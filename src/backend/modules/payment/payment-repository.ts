import type { PaymentHistory } from '../../../shared/api/payment.ts';
import type { PauseEnd, PaymentStep } from '../../../shared/domain/payment/payment-pause.ts';
import type { Queryable } from '../../database/database.ts';

export type PaymentPauseRow = {
  readonly id: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly step: PaymentStep;
  readonly beganAt: number;
  readonly limitAt: number;
  readonly endedAt: number | null;
  readonly endWhy: PauseEnd | null;
};

const columns = `id, contact_id AS "contactId", call_key AS "callKey", agent_id AS "agentId", step,
  began_at AS "beganAt", limit_at AS "limitAt", ended_at AS "endedAt", end_why AS "endWhy"`;

/** While there is any, nothing of the call may be recorded. */
export const findOpenPauses = (
  database: Queryable,
  callKey: string,
): Promise<readonly PaymentPauseRow[]> =>
  database.query<PaymentPauseRow>(
    `SELECT ${columns} FROM payment_pauses WHERE call_key = $1 AND ended_at IS NULL
     ORDER BY began_at, id`,
    [callKey],
  );

export const listOpenPauses = (database: Queryable): Promise<readonly PaymentPauseRow[]> =>
  database.query<PaymentPauseRow>(`SELECT ${columns} FROM payment_pauses WHERE ended_at IS NULL`);

export const findPause = async (
  database: Queryable,
  pauseId: string,
): Promise<PaymentPauseRow | null> => {
  const [row] = await database.query<PaymentPauseRow>(
    `SELECT ${columns} FROM payment_pauses WHERE id = $1`,
    [pauseId],
  );
  return row ?? null;
};

export type NewPause = Omit<PaymentPauseRow, 'contactId' | 'endedAt' | 'endWhy'>;

/** False: this agent has no part in such a call now. A pause that is there already stays as it is. */
export const insertPause = async (database: Queryable, pause: NewPause): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `WITH part AS (SELECT k.id FROM contacts k JOIN agent_calls c ON c.call_key = k.call_key
         WHERE k.call_key = $2 AND c.agent_id = $3 AND c.pbx_ended_at IS NULL),
       made AS (INSERT INTO payment_pauses (id, contact_id, call_key, agent_id, step, began_at, limit_at)
         SELECT $1, part.id, $2, $3, $4, $5, $6 FROM part ON CONFLICT DO NOTHING)
       SELECT id FROM part`,
      [pause.id, pause.callKey, pause.agentId, pause.step, pause.beganAt, pause.limitAt],
    )
  ).length > 0;

/** null: it is over. */
export const extendPause = async (
  database: Queryable,
  pauseId: string,
  limitAt: number,
): Promise<PaymentPauseRow | null> => {
  const [row] = await database.query<PaymentPauseRow>(
    `UPDATE payment_pauses SET limit_at = greatest(limit_at, $2)
     WHERE id = $1 AND ended_at IS NULL RETURNING ${columns}`,
    [pauseId, limitAt],
  );
  return row ?? null;
};

/** Ends what is still open of these; answers what was. */
export const endPauses = (
  database: Queryable,
  pauseIds: readonly string[],
  endedAt: number,
  why: PauseEnd,
): Promise<readonly PaymentPauseRow[]> =>
  database.query<PaymentPauseRow>(
    `UPDATE payment_pauses SET ended_at = greatest(began_at, $2), end_why = $3
     WHERE id = ANY($1) AND ended_at IS NULL RETURNING ${columns}`,
    [pauseIds, endedAt, why],
  );

export const findPaymentHistory = async (
  database: Queryable,
  contactId: string,
): Promise<PaymentHistory> => {
  const [pauses, gaps] = await Promise.all([
    database.query<PaymentHistory['pauses'][number]>(
      `SELECT p.id, p.step, u.name AS "agentName", p.began_at AS "beganAt", p.ended_at AS "endedAt",
         p.end_why AS "endWhy"
       FROM payment_pauses p JOIN users u ON u.id = p.agent_id WHERE p.contact_id = $1
       ORDER BY p.began_at, p.id`,
      [contactId],
    ),
    database.query<{
      readonly recordingId: string;
      readonly pausedAt: number;
      readonly resumedAt: number | null;
      readonly fromMs: number | null;
      readonly toMs: number | null;
      readonly samples: number | null;
      readonly notZero: number | null;
      readonly provenAt: number | null;
    }>(
      `SELECT r.id AS "recordingId", p.paused_at AS "pausedAt", p.resumed_at AS "resumedAt",
         s.from_ms AS "fromMs", s.to_ms AS "toMs", s.samples, s.not_zero AS "notZero",
         s.proven_at AS "provenAt"
       FROM recordings r JOIN recording_pauses p ON p.recording_id = r.id
         LEFT JOIN silence_proofs s ON s.recording_id = r.id AND s.paused_at = p.paused_at
       WHERE r.contact_id = $1 ORDER BY p.paused_at`,
      [contactId],
    ),
  ]);
  return {
    pauses: [...pauses],
    gaps: gaps.map(
      ({ recordingId, pausedAt, resumedAt, fromMs, toMs, samples, notZero, provenAt }) => ({
        recordingId,
        pausedAt,
        resumedAt,
        proof:
          fromMs === null ||
          toMs === null ||
          samples === null ||
          notZero === null ||
          provenAt === null
            ? null
            : { fromMs, toMs, samples, notZero, provenAt },
      }),
    ),
  };
};
