import { arrayText } from '../../database/array-text.ts';
import type { Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import type { LegProjection } from './leg-projection.ts';

export type SavedLeg = {
  readonly callId: string;
  readonly contactId: string;
  readonly agentId: string;
  /** It may have segments already. */
  readonly isKnown: boolean;
  readonly projection: LegProjection;
  /** What the rules of the queue had against its wrap-up. */
  readonly wrapUpFlaws: readonly string[];
};

type Column = readonly [name: string, type: string];

/** Where each part of a leg's fold is kept. */
const columns: Readonly<Record<Exclude<keyof LegProjection, 'segments'> | 'wrapUpFlaws', Column>> =
  {
    ringMs: ['ring_ms', 'bigint'],
    dialMs: ['dial_ms', 'bigint'],
    talkMs: ['talk_ms', 'bigint'],
    holdMs: ['hold_ms', 'bigint'],
    consultMs: ['consult_ms', 'bigint'],
    wrapUpMs: ['wrap_up_ms', 'bigint'],
    handleMs: ['handle_ms', 'bigint'],
    startedAt: ['started_at', 'bigint'],
    answeredAt: ['answered_at', 'bigint'],
    endedAt: ['ended_at', 'bigint'],
    finishedAt: ['finished_at', 'bigint'],
    outcome: ['outcome', 'text'],
    code: ['code', 'text'],
    furtherCodes: ['further_codes', 'text[]'],
    fields: ['fields', 'jsonb'],
    notes: ['notes', 'text'],
    wrappedUpAt: ['wrapped_up_at', 'bigint'],
    wrappedUpBy: ['wrapped_up_by', 'text'],
    correctedAt: ['corrected_at', 'bigint'],
    isConsult: ['is_consult', 'boolean'],
    isMailbox: ['is_mailbox', 'boolean'],
    queue: ['queue', 'text'],
    direction: ['direction', 'text'],
    wrapUpFlaws: ['wrap_up_flaws', 'text[]'],
  };

const names = Object.values(columns).map(([name]) => name);
const given = Object.entries(columns).map(([field, [, type]]) => `"${field}" ${type}`);
const read = Object.keys(columns).map((field) => `l."${field}"`);

const upsertLegs = `INSERT INTO legs (call_id, contact_id, agent_id, ${names.join(', ')})
  SELECT l."callId", l."contactId", l."agentId", ${read.join(', ')}
  FROM json_to_recordset($1)
    AS l ("callId" uuid, "contactId" uuid, "agentId" uuid, ${given.join(', ')})
  ORDER BY l."callId"
  ON CONFLICT (call_id) DO UPDATE
    SET (${names.join(', ')}) = ROW(${names.map((name) => `EXCLUDED.${name}`).join(', ')})
    WHERE legs.agent_id = EXCLUDED.agent_id
  RETURNING call_id AS "callId"`;

/** Writes the folds of these legs, new ones and known ones, and of their segments what differs. */
export const saveLegs = async (
  transaction: Transaction,
  legs: readonly SavedLeg[],
): Promise<void> => {
  if (legs.length === 0) return;
  const rows = legs.map(
    ({ projection: { segments: _segments, ...fold }, isKnown: _isKnown, ...leg }) => ({
      ...leg,
      ...fold,
    }),
  );
  const saved = await transaction.query(upsertLegs, [jsonRows(rows)]);
  if (saved.length < legs.length) throw new Error('two agents began the same call leg at once');
  const segments = legs.flatMap(({ callId, projection }) =>
    projection.segments.map((segment, index) => ({ callId, position: index + 1, ...segment })),
  );
  // A fact that came late may leave fewer.
  const known = legs.filter(({ isKnown }) => isKnown);
  await transaction.query(
    `WITH gone AS (
       DELETE FROM segments s USING unnest($6::uuid[], $7::int[]) AS l (call_id, length)
       WHERE s.call_id = l.call_id AND s.position > l.length)
     INSERT INTO segments (call_id, position, kind, started_at, ended_at)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::bigint[])
     ON CONFLICT (call_id, position) DO UPDATE
       SET (kind, started_at, ended_at) = ROW(EXCLUDED.kind, EXCLUDED.started_at, EXCLUDED.ended_at)
       WHERE (segments.kind, segments.started_at, segments.ended_at)
         IS DISTINCT FROM (EXCLUDED.kind, EXCLUDED.started_at, EXCLUDED.ended_at)`,
    [
      arrayText(segments.map(({ callId }) => callId)),
      arrayText(segments.map(({ position }) => position)),
      arrayText(segments.map(({ kind }) => kind)),
      arrayText(segments.map(({ startedAt }) => startedAt)),
      arrayText(segments.map(({ endedAt }) => endedAt)),
      arrayText(known.map(({ callId }) => callId)),
      arrayText(known.map(({ projection }) => projection.segments.length)),
    ],
  );
};
