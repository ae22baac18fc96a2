import type { SurveyKind, SurveyWay } from '../../../shared/domain/survey/survey.ts';
import type { Queryable } from '../../database/database.ts';
import type { QueueSurvey } from './survey-centre.ts';

export const findQueueSurvey = async (
  database: Queryable,
  queue: string | null,
): Promise<QueueSurvey | null> => {
  // Checked against its schema before it was stored.
  const [row] = await database.query<{ readonly survey: QueueSurvey | null }>(
    'SELECT survey FROM queues WHERE name = $1',
    [queue],
  );
  return row?.survey ?? null;
};

/** Which queues ask by keypad, by name. */
export const findSurveyQueues = async (
  database: Queryable,
): Promise<ReadonlyMap<string, boolean>> => {
  const rows = await database.query<{ readonly name: string; readonly asks: boolean }>(
    `SELECT name, coalesce(survey->>'way' = 'keypad', false) AS asks FROM queues`,
  );
  return new Map(rows.map(({ name, asks }) => [name, asks]));
};

type Customer = {
  readonly id: string;
  readonly customerId: string | null;
  readonly remoteNumber: string;
};

export type SurveyFacts = {
  /** When this customer, or this number, was asked last after another call. */
  readonly askedLastAt: number | null;
  readonly wasAsked: boolean;
  readonly offered: boolean | null;
  readonly customerLanguage: string | null;
};

export const findSurveyFacts = async (
  database: Queryable,
  contact: Customer,
): Promise<SurveyFacts> => {
  const [row] = await database.query<SurveyFacts>(
    `SELECT (SELECT max(s.asked_at) FROM survey_answers s JOIN contacts k ON k.id = s.contact_id
         WHERE s.contact_id <> $1 AND (k.customer_id = $2 OR ($3 <> '' AND k.remote_number = $3))) AS "askedLastAt",
       EXISTS (SELECT FROM survey_answers WHERE contact_id = $1) AS "wasAsked",
       (SELECT offered FROM survey_offers WHERE contact_id = $1) AS offered,
       (SELECT language FROM customers WHERE id = $2) AS "customerLanguage"`,
    [contact.id, contact.customerId, contact.remoteNumber],
  );
  return row ?? { askedLastAt: null, wasAsked: false, offered: null, customerLanguage: null };
};

export type SurveyBegun = {
  readonly contactId: string;
  readonly queue: string;
  readonly agentId: string | null;
  readonly way: SurveyWay;
  readonly kind: SurveyKind;
  readonly asksResolved: boolean;
  readonly why: 'share' | 'agent';
  readonly language: string;
  readonly wordingVersion: string;
  readonly at: number;
};

/** Answers whether it is new; of a contact there is one. */
export const beginSurvey = async (database: Queryable, begun: SurveyBegun): Promise<boolean> =>
  (
    await database.query<object>(
      `INSERT INTO survey_answers (contact_id, queue, agent_id, way, kind, asks_resolved, why, language, wording_version,
         asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        ...[begun.contactId, begun.queue, begun.agentId, begun.way, begun.kind, begun.asksResolved],
        ...[begun.why, begun.language, begun.wordingVersion, begun.at],
      ],
    )
  ).length > 0;

/** The customer was gone before anything was asked. */
export const forgetSurvey = async (database: Queryable, contactId: string): Promise<void> => {
  await database.query('DELETE FROM survey_answers WHERE contact_id = $1 AND answered_at IS NULL', [
    contactId,
  ]);
};

export type SurveyAnswer = {
  readonly contactId: string;
  readonly way: SurveyWay;
  readonly score: number | null;
  readonly resolved: boolean | null;
  readonly at: number;
};

/** What is answered already stays. Answers whether something of it was new. */
export const answerSurvey = async (
  database: Queryable,
  { contactId, way, score, resolved, at }: SurveyAnswer,
): Promise<boolean> =>
  (
    await database.query<object>(
      `UPDATE survey_answers SET score = coalesce(score, $3), resolved = coalesce(resolved, $4),
         answered_at = coalesce(answered_at, $5)
       WHERE contact_id = $1 AND way = $2
         AND ((score IS NULL AND $3::smallint IS NOT NULL) OR (resolved IS NULL AND $4::boolean IS NOT NULL))
       RETURNING 1`,
      [contactId, way, score, resolved, at],
    )
  ).length > 0;

export type SurveyRow = {
  readonly way: SurveyWay;
  readonly kind: SurveyKind;
  readonly asksResolved: boolean;
  readonly why: 'share' | 'agent';
  readonly agentId: string | null;
  readonly askedAt: number;
  readonly score: number | null;
  readonly resolved: boolean | null;
  readonly answeredAt: number | null;
};

export const findSurvey = async (
  database: Queryable,
  contactId: string,
): Promise<SurveyRow | null> => {
  const [row] = await database.query<SurveyRow>(
    `SELECT way, kind, asks_resolved AS "asksResolved", why, agent_id AS "agentId", asked_at AS "askedAt", score, resolved,
       answered_at AS "answeredAt" FROM survey_answers WHERE contact_id = $1`,
    [contactId],
  );
  return row ?? null;
};

export const saveOffer = async (
  database: Queryable,
  {
    contactId,
    agentId,
    offered,
    at,
  }: {
    readonly contactId: string;
    readonly agentId: string;
    readonly offered: boolean;
    readonly at: number;
  },
): Promise<void> => {
  await database.query(
    `INSERT INTO survey_offers (contact_id, agent_id, offered, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (contact_id) DO UPDATE SET agent_id = EXCLUDED.agent_id, offered = EXCLUDED.offered, at = EXCLUDED.at`,
    [contactId, agentId, offered, at],
  );
};

/** The queue whose call this agent had last in a contact; null: it came from none. */
export const findQueueOfLeg = async (
  database: Queryable,
  contactId: string,
  agentId: string | null,
): Promise<string | null> => {
  const [row] = await database.query<{ readonly queue: string | null }>(
    `SELECT coalesce((SELECT g.queue FROM legs g WHERE g.contact_id = k.id AND ($2::uuid IS NULL OR g.agent_id = $2)
         AND g.queue IS NOT NULL ORDER BY g.started_at DESC NULLS LAST LIMIT 1), k.queue) AS queue
     FROM contacts k WHERE k.id = $1`,
    [contactId, agentId],
  );
  return row?.queue ?? null;
};

/** Who answered last in a contact. */
export const findLastAgent = async (
  database: Queryable,
  contactId: string,
): Promise<string | null> => {
  const [row] = await database.query<{ readonly agentId: string }>(
    `SELECT agent_id AS "agentId" FROM legs WHERE contact_id = $1 AND answered_at IS NOT NULL AND NOT is_consult
     ORDER BY answered_at DESC LIMIT 1`,
    [contactId],
  );
  return row?.agentId ?? null;
};
