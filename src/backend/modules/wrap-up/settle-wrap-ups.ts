import type { JournalEvent } from '../../../shared/api/events.ts';
import { rulesFor } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import { flawsOf, flawText } from '../../../shared/domain/wrap-up/wrap-up-words.ts';
import type { Transaction } from '../../database/database.ts';
import { dropDrafts, listWrapUpCodes, listWrapUpRules } from './wrap-up-repository.ts';

type SaidRow = {
  readonly callId: string;
  readonly queue: string | null;
  readonly codes: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly by: string;
  readonly flaws: readonly string[];
};

/**
 * Marks wrap-ups that the rules of their queue do not allow as they arrive. They are stored all the same: what an agent
 * said under the rules of that hour, perhaps offline, is no less true. Their drafts are done with.
 */
export const settleWrapUps = async (
  transaction: Transaction,
  events: readonly JournalEvent[],
): Promise<void> => {
  const callIds = events
    .map(({ body }) => body.fact)
    .filter(({ kind }) => kind === 'wrap_up_completed' || kind === 'wrap_up_corrected')
    .map(({ callId }) => callId);
  if (callIds.length === 0) return;
  const said = await transaction.query<SaidRow>(
    `SELECT g.call_id AS "callId", k.queue, g.fields, g.wrapped_up_by AS by, g.wrap_up_flaws AS flaws,
       array_remove(array_prepend(g.code, g.further_codes), NULL) AS codes
     FROM legs g JOIN contacts k ON k.id = g.contact_id
     WHERE g.call_id = ANY($1::uuid[]) AND g.wrapped_up_at IS NOT NULL`,
    [callIds],
  );
  const codes = await listWrapUpCodes(transaction);
  const rules = await listWrapUpRules(transaction);
  for (const { callId, queue, by, flaws: before, ...words } of said) {
    const flaws = flawsOf({ queue, rules: rulesFor(rules, queue), codes }, { ...words, notes: '' })
      // Nobody was there to say it: the time was over.
      .filter(({ what }) => by !== 'timer' || (what !== 'no_code' && what !== 'field_missing'))
      .map(flawText);
    if (flaws.join('\n') === before.join('\n')) continue;
    await transaction.query('UPDATE legs SET wrap_up_flaws = $2 WHERE call_id = $1', [
      callId,
      flaws,
    ]);
  }
  await dropDrafts(transaction, callIds);
};
