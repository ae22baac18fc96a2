import { Type, type Static } from 'typebox';
import { agentSeesSchema } from '../../../shared/api/supervision.ts';
import {
  supervisionRuleFor,
  type SupervisionRule,
} from '../../../shared/domain/supervision/join.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import rules from '../consent/supervision-rules.json' with { type: 'json' };
import { placeOfAgent } from './join-repository.ts';

/** What agents are told of supervisors on their calls, as the file of a centre has it. */
export const supervisionPolicySchema = Type.Object(
  { agentSees: agentSeesSchema },
  { additionalProperties: false },
);

type SupervisionPolicy = Immutable<Static<typeof supervisionPolicySchema>>;
type Given = { readonly supervision?: SupervisionPolicy | null | undefined };

/** null: as the law of the place where the agent works has it. */
export const saveSupervisionPolicy = async (
  transaction: Transaction,
  { supervision }: Given,
): Promise<void> => {
  if (supervision === undefined) return;
  if (supervision === null) {
    await transaction.query(`DELETE FROM centre_settings WHERE name = 'supervision'`);
    return;
  }
  await saveCentreSetting(transaction, 'supervision', supervision);
};

/** Left out where nothing was said. */
export const showSupervisionPolicy = async (
  database: Queryable,
): Promise<{ readonly supervision?: SupervisionPolicy }> => {
  const value = await readCentreSetting<SupervisionPolicy>(database, 'supervision');
  return value === undefined ? {} : { supervision: value };
};

// Checked by the tests of this module.
export const builtInSupervisionRules = rules as readonly SupervisionRule[];

/** What holds for supervisors on this agent's calls: the law of the place, and the centre's own word above its default. */
export const supervisionRuleOf = async (
  database: Queryable,
  agentId: string,
): Promise<Pick<SupervisionRule, 'agentSees' | 'covert'>> => {
  const [place, { supervision }] = await Promise.all([
    placeOfAgent(database, agentId),
    showSupervisionPolicy(database),
  ]);
  return { ...supervisionRuleFor(builtInSupervisionRules, place), ...supervision };
};
