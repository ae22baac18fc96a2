import { createHash } from 'node:crypto';
import type { JournalEvent } from '../../../shared/api/events.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { Transaction } from '../../database/database.ts';
import { appendToChain, type ChainEntry } from '../chain/chain.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { findRules, findWording } from './rules-repository.ts';
import { insertStandingChoices, type NewStandingChoice } from './standing-choices.ts';

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

type TermsHashes = { readonly rulesHash?: string; readonly wordingHash?: string };

/**
 * What rules and words of a fact's versions say, as SHA-256 over canonical JSON: to alter them later breaks the chain.
 * Facts that come together were mostly asked for alike, so each version is read once.
 */
const createTermsHashes = (
  transaction: Transaction,
): ((fact: ConsentFact) => Promise<TermsHashes>) => {
  const read = new Map<string, string | null>();
  const once = async (name: string, find: () => Promise<object | null>): Promise<string | null> => {
    const known = read.get(name);
    if (known !== undefined) return known;
    const content = await find();
    const hash = content === null ? null : hashOf(content);
    read.set(name, hash);
    return hash;
  };
  return async ({ ruleVersion, language, wordingVersion }) => {
    const rulesHash =
      ruleVersion === undefined
        ? null
        : await once(`rules ${ruleVersion}`, () => findRules(transaction, ruleVersion));
    const wordingHash =
      language === undefined || wordingVersion === undefined
        ? null
        : await once(`words ${language} ${wordingVersion}`, () =>
            findWording(transaction, language, wordingVersion),
          );
    return {
      ...(rulesHash === null ? {} : { rulesHash }),
      ...(wordingHash === null ? {} : { wordingHash }),
    };
  };
};

const standingChoiceOf = ({ fact, contactId, customerId }: ToldConsent): NewStandingChoice[] => {
  const { id: factId, kind, how = 'voice', at } = fact;
  return fact.standing === true && kind !== 'asked'
    ? [{ factId, contactId, customerId, kind, how, at }]
    : [];
};

/**
 * What follows from consent facts that are stored in this transaction: choices that stand, and lines of the chain, which
 * nobody else can add to from here to the transaction's end.
 */
export const keepConsents = async (
  transaction: Transaction,
  told: readonly ToldConsent[],
): Promise<void> => {
  await insertStandingChoices(transaction, told.flatMap(standingChoiceOf));
  const hashesOf = createTermsHashes(transaction);
  const lines: ChainEntry[] = [];
  for (const { fact, contactId, customerId, agentId } of told) {
    const about = customerId === null ? {} : { customerId };
    const body = { ...fact, ...(await hashesOf(fact)), agentId, ...about };
    lines.push({ topic: 'consent', contactId, body });
  }
  await appendToChain(transaction, ...lines);
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
