import { Type, type Static } from 'typebox';
import { checkConditionSchema } from '../../../shared/api/shift-checks.ts';
import type { CheckCondition } from '../../../shared/domain/shift-check/condition.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** What a centre says of the shift-start check, as its file has it. */
export const shiftCheckCentreSchema = Type.Object(
  {
    /** `done`: before Ready it has to be made. `passed`: and to find nothing bad. Absent: `none`. */
    condition: Type.Optional(checkConditionSchema),
    /** How long the checks of agents are kept; absent: 90 days. */
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);

type ShiftCheckCentre = Immutable<Static<typeof shiftCheckCentreSchema>>;
type Team = { readonly name: string; readonly shiftCheck?: CheckCondition | undefined };
type Given = {
  readonly shiftCheck?: ShiftCheckCentre | undefined;
  readonly teams?: readonly Team[] | undefined;
};

const usualKeepDays = 90;
const dayMs = 86_400_000;

/** A team of the file without a word of its own is held to the centre's; a file without one leaves the centre's. */
export const saveShiftCheckRules = async (
  transaction: Transaction,
  { shiftCheck, teams = [] }: Given,
): Promise<void> => {
  await saveCentreSetting(transaction, 'shiftCheck', shiftCheck);
  for (const team of teams) {
    await transaction.query('UPDATE teams SET check_condition = $2 WHERE name = $1', [
      team.name,
      team.shiftCheck ?? null,
    ]);
  }
};

const readCentre = (database: Queryable): Promise<ShiftCheckCentre | undefined> =>
  readCentreSetting(database, 'shiftCheck');

export type ShownShiftChecks = {
  readonly centre: { readonly shiftCheck?: ShiftCheckCentre };
  readonly ofTeam: (name: string) => { readonly shiftCheck?: CheckCondition };
};

export const showShiftCheckRules = async (database: Queryable): Promise<ShownShiftChecks> => {
  const [shiftCheck, teams] = await Promise.all([
    readCentre(database),
    database.query<{ readonly name: string; readonly condition: CheckCondition }>(
      `SELECT name, check_condition AS condition FROM teams WHERE check_condition IS NOT NULL`,
    ),
  ]);
  return {
    centre: shiftCheck === undefined ? {} : { shiftCheck },
    ofTeam: (name) => {
      const team = teams.find((each) => each.name === name);
      return team === undefined ? {} : { shiftCheck: team.condition };
    },
  };
};

/** What this agent is held to. */
export const readCheckCondition = async (
  database: Queryable,
  agentId: string,
): Promise<CheckCondition> => {
  const [centre, [team]] = await Promise.all([
    readCentre(database),
    database.query<{ readonly condition: CheckCondition | null }>(
      `SELECT t.check_condition AS condition FROM users u JOIN teams t ON t.name = u.team
       WHERE u.id = $1`,
      [agentId],
    ),
  ]);
  return team?.condition ?? centre?.condition ?? 'none';
};

/** How long checks are kept, ms. */
export const readCheckKeeping = async (database: Queryable): Promise<number> =>
  ((await readCentre(database))?.keepDays ?? usualKeepDays) * dayMs;
