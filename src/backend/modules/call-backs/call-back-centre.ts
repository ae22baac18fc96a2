import { Type, type Static } from 'typebox';
import {
  usualCallBackRules,
  type CallBackRules,
} from '../../../shared/domain/call-back/call-back-hours.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** What a centre says of call-backs, as its file has it; what it leaves out is as usual. */
export const callBackCentreSchema = Type.Object(
  {
    /** Calls that reach the customer's line; absent: 3. */
    maximumAttempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** From this hour on, by the customer's clock; absent: 8. */
    earliestHour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
    /** Until this hour begins; absent: 20. */
    latestHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 })),
    /** How long those that are over are kept; absent: 365 days. */
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);

const usualKeepDays = 365;

type Part = { readonly callBacks?: Immutable<Static<typeof callBackCentreSchema>> | undefined };

export const callBackContradictions = ({ callBacks }: Part): readonly string[] => {
  const { earliestHour, latestHour } = { ...usualCallBackRules, ...callBacks };
  return earliestHour < latestHour
    ? []
    : [
        `callBacks: nobody could be called between ${String(earliestHour)} and ${String(latestHour)} o’clock`,
      ];
};

/** A file without a word of it leaves it as it was. */
export const saveCallBackRules = (transaction: Transaction, { callBacks }: Part): Promise<void> =>
  saveCentreSetting(transaction, 'callBacks', callBacks);

const read = (database: Queryable): Promise<Part['callBacks']> =>
  readCentreSetting(database, 'callBacks');

export const showCallBackRules = async (
  database: Queryable,
): Promise<{ readonly callBacks?: NonNullable<Part['callBacks']> }> => {
  const callBacks = await read(database);
  return callBacks === undefined ? {} : { callBacks };
};

export const readCallBackRules = async (database: Queryable): Promise<CallBackRules> => ({
  ...usualCallBackRules,
  ...(await read(database)),
});

export const readCallBackKeepDays = async (database: Queryable): Promise<number> =>
  (await read(database))?.keepDays ?? usualKeepDays;
