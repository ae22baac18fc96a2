import { Type, type Static } from 'typebox';
import type { ReportTarget } from '../../../shared/api/report-sheet.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** What a queue's figures are measured by, as the file of a centre has it. */
export const queueServiceLevelSchema = Type.Object(
  {
    /** An answer within so many seconds is in time; 20 unless said otherwise. */
    targetSeconds: Type.Integer({ minimum: 1, maximum: 3_600 }),
    /** Who gives up sooner did not mean to wait; 5 unless said otherwise. */
    shortAbandonSeconds: Type.Integer({ minimum: 0, maximum: 600 }),
    /** Who calls again about the same within so many days was not helped; 7 unless said otherwise. */
    repeatDays: Type.Integer({ minimum: 1, maximum: 60 }),
    /** So many of a hundred are to be answered in time; 80 unless said otherwise. */
    targetPercent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);

type ServiceLevel = Immutable<Static<typeof queueServiceLevelSchema>>;
type Queue = { readonly name: string; readonly serviceLevel?: ServiceLevel | undefined };

const usualPercent = 80;
const usual: ServiceLevel = { targetSeconds: 20, shortAbandonSeconds: 5, repeatDays: 7 };

/** What waited before keeps the limits of its hour; who came back is judged by the new days as contacts change. */
export const saveServiceLevels = async (
  transaction: Transaction,
  queues: readonly Queue[],
): Promise<void> => {
  for (const { name, serviceLevel = usual } of queues) {
    const { targetSeconds, shortAbandonSeconds, repeatDays } = serviceLevel;
    const { targetPercent = usualPercent } = serviceLevel;
    await transaction.query(
      `UPDATE queues SET service_level_ms = $2, short_abandon_ms = $3, repeat_days = $4,
         service_level_percent = $5 WHERE name = $1`,
      [name, targetSeconds * 1_000, shortAbandonSeconds * 1_000, repeatDays, targetPercent],
    );
  }
};

/** By queue; those that are as usual are left out. */
export const showServiceLevels = async (
  database: Queryable,
): Promise<ReadonlyMap<string, ServiceLevel>> => {
  const rows = await database.query<Required<ServiceLevel> & { readonly name: string }>(
    `SELECT name, service_level_ms / 1000 AS "targetSeconds",
       short_abandon_ms / 1000 AS "shortAbandonSeconds", repeat_days AS "repeatDays",
       service_level_percent AS "targetPercent"
     FROM queues WHERE (service_level_ms, short_abandon_ms, repeat_days, service_level_percent)
       <> (20000, 5000, 7, 80)`,
  );
  return new Map(
    rows.map(({ name, targetPercent, ...limits }): [string, ServiceLevel] => [
      name,
      targetPercent === usualPercent ? limits : { ...limits, targetPercent },
    ]),
  );
};

/** What is to be reached, by queue. */
export const readTargets = async (
  database: Queryable,
): Promise<ReadonlyMap<string, ReportTarget>> => {
  const rows = await database.query<{
    readonly name: string;
    readonly percent: number;
    readonly handleMs: number;
  }>(`SELECT name, service_level_percent AS percent, target_handle_ms AS "handleMs" FROM queues`);
  return new Map(
    rows.map(({ name, percent, handleMs }) => [
      name,
      { serviceLevel: percent / 100, ahtMs: handleMs },
    ]),
  );
};
