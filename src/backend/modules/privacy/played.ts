import type { Queryable } from '../../database/database.ts';

export type Played = { readonly at: number; readonly username: string; readonly name: string };

/** Who listened to a recording, in the order of time. */
export const listPlayed = (database: Queryable, recordingId: string): Promise<readonly Played[]> =>
  database.query<Played>(
    `SELECT a.at, u.username, u.name FROM audit_log a JOIN users u ON u.id = a.actor
     WHERE a.action = 'recording_played' AND a.details->>'recordingId' = $1 ORDER BY a.at`,
    [recordingId],
  );
