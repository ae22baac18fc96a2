import { Type, type Static } from 'typebox';
import type { RecordingPolicy } from '../../../shared/domain/consent/recording-decision.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** How a queue's calls are recorded, as the file of a centre has it. */
export const queueRecordingSchema = Type.Object(
  {
    /**
     * `never`; `on_consent`: once the customer agreed; `when_rule_allows`: where the rule asks for nothing, unasked, and
     * where it asks for notice, once the customer was told.
     */
    policy: Type.Enum(['never', 'on_consent', 'when_rule_allows']),
    /** Deleted after so many days; absent: kept. */
    retentionDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
    /** What becomes of a recording whose consent is withdrawn; absent: nobody can hear it any more (`seal`). */
    onWithdrawal: Type.Optional(Type.Enum(['seal', 'delete'])),
  },
  { additionalProperties: false },
);

type QueueRecording = Immutable<Static<typeof queueRecordingSchema>>;
type Queue = { readonly name: string; readonly recording?: QueueRecording | undefined };

const usual: QueueRecording = { policy: 'on_consent' };

export const saveQueueRecordings = async (
  transaction: Transaction,
  queues: readonly Queue[],
): Promise<void> => {
  for (const { name, recording = usual } of queues) {
    const { policy, retentionDays = null, onWithdrawal = 'seal' } = recording;
    await transaction.query(
      `UPDATE queues SET recording_policy = $2, recording_retention_days = $3, recording_withdrawn = $4
       WHERE name = $1`,
      [name, policy, retentionDays, onWithdrawal],
    );
  }
};

type Row = {
  readonly name: string;
  readonly policy: RecordingPolicy;
  readonly retentionDays: number | null;
  readonly onWithdrawal: 'seal' | 'delete';
};

/** By queue; those that are as usual are left out. */
export const showQueueRecordings = async (
  database: Queryable,
): Promise<ReadonlyMap<string, QueueRecording>> => {
  const rows = await database.query<Row>(
    `SELECT name, recording_policy AS policy, recording_retention_days AS "retentionDays",
       recording_withdrawn AS "onWithdrawal"
     FROM queues WHERE recording_policy <> 'on_consent' OR recording_retention_days IS NOT NULL
       OR recording_withdrawn <> 'seal'`,
  );
  return new Map(
    rows.map(({ name, policy, retentionDays, onWithdrawal }) => [
      name,
      {
        policy,
        ...(retentionDays === null ? {} : { retentionDays }),
        ...(onWithdrawal === 'seal' ? {} : { onWithdrawal }),
      },
    ]),
  );
};
