import type { VerificationAttempt, VerificationPressedFact } from '../../../shared/api/guidance.ts';
import {
  foldAttempt,
  type VerificationPolicy,
} from '../../../shared/domain/verification/verification.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { findItems, hasPart } from './guidance-repository.ts';

/** Attempts to verify a customer, as their facts come to. */

const dayMs = 86_400_000;
const dayAgo = `((extract(epoch FROM now()) * 1000)::bigint - ${String(dayMs)})`;

const attemptJson = (here: string): string =>
  `json_build_object('id', v.id, 'policy', v.policy, 'version', v.version, 'customerId', v.customer_id,
     'outcome', v.outcome, 'beganAt', v.began_at, 'decidedAt', v.decided_at, 'answers', v.answers,
     'takenBack', v.taken_back, 'by', json_build_object('id', vu.id, 'name', vu.name), 'here', ${here})`;

const attempts = 'verification_attempts v JOIN users vu ON vu.id = v.agent_id';

/** What is known of the verification of a customer beside contact `except`, for the one round trip of a record. */
export const verificationsOf = (customerId: string, except: string): string =>
  `(SELECT json_build_object(
     'failed', (SELECT CASE WHEN count(*) > 0 THEN json_build_object('count', count(*),
         'lastAt', max(v.decided_at), 'flagged', count(*) >= min(v.flag_after)) END
       FROM ${attempts} WHERE v.customer_id = ${customerId} AND v.outcome = 'failed'
         AND v.decided_at > ${dayAgo} AND ${hasPart('v')}),
     'lately', (SELECT json_agg(${attemptJson('false')} ORDER BY v.decided_at) FROM ${attempts}
       WHERE v.customer_id = ${customerId} AND v.outcome = 'verified' AND v.decided_at > ${dayAgo}
         AND ${hasPart('v')} AND v.call_key IS DISTINCT FROM
           (SELECT call_key FROM contacts WHERE id = ${except}))))`;

/** The attempts of a contact, in the order of time. */
export const findAttempts = async (
  database: Queryable,
  contactId: string,
): Promise<readonly VerificationAttempt[]> =>
  (
    await database.query<{ readonly attempt: VerificationAttempt }>(
      `SELECT ${attemptJson('true')} AS attempt FROM contacts k
         JOIN verification_attempts v ON v.call_key = k.call_key JOIN users vu ON vu.id = v.agent_id
       WHERE k.id = $1 AND ${hasPart('v')} ORDER BY v.began_at, v.id`,
      [contactId],
    )
  ).map(({ attempt }) => attempt);

type PolicyContent = Omit<VerificationPolicy, 'code' | 'version'>;

const factsOf = async (
  transaction: Transaction,
  agentId: string,
  attempt: string,
): Promise<readonly VerificationPressedFact[]> => {
  const rows = await transaction.query<{ readonly fact: string }>(
    'SELECT fact FROM guidance_facts WHERE attempt = $1 AND agent_id = $2 ORDER BY at, id',
    [attempt, agentId],
  );
  // Checked against its schema before it was stored.
  return rows.map(({ fact }) => JSON.parse(fact) as VerificationPressedFact);
};

const failedOf = async (transaction: Transaction, customerId: string): Promise<number> => {
  const [row] = await transaction.query<{ readonly failed: number }>(
    `SELECT count(*)::integer AS failed FROM verification_attempts v
     WHERE v.customer_id = $1 AND v.outcome = 'failed' AND v.decided_at > ${dayAgo} AND ${hasPart('v')}`,
    [customerId],
  );
  return row?.failed ?? 0;
};

/** Folds an attempt anew from all of its facts; one that made its customer suspicious is in the audit log. */
export const saveAttempt = async (
  transaction: Transaction,
  agentId: string,
  attempt: string,
): Promise<void> => {
  const all = await factsOf(transaction, agentId, attempt);
  const [first] = all;
  if (first === undefined) return;
  const { policy: code, version, customerId, callKey } = first;
  const [item] = await findItems<PolicyContent>(transaction, 'verification', [{ code, version }]);
  // Of a policy that this database never had nothing can be said.
  if (item === undefined) return;
  // One attempt is at one customer in one call by one policy; what says otherwise belongs to none.
  const own = all.filter(
    (fact) =>
      fact.customerId === customerId &&
      fact.callKey === callKey &&
      fact.policy === code &&
      fact.version === version,
  );
  const folded = foldAttempt(item.content, own);
  if (folded === null) return;
  const [before] = await transaction.query<{ readonly outcome: string }>(
    'SELECT outcome FROM verification_attempts WHERE id = $1 FOR UPDATE',
    [attempt],
  );
  const [saved] = await transaction.query<{ readonly customerId: string | null }>(
    `INSERT INTO verification_attempts AS v (id, agent_id, call_key, customer_id, policy, version, flag_after,
       outcome, began_at, decided_at, answers, taken_back)
     VALUES ($1, $2, $3, (SELECT id FROM customers WHERE id = $4), $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, began_at = excluded.began_at,
       decided_at = excluded.decided_at, answers = excluded.answers, taken_back = excluded.taken_back
       WHERE v.agent_id = excluded.agent_id
     RETURNING customer_id AS "customerId"`,
    [
      ...[attempt, agentId, callKey, customerId, code, version, item.content.flagAfter],
      ...[folded.outcome, folded.beganAt, folded.decidedAt],
      ...[JSON.stringify(folded.answers), folded.takenBack],
    ],
  );
  const known = saved?.customerId ?? null;
  const isNewlyFailed = folded.outcome === 'failed' && before?.outcome !== 'failed';
  if (!isNewlyFailed || known === null) return;
  const failed = await failedOf(transaction, known);
  if (failed < item.content.flagAfter) return;
  await appendAudit(transaction, {
    ...{ at: folded.decidedAt ?? first.at, actor: agentId, action: 'customer_flagged' },
    subject: null,
    details: { customerId: known, callKey, attempt, failed },
  });
};
