import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import { consentState, type ConsentState } from '../../../shared/domain/consent/consent.ts';
import type { Queryable } from '../../database/database.ts';
import { findRules, findWording } from './rules-repository.ts';
import type { RulesFile } from './rules-file.ts';
import { findStandingOfCustomer } from './standing-choices.ts';

/** A consent fact as it is stored, with who told it and its lines of the chain. */
export type ExportedFact = ConsentFact & {
  readonly contactId: string | null;
  readonly receivedAt: number;
  /** The agent or administrator who told; null: the customer's own key. */
  readonly toldBy: string | null;
  readonly chain: readonly {
    readonly seq: number;
    readonly hash: string;
    readonly signature: string;
    readonly keyId: string;
  }[];
};

/** Everything about the consent of a contact or of a customer, so that it can be read without this program. */
export type ConsentExport = {
  /** What the facts of each contact add up to. */
  readonly states: readonly { readonly contactId: string; readonly state: ConsentState }[];
  /** What the customer said for later calls, the last time; null: nothing. */
  readonly standing: unknown;
  readonly facts: readonly ExportedFact[];
  /** The rules and the words that the facts name, as they were then. */
  readonly rules: readonly RulesFile[];
  readonly wordings: readonly RulesFile['wordings'][number][];
};

type Row = {
  readonly contactId: string | null;
  readonly fact: string;
  readonly receivedAt: number;
  readonly toldBy: string | null;
  readonly chain: ExportedFact['chain'];
};

/** `$1`: contacts, `$2`: a customer for what was said of no contact in particular. */
const factsSelect = `SELECT f.contact_id AS "contactId", f.fact, f.received_at AS "receivedAt", u.name AS "toldBy",
    coalesce((SELECT json_agg(json_build_object('seq', c.seq, 'hash', encode(c.hash, 'hex'),
        'signature', encode(c.signature, 'base64'), 'keyId', c.key_id) ORDER BY c.seq)
      FROM (SELECT * FROM chain_lines WHERE contact_id = f.contact_id UNION ALL
        SELECT * FROM chain_lines WHERE f.contact_id IS NULL AND contact_id IS NULL) c
      WHERE c.topic = 'consent' AND c.body::json->>'id' = f.id::text), '[]') AS chain
  FROM (
    SELECT e.fact_id AS id, g.contact_id, e.fact, e.received_at, e.agent_id AS told_by, e.at
    FROM legs g JOIN events e ON e.call_id = g.call_id AND e.topic = 'consent'
    WHERE g.contact_id = ANY($1::uuid[])
    UNION ALL SELECT id, contact_id, fact, received_at, by_user, at FROM consent_facts
    WHERE contact_id = ANY($1::uuid[]) OR customer_id = $2::uuid) f
  LEFT JOIN users u ON u.id = f.told_by ORDER BY f.at, f.id`;

const present = <Value>(values: readonly (Value | null)[]): readonly Value[] =>
  values.filter((value) => value !== null);

const distinct = (values: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

const exportOf = async (
  database: Queryable,
  contactIds: readonly string[],
  customerId: string | null,
): Promise<ConsentExport> => {
  const rows = await database.query<Row>(factsSelect, [contactIds, customerId]);
  const facts = rows.map(({ fact, ...row }): ExportedFact => {
    // Checked against its schema before it was stored.
    const said = JSON.parse(fact) as ConsentFact;
    return { ...said, ...row };
  });
  const wordingKeys = distinct(
    facts.map(({ language, wordingVersion }) =>
      language === undefined || wordingVersion === undefined
        ? undefined
        : `${language} ${wordingVersion}`,
    ),
  );
  return {
    states: distinct(facts.map(({ contactId }) => contactId ?? undefined)).map((contactId) => ({
      contactId,
      state: consentState(facts.filter((fact) => fact.contactId === contactId)),
    })),
    standing: customerId === null ? null : await findStandingOfCustomer(database, customerId),
    facts,
    rules: present(
      await Promise.all(
        distinct(facts.map(({ ruleVersion }) => ruleVersion)).map((version) =>
          findRules(database, version),
        ),
      ),
    ),
    wordings: present(
      await Promise.all(
        wordingKeys.map((key) => {
          const [language = '', version = ''] = key.split(' ');
          return findWording(database, language, version);
        }),
      ),
    ),
  };
};

export const exportOfContact = (database: Queryable, contactId: string): Promise<ConsentExport> =>
  exportOf(database, [contactId], null);

/** Of the customer's contacts those that may be seen, and what was said of none in particular. */
export const exportOfCustomer = async (
  database: Queryable,
  customerId: string,
  seen = (contactIds: readonly string[]): Promise<ReadonlySet<string>> =>
    Promise.resolve(new Set(contactIds)),
): Promise<ConsentExport> => {
  const contacts = await database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE customer_id = $1 ORDER BY started_at',
    [customerId],
  );
  const visible = await seen(contacts.map(({ id }) => id));
  return exportOf(
    database,
    contacts.flatMap(({ id }) => (visible.has(id) ? [id] : [])),
    customerId,
  );
};
