import type { Database } from '../../database/database.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Keeping } from '../keeping/keeping.ts';
import { eraseRecords, findObstacle, type Erased, type EraseObstacle } from './erase-customer.ts';
import { findContactsOf } from './find-customer.ts';

export type EraseReport = {
  readonly about: string;
  readonly at: number;
  readonly customerId: string;
  readonly contactIds: readonly string[];
  /** How many rows of which table were deleted or blanked. */
  readonly erased: Erased;
  readonly recordings: readonly {
    readonly id: string;
    /** false: nobody can hear it any more, and its file goes as soon as the store is back. */
    readonly fileGone: boolean;
  }[];
  readonly stays: readonly string[];
  readonly notReached: readonly string[];
};

const stays = [
  'times, durations, queues, wrap-up codes and agents of contacts: figures of nobody in particular',
  'facts of consent and the chain, which hold ids and times alone: to establish, exercise or defend legal claims (Article 17(3)(e))',
  'the audit log: who listened to which recording, by ids',
];

const notReached = [
  'logs, call records and mailboxes of the PBX',
  'backups of the database and of stores, until they are overwritten',
  'notes and figures of sound that a desk has not sent yet: such a desk sends them when it is online again',
];

type Needs = { readonly database: Database; readonly keeping: Pick<Keeping, 'remove'> };

/** Erases a customer: the recordings first, then the records. Nothing is touched where something stands against it. */
export const eraseCustomer = async (
  { database, keeping }: Needs,
  customerId: string,
  at: number,
): Promise<Result<EraseReport, EraseObstacle>> => {
  const contactIds = await findContactsOf(database, customerId);
  const obstacle = await findObstacle(database, customerId, contactIds);
  if (obstacle !== null) return failure(obstacle);
  const recordings = await database.query<{ readonly id: string }>(
    `SELECT id FROM recordings WHERE contact_id = ANY($1) AND state <> 'deleted' ORDER BY started_at`,
    [contactIds],
  );
  for (const { id } of recordings) {
    const removed = await keeping.remove(id, { why: 'erasure', by: null });
    if (removed.ok) continue;
    const { code, message } = removed.why;
    return failure({ code: code === 'held' ? 'held' : 'call_goes_on', message });
  }
  const erased = await eraseRecords(database, customerId, contactIds);
  if (!erased.ok) return erased;
  const gone = await database.query<{ readonly id: string }>(
    `SELECT recording_id AS id FROM recording_removals WHERE gone_at IS NOT NULL AND recording_id = ANY($1)`,
    [recordings.map(({ id }) => id)],
  );
  const goneIds = new Set(gone.map(({ id }) => id));
  return success({
    about: 'Erasure (Regulation (EU) 2016/679, Article 17)',
    at,
    customerId,
    contactIds,
    erased: erased.value,
    recordings: recordings.map(({ id }) => ({ id, fileGone: goneIds.has(id) })),
    stays,
    notReached,
  });
};
