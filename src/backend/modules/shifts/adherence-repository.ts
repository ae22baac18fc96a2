import type {
  AdherenceException,
  AskException,
  DecideException,
  ExceptionState,
  ShiftWork,
} from '../../../shared/api/shifts.ts';
import type { StateSpan } from '../../../shared/domain/schedule/adherence.ts';
import type { Queryable } from '../../database/database.ts';

/** What an agent was between two instants, from the state log. */
export const listStateSpans = (
  database: Queryable,
  agentId: string,
  from: number,
  to: number,
): Promise<readonly StateSpan[]> =>
  database.query<StateSpan>(
    `SELECT * FROM (
       SELECT state->>'state' AS state, state->>'reason' AS reason, greatest(at, $2) AS "startsAt",
         least(coalesce(lead(at) OVER (ORDER BY at, revision), $3), $3) AS "endsAt"
       FROM agent_state_log WHERE agent_id = $1 AND at < $3
         AND at >= coalesce((SELECT max(at) FROM agent_state_log WHERE agent_id = $1 AND at <= $2), $2)
     ) spans WHERE "endsAt" > "startsAt" ORDER BY "startsAt"`,
    [agentId, from, to],
  );

const columns = `x.id, x.agent_id AS "agentId", a.name AS "agentName", x.starts_at AS "startsAt",
  x.ends_at AS "endsAt", x.cause, x.note, x.state, x.asked_at AS "askedAt",
  x.decided_at AS "decidedAt", d.name AS "decidedBy", x.answer`;
const tables = `adherence_exceptions x JOIN users a ON a.id = x.agent_id
  LEFT JOIN users d ON d.id = x.decided_by`;

export const listExceptionsBetween = (
  database: Queryable,
  agentId: string,
  from: number,
  to: number,
): Promise<readonly AdherenceException[]> =>
  database.query<AdherenceException>(
    `SELECT ${columns} FROM ${tables}
     WHERE x.agent_id = $1 AND x.starts_at < $3 AND x.ends_at > $2 ORDER BY x.starts_at, x.id`,
    [agentId, from, to],
  );

/** Of the agents that may be acted on; `team` null: of everybody. Nobody's own. */
export const listExceptions = (
  database: Queryable,
  supervisorId: string,
  team: string | null,
  state: ExceptionState | null,
): Promise<readonly AdherenceException[]> =>
  database.query<AdherenceException>(
    `SELECT ${columns} FROM ${tables}
     WHERE x.agent_id <> $1 AND ($2::text IS NULL OR a.team = $2)
       AND ($3::text IS NULL OR x.state = $3)
     ORDER BY x.asked_at DESC, x.id LIMIT 500`,
    [supervisorId, team, state],
  );

export const findException = async (
  database: Queryable,
  exceptionId: string,
): Promise<AdherenceException | null> => {
  const [row] = await database.query<AdherenceException>(
    `SELECT ${columns} FROM ${tables} WHERE x.id = $1`,
    [exceptionId],
  );
  return row ?? null;
};

/** The same stretch asked for again takes the newer words while nobody decided. The id of the one that stands. */
export const saveException = async (
  database: Queryable,
  given: AskException & { readonly id: string; readonly agentId: string; readonly askedAt: number },
): Promise<string> => {
  const [row] = await database.query<{ readonly id: string }>(
    `INSERT INTO adherence_exceptions (id, agent_id, starts_at, ends_at, cause, note, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (agent_id, starts_at, ends_at) DO UPDATE SET
       (cause, note) = ROW (
         CASE WHEN adherence_exceptions.state = 'pending' THEN excluded.cause ELSE adherence_exceptions.cause END,
         CASE WHEN adherence_exceptions.state = 'pending' THEN excluded.note ELSE adherence_exceptions.note END)
     RETURNING id`,
    [given.id, given.agentId, given.startsAt, given.endsAt, given.cause, given.note, given.askedAt],
  );
  return row?.id ?? given.id;
};

export const decideException = async (
  database: Queryable,
  exceptionId: string,
  decision: DecideException & { readonly decidedBy: string; readonly decidedAt: number },
): Promise<void> => {
  await database.query(
    `UPDATE adherence_exceptions SET state = $2, answer = $3, decided_by = $4, decided_at = $5
     WHERE id = $1`,
    [exceptionId, decision.state, decision.note ?? '', decision.decidedBy, decision.decidedAt],
  );
};

/** Calls between two instants, by when their wrap-up ended, and what is owed now. */
export const readWork = async (
  database: Queryable,
  agentId: string,
  from: number,
  to: number,
): Promise<Pick<ShiftWork, 'contacts' | 'handleMs' | 'owed'>> => {
  const [row] = await database.query<Pick<ShiftWork, 'contacts' | 'handleMs' | 'owed'>>(
    `SELECT count(*) AS contacts, coalesce(sum(handle_ms), 0)::bigint AS "handleMs",
       coalesce((SELECT jsonb_array_length(standing->'wrapUps') FROM agent_standings
         WHERE agent_id = $1), 0) AS owed
     FROM legs WHERE agent_id = $1 AND finished_at >= $2 AND finished_at < $3
       AND answered_at IS NOT NULL AND NOT is_consult AND NOT is_mailbox`,
    [agentId, from, to],
  );
  return row ?? { contacts: 0, handleMs: 0, owed: 0 };
};

export type PlannedAgent = {
  readonly id: string;
  readonly name: string;
  readonly team: string | null;
};

/** Who has a schedule, own or the team's; `team` null: of every team. */
export const listPlannedAgents = (
  database: Queryable,
  team: string | null,
): Promise<readonly PlannedAgent[]> =>
  database.query<PlannedAgent>(
    `SELECT u.id, u.name, u.team FROM users u
     WHERE u.active AND ($1::text IS NULL OR u.team = $1)
       AND EXISTS (SELECT FROM shift_entries e WHERE e.agent_id = u.id OR e.team = u.team)
     ORDER BY u.name, u.id`,
    [team],
  );
