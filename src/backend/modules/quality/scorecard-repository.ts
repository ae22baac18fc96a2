import type { QualityForm, QualityList, Scorecard } from '../../../shared/api/quality.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

const personOf = (table: string): string =>
  `json_build_object('id', ${table}.id, 'name', ${table}.name)`;

const cardColumns = `s.id, s.contact_id AS "contactId", ${personOf('a')} AS agent,
  ${personOf('w')} AS scorer, s.purpose, s.form, s.version, s.answers, s.percent, s.remark,
  s.scored_at AS "scoredAt", s.acknowledged_at AS "acknowledgedAt", s.reply`;
const cardTables = `scorecards s JOIN users a ON a.id = s.agent_id JOIN users w ON w.id = s.scorer`;

type Person = { readonly id: string; readonly name: string };

/** Those who spoke with the customer. */
export const findSpeakers = (database: Queryable, contactId: string): Promise<readonly Person[]> =>
  database.query<Person>(
    `SELECT DISTINCT u.id, u.name FROM legs g JOIN users u ON u.id = g.agent_id
     WHERE g.contact_id = $1 AND g.answered_at IS NOT NULL AND NOT g.is_consult
       AND NOT g.is_mailbox
     ORDER BY u.name, u.id`,
    [contactId],
  );

export const findCards = (database: Queryable, contactId: string): Promise<readonly Scorecard[]> =>
  database.query<Scorecard>(
    `SELECT ${cardColumns} FROM ${cardTables} WHERE s.contact_id = $1
     ORDER BY s.purpose DESC, s.scored_at, s.id`,
    [contactId],
  );

export const findCard = async (database: Queryable, cardId: string): Promise<Scorecard | null> => {
  const [row] = await database.query<Scorecard>(
    `SELECT ${cardColumns} FROM ${cardTables} WHERE s.id = $1`,
    [cardId],
  );
  return row ?? null;
};

/** The same, and nobody changes it before the transaction ends. */
export const lockCardsOf = (
  transaction: Transaction,
  contactId: string,
  agentId: string,
): Promise<readonly Pick<Scorecard, 'id' | 'purpose' | 'acknowledgedAt' | 'version' | 'form'>[]> =>
  transaction.query(
    `SELECT id, purpose, acknowledged_at AS "acknowledgedAt", form, version FROM scorecards
     WHERE contact_id = $1 AND agent_id = $2 FOR UPDATE`,
    [contactId, agentId],
  );

export type NewCard = Omit<Scorecard, 'agent' | 'scorer' | 'acknowledgedAt' | 'reply'> & {
  readonly agentId: string;
  readonly scorer: string;
};

/** Answers false when somebody else's review was there first. */
export const putCard = async (transaction: Transaction, card: NewCard): Promise<boolean> => {
  const rows = await transaction.query(
    `INSERT INTO scorecards (id, contact_id, agent_id, scorer, purpose, form, version, answers,
       percent, remark, scored_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT ${
       card.purpose === 'review'
         ? `(contact_id, agent_id) WHERE purpose = 'review'`
         : `(contact_id, agent_id, scorer) WHERE purpose = 'calibration'`
     } DO UPDATE SET form = excluded.form, version = excluded.version,
       answers = excluded.answers, percent = excluded.percent, remark = excluded.remark,
       scored_at = excluded.scored_at
     WHERE scorecards.scorer = excluded.scorer AND scorecards.acknowledged_at IS NULL
     RETURNING id`,
    [
      ...[card.id, card.contactId, card.agentId, card.scorer, card.purpose, card.form],
      ...[card.version, JSON.stringify(card.answers), card.percent, card.remark, card.scoredAt],
    ],
  );
  return rows.length > 0;
};

/** Answers false when the agent had said all there is to say. */
export const acknowledgeCard = async (
  transaction: Transaction,
  cardId: string,
  at: number,
  reply: string,
): Promise<boolean> =>
  (
    await transaction.query(
      `UPDATE scorecards SET acknowledged_at = coalesce(acknowledged_at, $2), reply = $3
       WHERE id = $1 AND (acknowledged_at IS NULL OR (reply = '' AND $3 <> '')) RETURNING id`,
      [cardId, at, reply],
    )
  ).length > 0;

export const findForms = (
  database: Queryable,
  versions: readonly Pick<Scorecard, 'form' | 'version'>[],
): Promise<readonly QualityForm[]> =>
  database.query<QualityForm>(
    `SELECT f.code, f.version, f.form->'label' AS label, f.form->'queues' AS queues,
       f.form->'criteria' AS criteria
     FROM quality_forms f JOIN unnest($1::text[], $2::integer[]) AS wanted (code, version)
       ON wanted.code = f.code AND wanted.version = f.version
     GROUP BY f.code, f.version ORDER BY f.position, f.code, f.version`,
    [versions.map(({ form }) => form), versions.map(({ version }) => version)],
  );

const whoColumn = `coalesce(c.name, nullif(k.remote_name, ''), k.remote_number) AS who`;
const contactColumns = `k.id AS "contactId", ${personOf('a')} AS agent, ${whoColumn}, k.queue,
  k.direction, k.started_at AS "startedAt"`;
/** `me` may act on `a`: the same as `maySupervise`. */
const isSupervised = `a.id <> me.id
  AND (me.role = 'administrator' OR (me.role = 'supervisor' AND (me.team IS NULL OR me.team = a.team)))`;

/** The latest reviews: an agent's own, and of those whom the user supervises. */
export const listReviews = (
  database: Queryable,
  userId: string,
  limit: number,
): Promise<QualityList['cards']> =>
  database.query<QualityList['cards'][number]>(
    `SELECT s.id, ${contactColumns}, f.form->'label' AS form, s.percent,
       ${personOf('w')} AS scorer, s.scored_at AS "scoredAt",
       s.acknowledged_at AS "acknowledgedAt", s.reply
     FROM ${cardTables} JOIN contacts k ON k.id = s.contact_id
       LEFT JOIN customers c ON c.id = k.customer_id
       JOIN quality_forms f ON f.code = s.form AND f.version = s.version
       JOIN users me ON me.id = $1
     WHERE s.purpose = 'review' AND (s.agent_id = me.id OR ${isSupervised})
     ORDER BY s.scored_at DESC, s.id LIMIT $2`,
    [userId, limit],
  );

/** The latest recorded contacts that nobody reviewed, of those whom the user supervises. */
export const listUnscored = (
  database: Queryable,
  userId: string,
  limit: number,
): Promise<QualityList['unscored']> =>
  database.query<QualityList['unscored'][number]>(
    `SELECT ${contactColumns}
     FROM contacts k JOIN recordings r ON r.contact_id = k.id AND r.state = 'stopped'
       JOIN users a ON a.id = r.agent_id
       LEFT JOIN customers c ON c.id = k.customer_id
       JOIN users me ON me.id = $1
     WHERE k.ended_at IS NOT NULL AND ${isSupervised} AND NOT EXISTS (SELECT FROM scorecards s
       WHERE s.contact_id = k.id AND s.agent_id = a.id AND s.purpose = 'review')
     GROUP BY k.id, a.id, c.name ORDER BY k.started_at DESC, k.id LIMIT $2`,
    [userId, limit],
  );
