import type { Wording } from '../../../shared/api/consent.ts';
import type { ContactCard } from '../../../shared/api/records.ts';
import {
  placeOf,
  ruleAmong,
  ruleFor,
  stricterRule,
} from '../../../shared/domain/consent/rule-for.ts';
import type { RecordingPolicy } from '../../../shared/domain/consent/recording-decision.ts';
import type { ConsentRule, Place } from '../../../shared/domain/consent/rule.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { ContactRow } from '../contacts/card.ts';
import { findCustomerSummaries } from '../directory/customer-repository.ts';
import { placeOfNumber, placesOfCustomer, type CustomerTraces } from './places.ts';
import {
  builtInRules,
  keepBuiltIn,
  readInForce,
  readLatest,
  type InForce,
} from './rules-repository.ts';

/** The rules in force and where people work, remembered: a ringing call must not wait for a query. */
export type ConsentBook = {
  /** The rule between this customer, these agents and whoever else is heard, by their numbers. */
  readonly rule: (
    customer: CustomerTraces,
    agentIds: readonly string[],
    furtherNumbers?: readonly string[],
  ) => ConsentRule;
  /** The same between the customer of a contact, as the database has it now, and these agents. */
  readonly ruleOf: (contact: ContactRow, agentIds: readonly string[]) => Promise<ConsentRule>;
  /** The same card with this agent among the parties of its rule. */
  readonly forAgent: (card: ContactCard, agentId: string) => ContactCard;
  /** In this language (BCP 47) where there are words in it, else all that there are. */
  readonly wordings: (language: string) => readonly Wording[];
  /**
   * Reads anew what was changed since, and answers how this queue wants its calls recorded. Never throws: what was known
   * last stands.
   */
  readonly refresh: (queue: string | null) => Promise<RecordingPolicy>;
  /** Reads everything anew, where people work as well. */
  readonly load: () => Promise<void>;
  /** To be called once, when the schema is up to date. */
  readonly start: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
  readonly log: Log;
};

const baseOf = (language: string): string => language.split('-')[0]?.toLowerCase() ?? '';

/** Where people work: their own place, else their team's, else the centre's. */
const readAgentPlaces = async (database: Database): Promise<ReadonlyMap<string, Place>> => {
  const rows = await database.query<{ readonly id: string; readonly place: string | null }>(
    `SELECT u.id, coalesce(u.place, t.place,
       (SELECT value #>> '{}' FROM centre_settings WHERE name = 'place')) AS place
     FROM users u LEFT JOIN teams t ON t.name = u.team`,
  );
  return new Map(rows.map(({ id, place }) => [id, place === null ? null : placeOf(place)]));
};

export const createConsentBook = ({ database, country, log }: Needs): ConsentBook => {
  let inForce: InForce = { position: 0, rules: builtInRules() };
  let places: ReadonlyMap<string, Place> = new Map();

  const agentPlaces = (agentIds: readonly string[]): readonly Place[] =>
    agentIds.map((agentId) => places.get(agentId) ?? null);

  /** What was known last stands where the database cannot be read. */
  const read = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ error }, 'the rules of consent could not be read anew');
    }
  };
  const readAll = async (): Promise<void> => {
    [inForce, places] = await Promise.all([readInForce(database), readAgentPlaces(database)]);
  };
  const refresh: ConsentBook['refresh'] = async (queue) => {
    let policy: RecordingPolicy = 'on_consent';
    await read(async () => {
      const latest = await readLatest(database, queue);
      policy = latest.policy ?? policy;
      if (latest.position !== inForce.position) await readAll();
    });
    return policy;
  };

  const rule: ConsentBook['rule'] = (customer, agentIds, furtherNumbers = []) =>
    ruleFor(
      inForce.rules,
      placesOfCustomer(customer, country),
      agentPlaces(agentIds),
      furtherNumbers.map((number) => placeOfNumber(number, country)),
    );

  return {
    rule,
    ruleOf: async ({ remoteNumber, customerId, candidateIds, queue }, agentIds) => {
      await refresh(queue);
      const ids = customerId === null ? candidateIds : [customerId];
      const records = ids.length === 0 ? [] : await findCustomerSummaries(database, ids);
      return rule({ number: remoteNumber, records }, agentIds);
    },
    forAgent: (card, agentId) => {
      const { rule: known } = card.consent;
      if (known === undefined) return card;
      const own = ruleAmong(inForce.rules, agentPlaces([agentId]));
      return { ...card, consent: { ...card.consent, rule: stricterRule(known, own) } };
    },
    wordings: (language) => {
      const { wordings } = inForce.rules;
      const found =
        wordings.find((each) => each.language === language) ??
        wordings.find((each) => baseOf(each.language) === baseOf(language));
      return found === undefined ? wordings : [found];
    },
    refresh,
    load: () => read(readAll),
    start: () =>
      read(async () => {
        await readAll();
        if (await keepBuiltIn(database)) return;
        log.error('the rules that come with this program say something else under a known version');
      }),
  };
};
