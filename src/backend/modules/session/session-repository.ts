import type { Role, User } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';

export type EndedWhy =
  'signed_in_elsewhere' | 'signed_out' | 'expired' | 'renewed' | 'by_supervisor';

export type SessionRow = {
  readonly id: string;
  readonly userId: string;
  readonly deviceId: string;
};

export type NewSession = SessionRow & {
  readonly tokenHash: Buffer;
  readonly createdAt: number;
  readonly expiresAt: number;
};

export const endSessionsOf = (
  database: Queryable,
  userId: string,
  at: number,
  deviceId: string,
): Promise<readonly SessionRow[]> =>
  database.query<SessionRow>(
    `UPDATE sessions SET ended_at = $2,
       ended_why = CASE WHEN device_id = $3 THEN 'renewed' ELSE 'signed_in_elsewhere' END
     WHERE user_id = $1 AND ended_at IS NULL
     RETURNING id, user_id AS "userId", device_id AS "deviceId"`,
    [userId, at, deviceId],
  );

/** Answers the sessions that it ended. */
export const endSessionsBySupervisor = async (
  database: Queryable,
  userId: string,
  at: number,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>(
      `UPDATE sessions SET ended_at = $2, ended_why = 'by_supervisor'
       WHERE user_id = $1 AND ended_at IS NULL RETURNING id`,
      [userId, at],
    )
  ).map((row) => row.id);

export const insertSession = async (database: Queryable, session: NewSession): Promise<void> => {
  await database.query(
    `INSERT INTO sessions (id, user_id, device_id, token_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      session.id,
      session.userId,
      session.deviceId,
      session.tokenHash,
      session.createdAt,
      session.expiresAt,
    ],
  );
};

export const findLiveSession = async (
  database: Queryable,
  tokenHash: Buffer,
  now: number,
): Promise<{ readonly user: User; readonly sessionId: string } | null> => {
  const [row] = await database.query<{
    readonly sessionId: string;
    readonly id: string;
    readonly username: string;
    readonly name: string;
    readonly role: Role;
    readonly extension: string;
  }>(
    `SELECT s.id AS "sessionId", u.id, u.username, u.name, u.role, u.extension
     FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND u.active`,
    [tokenHash, now],
  );
  if (row === undefined) return null;
  const { sessionId, ...user } = row;
  return { user, sessionId };
};

/** Within a transaction that holds the user's standing: whoever signs in elsewhere has ended it before taking that. */
export const isLiveSession = async (database: Queryable, sessionId: string): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      'SELECT id FROM sessions WHERE id = $1 AND ended_at IS NULL',
      [sessionId],
    )
  ).length > 0;

/** Answers false when it had ended before. */
export const endSession = async (
  database: Queryable,
  sessionId: string,
  at: number,
  why: EndedWhy,
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `UPDATE sessions SET ended_at = $2, ended_why = $3 WHERE id = $1 AND ended_at IS NULL
       RETURNING id`,
      [sessionId, at, why],
    )
  ).length > 0;

export const endExpiredSessions = (
  database: Queryable,
  now: number,
): Promise<readonly SessionRow[]> =>
  database.query<SessionRow>(
    `UPDATE sessions SET ended_at = $1, ended_why = 'expired'
     WHERE ended_at IS NULL AND expires_at <= $1
     RETURNING id, user_id AS "userId", device_id AS "deviceId"`,
    [now],
  );

/** Of everybody who is signed in. */
export const listSignedInExtensions = async (
  database: Queryable,
  now: number,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly extension: string }>(
      `SELECT DISTINCT u.extension FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.ended_at IS NULL AND s.expires_at > $1 AND u.extension <> ''`,
      [now],
    )
  ).map(({ extension }) => extension);
