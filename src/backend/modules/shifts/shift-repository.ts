import type { Imported } from '../../../shared/api/shifts.ts';
import type { ReasonUse, ActivityKind } from '../../../shared/domain/schedule/activity.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import type { Bounds } from './recurrence.ts';
import type { EntryChange, ScheduleEntry, Target } from './schedule-entry.ts';

export type KeptEntry = ScheduleEntry & {
  readonly id: string;
  /** The agent's own, or of the agent's team. */
  readonly own: boolean;
};

type EntryRow = Omit<ScheduleEntry, 'zone' | 'changes'> & {
  readonly id: string;
  readonly own: boolean;
  readonly zone: string;
  readonly zoneDefinition: string | null;
  readonly changes: readonly {
    readonly original_local: string;
    readonly kind: ActivityKind | null;
    readonly label: string | null;
    readonly starts_local: string | null;
    readonly ends_local: string | null;
  }[];
};

const changeOf = (row: EntryRow['changes'][number]): EntryChange => {
  const { kind, label, starts_local: startsLocal, ends_local: endsLocal } = row;
  const isMoved = kind !== null && label !== null && startsLocal !== null && endsLocal !== null;
  return {
    originalLocal: row.original_local,
    moved: isMoved ? { kind, label, startsLocal, endsLocal } : null,
  };
};

/** Entries that may have an occurrence between two instants, of an agent and of the agent's team. */
export const listEntries = async (
  database: Queryable,
  agentId: string,
  from: number,
  to: number,
): Promise<readonly KeptEntry[]> => {
  const rows = await database.query<EntryRow>(
    `SELECT e.id, e.agent_id IS NOT NULL AS own, e.uid, e.kind, e.label, e.zone,
       e.zone_definition AS "zoneDefinition", e.starts_local AS "startsLocal",
       e.ends_local AS "endsLocal", e.rule,
       coalesce((SELECT jsonb_agg(to_jsonb(c) ORDER BY c.original_local) FROM shift_changes c
         WHERE c.entry_id = e.id), '[]') AS changes
     FROM shift_entries e
     WHERE (e.agent_id = $1 OR e.team = (SELECT team FROM users WHERE id = $1))
       AND e.since < $3 AND coalesce(e.until, $2) >= $2
     ORDER BY e.since, e.id`,
    [agentId, from, to],
  );
  return rows.map(({ zone, zoneDefinition, changes, ...row }) => ({
    ...row,
    zone: { name: zone, definition: zoneDefinition },
    changes: changes.map(changeOf),
  }));
};

export const hasEntries = async (database: Queryable, agentId: string): Promise<boolean> =>
  (
    await database.query(
      `SELECT FROM shift_entries
       WHERE agent_id = $1 OR team = (SELECT team FROM users WHERE id = $1) LIMIT 1`,
      [agentId],
    )
  ).length > 0;

/** Also of reasons that nobody can give any more: what was lived is judged by them. */
export const listReasonUses = (database: Queryable): Promise<readonly ReasonUse[]> =>
  database.query<ReasonUse>('SELECT code, fits FROM not_ready_reasons ORDER BY position, code');

const importColumns = `i.id, i.name, i.format, i.imported_at AS "importedAt",
  u.username AS "importedBy",
  (SELECT count(*) FROM shift_entries e WHERE e.import_id = i.id) AS entries`;

export const listImports = (database: Queryable): Promise<readonly Imported[]> =>
  database.query<Imported>(
    `SELECT ${importColumns} FROM shift_imports i LEFT JOIN users u ON u.id = i.imported_by
     ORDER BY i.imported_at DESC, i.id`,
  );

export const findImport = async (
  database: Queryable,
  by: { readonly id: string } | { readonly digest: string },
): Promise<Imported | null> => {
  const [condition, value] = 'id' in by ? ['i.id::text = $1', by.id] : ['i.digest = $1', by.digest];
  const [row] = await database.query<Imported>(
    `SELECT ${importColumns} FROM shift_imports i LEFT JOIN users u ON u.id = i.imported_by
     WHERE ${condition}`,
    [value],
  );
  return row ?? null;
};

/** False: there is no such import. Its entries go with it. */
export const deleteImport = async (database: Queryable, importId: string): Promise<boolean> =>
  (await database.query('DELETE FROM shift_imports WHERE id::text = $1 RETURNING id', [importId]))
    .length > 0;

