import { rulesFor } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import { flawsOf, flawText } from '../../../shared/domain/wrap-up/wrap-up-words.ts';
import type { Transaction } from '../../database/database.ts';
import { dropDrafts, listWrapUpCodes, listWrapUpRules } from './wrap-up-repository.ts';

/** A wrap-up as its leg's facts add up. */
export type SaidWrapUp = {
  readonly queue: string | null;
  readonly code: string | null;
  readonly furtherCodes: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly by: string | null;
};

/** What the rules of its queue have against a wrap-up, in words. */
export type WrapUpJudge = (said: SaidWrapUp) => readonly string[];

export const saysWrapUp = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'wrap_up_completed' || kind === 'wrap_up_corrected';

/**
 * Finds what the rules do not allow in wrap-ups that arrive for these legs. They are stored all the same: what an agent
 * said under the rules of that hour, perhaps offline, is no less true. Their drafts are done with.
 */
export const settleWrapUps = async (
  transaction: Transaction,
  callIds: readonly string[],
): Promise<WrapUpJudge> => {
  if (callIds.length === 0) return () => [];
  const codes = await listWrapUpCodes(transaction);
  const rules = await listWrapUpRules(transaction);
  await dropDrafts(transaction, callIds);
  return ({ queue, code, furtherCodes, fields, by }) =>
    flawsOf(
      { queue, rules: rulesFor(rules, queue), codes },
      { codes: code === null ? [] : [code, ...furtherCodes], fields, notes: '' },
    )
      // Nobody was there to say it: the time was over.
      .filter(({ what }) => by !== 'timer' || (what !== 'no_code' && what !== 'field_missing'))
      .map(flawText);
};
