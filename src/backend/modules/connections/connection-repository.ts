import type { FailureKind } from '../../connectors/failure.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

export type ConnectionRow = {
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  /** JSON. */
  readonly settings: string;
  readonly secrets: Buffer | null;
  readonly tokens: Buffer | null;
  /** JSON. */
  readonly facts: string;
  readonly account: string;
  readonly isEnabled: boolean;
  readonly logsCalls: boolean;
  /** JSON. */
  readonly dispositions: string;
  readonly position: number;
  readonly revision: number;
  readonly okAt: number | null;
  readonly failedAt: number | null;
  readonly failure: FailureKind | null;
  readonly failureText: string | null;
};

const columns = `id, connector, name, settings, secrets, tokens, facts, account,
  is_enabled AS "isEnabled", logs_calls AS "logsCalls", dispositions, position, revision,
  ok_at AS "okAt", failed_at AS "failedAt", failure, failure_text AS "failureText"`;

export const listConnections = (database: Queryable): Promise<readonly ConnectionRow[]> =>
  database.query<ConnectionRow>(`SELECT ${columns} FROM connections ORDER BY position, id`);

export const findConnection = async (
  database: Queryable,
  connectionId: string,
): Promise<ConnectionRow | null> =>
  (
    await database.query<ConnectionRow>(`SELECT ${columns} FROM connections WHERE id = $1`, [
      connectionId,
    ])
  )[0] ?? null;

/** Held until the transaction ends: whoever else wants new tokens waits for these. */
export const lockConnection = async (
  transaction: Transaction,
  connectionId: string,
): Promise<ConnectionRow | null> =>
  (
    await transaction.query<ConnectionRow>(
      `SELECT ${columns} FROM connections WHERE id = $1 FOR UPDATE`,
      [connectionId],
    )
  )[0] ?? null;

export type WrittenConnection = Pick<
  ConnectionRow,
  'id' | 'connector' | 'name' | 'settings' | 'secrets' | 'isEnabled' | 'logsCalls' | 'dispositions'
>;

export const insertConnection = async (
  transaction: Transaction,
  row: WrittenConnection,
  at: number,
): Promise<void> => {
  await transaction.query(
    `INSERT INTO connections (id, connector, name, settings, secrets, is_enabled, logs_calls,
       dispositions, changed_at, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
       (SELECT coalesce(max(position), 0) + 1 FROM connections))`,
    [
      row.id,
      row.connector,
      row.name,
      row.settings,
      row.secrets,
      row.isEnabled,
      row.logsCalls,
      row.dispositions,
      at,
    ],
  );
};

/** `isOther`: it is another account now, whose tokens and health nobody knows. */
export const updateConnection = async (
  transaction: Transaction,
  row: WrittenConnection,
  isOther: boolean,
  at: number,
): Promise<void> => {
  await transaction.query(
    `UPDATE connections SET name = $2, settings = $3, secrets = $4, is_enabled = $5,
       logs_calls = $6, dispositions = $7, changed_at = $8, revision = revision + 1,
       tokens = CASE WHEN $9 THEN NULL ELSE tokens END,
       facts = CASE WHEN $9 THEN '{}' ELSE facts END,
       account = CASE WHEN $9 THEN '' ELSE account END,
       ok_at = CASE WHEN $9 THEN NULL ELSE ok_at END,
       failure = CASE WHEN $9 THEN NULL ELSE failure END,
       failed_at = CASE WHEN $9 THEN NULL ELSE failed_at END
     WHERE id = $1`,
    [
      row.id,
      row.name,
      row.settings,
      row.secrets,
      row.isEnabled,
      row.logsCalls,
      row.dispositions,
      at,
      isOther,
    ],
  );
};

export const deleteConnection = async (
  transaction: Transaction,
  connectionId: string,
): Promise<void> => {
  await transaction.query('DELETE FROM connections WHERE id = $1', [connectionId]);
};

export const setTokens = async (
  database: Queryable,
  connectionId: string,
  tokens: Buffer | null,
): Promise<void> => {
  await database.query('UPDATE connections SET tokens = $2 WHERE id = $1', [connectionId, tokens]);
};

/** What the account told of itself. */
export const setAccount = async (
  database: Queryable,
  connectionId: string,
  account: { readonly name: string; readonly facts: string },
): Promise<void> => {
  await database.query('UPDATE connections SET account = $2, facts = $3 WHERE id = $1', [
    connectionId,
    account.name,
    account.facts,
  ]);
};

export const setHealth = async (
  database: Queryable,
  connectionId: string,
  at: number,
  failure: { readonly kind: FailureKind; readonly message: string } | null,
): Promise<void> => {
  await (failure === null
    ? database.query(
        'UPDATE connections SET ok_at = $2, failure = NULL, failure_text = NULL WHERE id = $1',
        [connectionId, at],
      )
    : database.query(
        'UPDATE connections SET failed_at = $2, failure = $3, failure_text = $4 WHERE id = $1',
        [connectionId, at, failure.kind, failure.message],
      ));
};

export type GrantRow = {
  readonly connectionId: string;
  readonly userId: string;
  readonly verifier: Buffer;
  readonly redirectUri: string;
  readonly expiresAt: number;
};

export const insertGrant = async (
  database: Queryable,
  stateHash: string,
  grant: GrantRow,
): Promise<void> => {
  await database.query(
    `INSERT INTO connection_grants
       (state_hash, connection_id, user_id, verifier, redirect_uri, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      stateHash,
      grant.connectionId,
      grant.userId,
      grant.verifier,
      grant.redirectUri,
      grant.expiresAt,
    ],
  );
};

/** Once: whoever comes back with the same state again finds nothing. Those that are over go as well. */
export const takeGrant = async (
  database: Queryable,
  stateHash: string,
  at: number,
): Promise<GrantRow | null> => {
  const rows = await database.query<GrantRow & { readonly stateHash: string }>(
    `DELETE FROM connection_grants WHERE state_hash = $1 OR expires_at <= $2
     RETURNING state_hash AS "stateHash", connection_id AS "connectionId", user_id AS "userId", verifier,
       redirect_uri AS "redirectUri", expires_at AS "expiresAt"`,
    [stateHash, at],
  );
  const grant = rows.find((row) => row.stateHash === stateHash);
  return grant !== undefined && grant.expiresAt > at ? grant : null;
};
