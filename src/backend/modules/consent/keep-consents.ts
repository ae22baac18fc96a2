import { createHash } from 'node:crypto';
import type { JournalEvent } from '../../../shared/api/events.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { Transaction } from '../../database/database.ts';
import { appendToChain } from '../chain/chain.ts';
import { canonicalJson } from '../ledger/canonical-json.ts';
import { findRules, findWording } from './rules-repository.ts';
import { insertStandingChoices } from './standing-choices.ts';

/** A consent fact, and whom it is about: a contact, or a customer and no contact in particular. */
export type ToldConsent = {
  readonly fact: ConsentFact;
  readonly contactId: string | null;
  readonly customerId: string | null;
  /** Who told; null: the customer's own key. */
  readonly agentId: string | null;
};

const hashOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');

/** What rules and words of these versions say, as SHA-256 over canonical JSON: to alter them later breaks the chain. */
const hashesOfTerms = async (
  transaction: Transaction,
  { ruleVersion, language, wordingVersion }: ConsentFact,
): Promise<{ readonly rulesHash?: string; readonly wordingHash?: string }> => {
  const rules = ruleVersion === undefined ? null : await findRules(transaction, ruleVersion);
  const wording =
    language === undefined || wordingVersion === undefined
      ? null
      : await findWording(transaction, language, wordingVersion);
  return {
    ...(rules === null ? {} : { rulesHash: hashOf(rules) }),
    ...(wording === null ? {} : { wordingHash: hashOf(wording) }),
  };
};

/** What follows from consent facts that are stored in this transaction: lines of the chain, and choices that stand. */
export const keepConsents = async (
  transaction: Transaction,
  told: readonly ToldConsent[],
): Promise<void> => {
  for (const { fact, contactId, customerId, agentId } of told) {
    if (fact.standing === true && fact.kind !== 'asked') {
      const { id: factId, kind, how = 'voice', at } = fact;
      await insertStandingChoices(transaction, [{ factId, contactId, customerId, kind, how, at }]);
    }
    const terms = await hashesOfTerms(transaction, fact);
    await appendToChain(transaction, {
      topic: 'consent',
      contactId,
      body: { ...fact, ...terms, agentId, ...(customerId === null ? {} : { customerId }) },
    });
  }
};

/** The same for the consent facts among events that are new. */
export const keepConsentEvents = async (
  transaction: Transaction,
  agentId: string,
  news: readonly JournalEvent[],
  contactOf: ReadonlyMap<string, { readonly id: string }>,
): Promise<void> => {
  const told = news.flatMap(({ body }): readonly ToldConsent[] =>
    body.topic === 'consent'
      ? [
          {
            fact: body.fact,
            contactId: contactOf.get(body.fact.callKey)?.id ?? null,
            customerId: null,
            agentId,
          },
        ]
      : [],
  );
  if (told.length > 0) await keepConsents(transaction, told);
};

/** Stores a fact that no desk wrote; false: it is stored already. */
export const storeConsentFact = async (
  transaction: Transaction,
  told: ToldConsent,
  receivedAt: number,
): Promise<boolean> => {
  const { fact, contactId, customerId, agentId } = told;
  const stored = await transaction.query<{ readonly id: string }>(
    `INSERT INTO consent_facts (id, contact_id, customer_id, by_user, at, received_at, fact)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [fact.id, contactId, customerId, agentId, fact.at, receivedAt, canonicalJson(fact)],
  );
  if (stored.length === 0) return false;
  await keepConsents(transaction, [told]);
  return true;
};
