import type { DeedKind } from '../../../shared/domain/deed/deed.ts';
import { releasedGate, type Gate } from '../../../shared/domain/deed/gate.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

type GateRow = {
  readonly failures: number;
  readonly closedUntil: number;
  readonly held: readonly DeedKind[];
  readonly heldRevision: number;
  readonly revision: number;
  readonly isEnabled: boolean;
};

export type LockedGate = {
  readonly gate: Gate;
  /** Of the connection. */
  readonly revision: number;
  readonly isEnabled: boolean;
};

const select = `SELECT g.failures, g.closed_until AS "closedUntil", g.held, g.held_revision AS "heldRevision",
    c.revision, c.is_enabled AS "isEnabled"
  FROM deed_gates g JOIN connections c ON c.id = g.connection_id WHERE g.connection_id = $1`;

/** What was held was held for the connection as it was then. */
const locked = ({ heldRevision, revision, isEnabled, ...gate }: GateRow): LockedGate => {
  const isChanged = gate.held.length > 0 && heldRevision !== revision;
  return { gate: isChanged ? releasedGate : gate, revision, isEnabled };
};

/** Held until the transaction ends, before any deed of the connection; null: there is no such connection. */
export const lockGate = async (
  transaction: Transaction,
  connectionId: string,
): Promise<LockedGate | null> => {
  const known = await transaction.query<GateRow>(`${select} FOR UPDATE OF g`, [connectionId]);
  if (known[0] !== undefined) return locked(known[0]);
  await transaction.query(
    `INSERT INTO deed_gates (connection_id) SELECT id FROM connections WHERE id = $1
     ON CONFLICT (connection_id) DO NOTHING`,
    [connectionId],
  );
  const [made] = await transaction.query<GateRow>(`${select} FOR UPDATE OF g`, [connectionId]);
  return made === undefined ? null : locked(made);
};

export const readGate = async (
  database: Queryable,
  connectionId: string,
): Promise<LockedGate | null> => {
  const [row] = await database.query<GateRow>(select, [connectionId]);
  return row === undefined ? null : locked(row);
};

export const saveGate = async (
  transaction: Transaction,
  connectionId: string,
  { failures, closedUntil, held }: Gate,
  revision: number,
): Promise<void> => {
  await transaction.query(
    `UPDATE deed_gates SET failures = $2, closed_until = $3, held = $4, held_revision = $5 WHERE connection_id = $1`,
    [connectionId, failures, closedUntil, held, revision],
  );
};

/** Of all backends. */
export const countSending = async (
  transaction: Transaction,
  connectionId: string,
): Promise<number> => {
  const [row] = await transaction.query<{ readonly count: number }>(
    `SELECT count(*) AS count FROM deeds WHERE connection_id = $1 AND state = 'sending'`,
    [connectionId],
  );
  return row?.count ?? 0;
};