export const insertImport = async (
  transaction: Transaction,
  given: {
    readonly id: string;
    readonly name: string;
    readonly format: Imported['format'];
    readonly digest: string;
    readonly importedAt: number;
    readonly importedBy: string | null;
  },
): Promise<boolean> =>
  (
    await transaction.query(
      `INSERT INTO shift_imports (id, name, format, digest, imported_at, imported_by)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (digest) DO NOTHING RETURNING id`,
      [given.id, given.name, given.format, given.digest, given.importedAt, given.importedBy],
    )
  ).length > 0;

export type NewEntry = {
  readonly id: string;
  readonly target: Target;
  readonly entry: ScheduleEntry;
  readonly bounds: Bounds;
};

/** An entry that is there already under its uid is replaced, with its changes. */
export const insertEntries = async (
  transaction: Transaction,
  importId: string,
  entries: readonly NewEntry[],
): Promise<void> => {
  const rows = entries.map(({ id, target, entry, bounds }) => ({
    id,
    agent_id: target.kind === 'agent' ? target.agentId : null,
    team: target.kind === 'team' ? target.team : null,
    uid: entry.uid,
    kind: entry.kind,
    label: entry.label,
    zone: entry.zone.name,
    zone_definition: entry.zone.definition,
    starts_local: entry.startsLocal,
    ends_local: entry.endsLocal,
    rule: entry.rule,
    since: bounds.since,
    until: bounds.until,
  }));
  const given = JSON.stringify(rows);
  await transaction.query(
    `DELETE FROM shift_entries e
     USING jsonb_to_recordset($1) AS g (agent_id uuid, team text, uid text)
     WHERE e.uid = g.uid AND e.agent_id IS NOT DISTINCT FROM g.agent_id
       AND e.team IS NOT DISTINCT FROM g.team`,
    [given],
  );
  await transaction.query(
    `INSERT INTO shift_entries (id, import_id, agent_id, team, uid, kind, label, zone,
       zone_definition, starts_local, ends_local, rule, since, until)
     SELECT g.id, $2, g.agent_id, g.team, g.uid, g.kind, g.label, g.zone, g.zone_definition,
       g.starts_local, g.ends_local, g.rule, g.since, g.until
     FROM jsonb_to_recordset($1) AS g (id uuid, agent_id uuid, team text, uid text, kind text,
       label text, zone text, zone_definition text, starts_local text, ends_local text, rule text,
       since bigint, until bigint)`,
    [given, importId],
  );
  const changes = entries.flatMap(({ id, entry }) =>
    entry.changes.map(({ originalLocal, moved }) => ({
      entry_id: id,
      original_local: originalLocal,
      kind: moved?.kind ?? null,
      label: moved?.label ?? null,
      starts_local: moved?.startsLocal ?? null,
      ends_local: moved?.endsLocal ?? null,
    })),
  );
  if (changes.length === 0) return;
  await transaction.query(
    `INSERT INTO shift_changes (entry_id, original_local, kind, label, starts_local, ends_local)
     SELECT g.entry_id, g.original_local, g.kind, g.label, g.starts_local, g.ends_local
     FROM jsonb_to_recordset($1) AS g (entry_id uuid, original_local text, kind text, label text,
       starts_local text, ends_local text)`,
    [JSON.stringify(changes)],
  );
};

export type Names = {
  readonly agents: ReadonlyMap<string, string>;
  readonly teams: ReadonlySet<string>;
};

/** Whom a schedule can be for: user names with their ids, and teams. */
export const readNames = async (database: Queryable): Promise<Names> => {
  const agents = await database.query<{ readonly username: string; readonly id: string }>(
    'SELECT username, id FROM users',
  );
  const teams = await database.query<{ readonly name: string }>('SELECT name FROM teams');
  return {
    agents: new Map(agents.map(({ username, id }) => [username, id])),
    teams: new Set(teams.map(({ name }) => name)),
  };
};

/** Whose desk shows entries of an import. */
export const agentsOfImport = async (
  database: Queryable,
  importId: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>(
      `SELECT DISTINCT u.id FROM shift_entries e
       JOIN users u ON u.id = e.agent_id OR u.team = e.team WHERE e.import_id = $1`,
      [importId],
    )
  ).map(({ id }) => id);
