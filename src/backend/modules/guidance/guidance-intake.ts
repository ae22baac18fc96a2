import { Compile } from 'typebox/compile';
import {
  guidanceEventSchema,
  type GuidanceEvent,
  type VerificationPressedFact,
} from '../../../shared/api/guidance.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { explainErrors } from '../../plugins/validation.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { lockLedgerOf } from '../ledger/ledger-repository.ts';
import type { Ledger } from '../ledger/ledger-service.ts';
import { insertFacts } from './guidance-repository.ts';
import { saveAttempt } from './verification-attempts.ts';

type Needs = {
  readonly database: Database;
  readonly contacts: Pick<Contacts, 'changedAll'>;
  readonly now: Now;
  readonly log: Log;
};

type Refused = { readonly id: string; readonly why: string };

const guidanceEvent = Compile(guidanceEventSchema);
/** A client's clock may be off by a little; a day is a fault. */
const farthestAheadMs = 86_400_000;

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const isGuidance = (event: unknown): boolean =>
  property(property(event, 'body'), 'topic') === 'guidance';

const pressesOf = (events: readonly GuidanceEvent[]): readonly VerificationPressedFact[] =>
  events.flatMap(({ body: { fact } }) => (fact.kind === 'verification_pressed' ? [fact] : []));

/** An answer that was taken back is somebody's own word against what was pressed: it is in the audit log. */
const auditTakenBack = async (
  transaction: Transaction,
  agentId: string,
  presses: readonly VerificationPressedFact[],
): Promise<void> => {
  for (const { at, callKey, attempt, question, customerId, answer } of presses) {
    if (answer !== null) continue;
    await appendAudit(transaction, {
      ...{ at, actor: agentId, action: 'verification_answer_taken_back', subject: null },
      details: { customerId, callKey, attempt, question },
    });
  }
};

/**
 * What agents press in scripts and to verify customers comes in the same batches as the facts of their calls, and is taken
 * after them: by then the contact is there.
 */
export const withGuidance = (ledger: Ledger, { database, contacts, now, log }: Needs): Ledger => {
  const flawOf = (agentId: string, given: unknown): string | null => {
    if (!guidanceEvent.Check(given)) return explainErrors(guidanceEvent.Errors(given), 'event');
    if (given.agentId !== agentId) return 'event/agentId is another agent';
    return given.body.fact.at > now() + farthestAheadMs
      ? 'event/body/fact/at lies more than a day ahead'
      : null;
  };

  const take = (
    agentId: string,
    events: readonly GuidanceEvent[],
  ): Promise<{ readonly refused: readonly Refused[]; readonly pressed: readonly string[] }> =>
    database.transaction(async (transaction) => {
      await lockLedgerOf(transaction, agentId);
      const { fresh, differing } = await insertFacts(transaction, agentId, events, now());
      const presses = pressesOf(events.filter(({ id }) => fresh.has(id)));
      await auditTakenBack(transaction, agentId, presses);
      for (const attempt of [...new Set(presses.map((press) => press.attempt))].sort()) {
        await saveAttempt(transaction, agentId, attempt);
      }
      return {
        refused: differing.map((id) => ({
          id,
          why: 'this id was stored before with other content',
        })),
        pressed: [...new Set(presses.map(({ callKey }) => callKey))].sort(),
      };
    });

  return {
    ...ledger,
    store: async (agentId, given) => {
      const receipt = await ledger.store(
        agentId,
        given.filter((event) => !isGuidance(event)),
      );
      const told = given.filter(isGuidance);
      if (told.length === 0) return receipt;
      const refused: Refused[] = [];
      const readable: GuidanceEvent[] = [];
      for (const event of told) {
        const why = flawOf(agentId, event);
        // Checked by `flawOf`.
        if (why === null) readable.push(event as GuidanceEvent);
        else refused.push({ id: String(property(event, 'id')).slice(0, 64), why });
      }
      const taken =
        readable.length === 0 ? { refused: [], pressed: [] } : await take(agentId, readable);
      refused.push(...taken.refused);
      for (const { id, why } of refused)
        log.warn({ agentId, eventId: id, why }, 'guidance refused');
      contacts.changedAll(taken.pressed).catch((error: unknown) => {
        log.warn({ error, agentId }, 'a verification was stored but could not be told');
      });
      const refusedIds = new Set(refused.map(({ id }) => id));
      const stored = readable.map(({ id }) => id).filter((id) => !refusedIds.has(id));
      return {
        stored: [...new Set([...receipt.stored, ...stored])],
        refused: [...receipt.refused, ...refused],
      };
    },
  };
};
