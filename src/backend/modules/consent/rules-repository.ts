import type { RecordingPolicy } from '../../../shared/domain/consent/recording-decision.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { keypadWordings } from '../../../shared/domain/consent/keypad-prompt.ts';
import type { Database, Queryable, Transaction } from '../../database/database.ts';
import { canonicalJson } from '../../canonical-json.ts';
import builtIn from './consent-rules.json' with { type: 'json' };
import { checkRules, type RulesFile } from './rules-file.ts';

/** What the program comes with, in force until an administrator says otherwise. */
export const builtInRules = (): RulesFile => {
  const read = checkRules(builtIn);
  if (!read.ok) throw new Error(`the rules of this program are wrong: ${read.why.join('; ')}`);
  return read.value;
};

export type InForce = { readonly position: number; readonly rules: RulesFile };

/** The position of what is in force (0: nothing was ever applied), and how a queue wants its calls recorded. */
export const readLatest = async (
  database: Queryable,
  queue: string | null,
): Promise<{ readonly position: number; readonly policy: RecordingPolicy | null }> => {
  const [row] = await database.query<{
    readonly position: number;
    readonly policy: RecordingPolicy | null;
  }>(
    `SELECT coalesce((SELECT position FROM consent_rules_log ORDER BY position DESC LIMIT 1), 0)
         AS position,
       (SELECT recording_policy FROM queues WHERE name = $1) AS policy`,
    [queue],
  );
  return row ?? { position: 0, policy: null };
};

export const readInForce = async (database: Queryable): Promise<InForce> => {
  const [row] = await database.query<InForce>(
    `SELECT l.position, r.rules FROM consent_rules_log l JOIN consent_rules r USING (version)
     ORDER BY l.position DESC LIMIT 1`,
  );
  return row ?? { position: 0, rules: builtInRules() };
};

export type AppliedRules = {
  readonly version: string;
  /** Epoch ms. */
  readonly appliedAt: number;
  /** The user's name; null: by a command on the server. */
  readonly appliedBy: string | null;
};

/** Every change, the newest first. */
export const listApplied = (database: Queryable): Promise<readonly AppliedRules[]> =>
  database.query<AppliedRules>(
    `SELECT l.version, l.applied_at AS "appliedAt", u.name AS "appliedBy"
     FROM consent_rules_log l LEFT JOIN users u ON u.id::text = l.applied_by
     ORDER BY l.position DESC LIMIT 200`,
  );

export const findRules = async (
  database: Queryable,
  version: string,
): Promise<RulesFile | null> => {
  const [row] = await database.query<{ readonly rules: RulesFile }>(
    'SELECT rules FROM consent_rules WHERE version = $1',
    [version],
  );
  return row?.rules ?? (version === builtInRules().version ? builtInRules() : null);
};

/** The words of one version, whichever file had them. */
export const findWording = async (
  database: Queryable,
  language: string,
  version: string,
): Promise<RulesFile['wordings'][number] | null> => {
  const [row] = await database.query<RulesFile['wordings'][number]>(
    'SELECT language, version, ask, notice FROM consent_wordings WHERE language = $1 AND version = $2',
    [language, version],
  );
  const own = [...builtInRules().wordings, ...keypadWordings];
  return row ?? own.find((each) => each.language === language && each.version === version) ?? null;
};

class Contradiction extends Error {}

const save = async (transaction: Transaction, rules: RulesFile): Promise<void> => {
  const known = await findRules(transaction, rules.version);
  if (known !== null && canonicalJson(known) !== canonicalJson(rules)) {
    throw new Contradiction(
      `/version: "${rules.version}" is kept with other content; give this file a version of its own`,
    );
  }
  await transaction.query(
    'INSERT INTO consent_rules (version, rules) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [rules.version, JSON.stringify(rules)],
  );
  for (const [at, wording] of rules.wordings.entries()) {
    const { language, version, ask, notice } = wording;
    const before = await findWording(transaction, language, version);
    if (before !== null && (before.ask !== ask || before.notice !== notice)) {
      throw new Contradiction(
        `/wordings/${at}/version: "${version}" is kept with other words; give these a version of their own`,
      );
    }
    await transaction.query(
      `INSERT INTO consent_wordings (language, version, ask, notice) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [language, version, ask, notice],
    );
  }
};

/**
 * Keeps what the program comes with beside what was applied: a later program comes with other rules, and facts still name
 * these. False: its version was kept with other content.
 */
export const keepBuiltIn = async (database: Database): Promise<boolean> => {
  try {
    await database.transaction((transaction) => save(transaction, builtInRules()));
    return true;
  } catch (error) {
    if (error instanceof Contradiction) return false;
    throw error;
  }
};

/** Puts these rules in force, all or nothing. What a version says never changes; one of before may come back. */
export const applyRules = async (
  database: Database,
  rules: RulesFile,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<Result<null, readonly string[]>> => {
  try {
    await database.transaction(async (transaction) => {
      await save(transaction, rules);
      await transaction.query(
        'INSERT INTO consent_rules_log (version, applied_at, applied_by) VALUES ($1, $2, $3)',
        [rules.version, at, by],
      );
    });
  } catch (error) {
    // Thrown to roll back.
    if (error instanceof Contradiction) return failure([error.message]);
    throw error;
  }
  return success(null);
};
