import { setTimeout as pause } from 'node:timers/promises';
import type {
  ConfirmPerson,
  ConnectedSystem,
  CreateElsewhere,
  Elsewhere as ElsewhereView,
  ElsewhereSource,
} from '../../../shared/api/elsewhere.ts';
import type { ContactCard, User } from '../../../shared/api/records.ts';
import { phoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import { success } from '../../../shared/result.ts';
import type { Ask } from '../../connectors/ask.ts';
import type { Person, Ref } from '../../connectors/connector.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import type { Connections, LiveConnection } from '../connections/connections.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  findKnownCustomer,
  findRemembered,
  keepContactPerson,
  rememberPerson,
  type KnownCustomer,
} from './elsewhere-repository.ts';
import {
  lookElsewhere,
  personView,
  sourceOf,
  withItems,
  lookupBudgetMs,
} from './look-elsewhere.ts';
import { createPeopleCache } from './people-cache.ts';

type CalledBy = Pick<ContactCard, 'callKey' | 'remoteNumber'>;

/** What other systems know of callers: looked up once a call, told to every desk that shows its card. */
export type Elsewhere = {
  /** Begins to look, as early as a call is heard of. */
  readonly begin: (call: CalledBy) => void;
  /** This user's desk shows the card: it hears what is known, and all that comes. */
  readonly shownTo: (userId: string, card: CalledBy) => ElsewhereView | null;
  /** The same push line, with what others know behind each card. */
  readonly beside: (push: PushHub) => PushHub;
  /** Asks everybody again, past what is remembered. */
  readonly again: (card: CalledBy) => Promise<readonly ElsewhereSource[]>;
  readonly systems: () => Promise<readonly ConnectedSystem[]>;
  /** By name or e-mail, where the number told nothing. */
  readonly search: (text: string) => Promise<readonly ElsewhereSource[]>;
  readonly confirm: (
    user: User,
    card: CalledBy,
    given: ConfirmPerson,
  ) => Promise<Answer<{ readonly person: Person; readonly sources: readonly ElsewhereSource[] }>>;
  readonly create: (
    user: User,
    card: CalledBy,
    given: CreateElsewhere,
  ) => Promise<Answer<{ readonly person: Person; readonly sources: readonly ElsewhereSource[] }>>;
  /** The e-mail address of a contact's customer, as whoever it is there for certain has it; else the own record's. */
  readonly emailOf: (contactId: string) => Promise<string | null>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly connections: Pick<Connections, 'open' | 'openAll'>;
  readonly country: string;
  readonly now: () => number;
  readonly log: Log;
};

type Call = {
  readonly number: string;
  sources: readonly ElsewhereSource[];
  /** Whoever came up, by connection, type and id: what an agent says is held against it. */
  readonly people: Map<string, Person>;
  readonly told: Set<string>;
  done: Promise<void>;
};

/** Calls that are remembered; a desk that asks for an older one has it looked up again. */
const mostCalls = 2_000;
const mostSearched = 500;
const searchDeadlineMs = 4_000;
const createDeadlineMs = 6_000;
const keepAttempts = 20;
const keepAgainMs = 150;
/** Fewer digits are an extension, or nothing that anybody has in a record. */
const fewestDigits = 7;

const keyOf = (connectionId: string, { type, id }: Ref): string => `${connectionId} ${type} ${id}`;

export const createElsewhere = (needs: Needs): Elsewhere => {
  const { database, connections, country, now, log } = needs;
  const cache = createPeopleCache(() => performance.now());
  const calls = new Map<string, Call>();
  const searched = new Map<string, Person>();
  const underWay = new Set<Promise<unknown>>();
  let line: PushHub | null = null;

  const viewOf = (callKey: string, { sources }: Call): ElsewhereView => ({
    callKey,
    sources: [...sources],
  });

  const tell = (callKey: string, call: Call): void => {
    for (const userId of call.told) {
      line?.toUser(userId, { kind: 'elsewhere', elsewhere: viewOf(callKey, call) });
    }
  };

  const put = (callKey: string, call: Call, source: ElsewhereSource): void => {
    const isNew = !call.sources.some((each) => each.connectionId === source.connectionId);
    call.sources = isNew
      ? [...call.sources, source]
      : call.sources.map((each) => (each.connectionId === source.connectionId ? source : each));
    tell(callKey, call);
  };

  /** The contact of a call that was just heard of may take longer to be written than others take to answer. */
  const keepPerson = async (
    callKey: string,
    connectionId: string,
    person: Person,
    how: 'exact' | 'confirmed',
  ): Promise<void> => {
    for (let attempt = 0; attempt < keepAttempts; attempt += 1) {
      const given = { callKey, connectionId, person, how, at: now() };
      if (await keepContactPerson(database, given)) return;
      await pause(keepAgainMs);
    }
    log.warn({ callKey, connectionId }, 'who it was elsewhere was not kept: there is no contact');
  };

  const lookAt = async (
    callKey: string,
    call: Call,
    connection: LiveConnection,
    remembered: Ref | null,
    signal: AbortSignal,
  ): Promise<void> => {
    let only: { readonly person: Person; readonly grade: 'exact' | 'confirmed' } | null = null;
    const source = await lookElsewhere(
      connection,
      { number: call.number, country, remembered },
      {
        cache: {
          ...cache,
          find: async (...asked) => {
            const found = await cache.find(...asked);
            if (found.ok) {
              for (const each of found.value) call.people.set(keyOf(connection.id, each), each);
            }
            return found;
          },
        },
        signal,
        tell: (known) => {
          put(callKey, call, known);
        },
        onPerson: (person, grade) => {
          only = { person, grade };
        },
      },
    );
    put(callKey, call, source);
    const found = only as { readonly person: Person; readonly grade: 'exact' | 'confirmed' } | null;
    if (found !== null) await keepPerson(callKey, connection.id, found.person, found.grade);
  };

  const look = async (callKey: string, call: Call): Promise<void> => {
    const all = await connections.openAll();
    const able = all.filter(({ now: { findByPhone } }) => findByPhone !== undefined);
    if (able.length === 0) return;
    call.sources = able.map(sourceOf);
    tell(callKey, call);
    const number = phoneForms(call.number, country)?.e164 ?? call.number;
    const remembered = await findRemembered(database, number);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), lookupBudgetMs);
    try {
      await Promise.all(
        able.map((connection) =>
          lookAt(
            callKey,
            call,
            connection,
            remembered.get(connection.id) ?? null,
            controller.signal,
          ),
        ),
      );
    } finally {
      clearTimeout(timer);
    }
  };

  const track = (work: Promise<void>, callKey: string): Promise<void> => {
    const done = work.catch((error: unknown) => {
      log.warn({ error, callKey }, 'what others know of a caller was not looked up');
    });
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
    return done;
  };

  const callOf = ({ callKey, remoteNumber }: CalledBy): Call | null => {
    const known = calls.get(callKey);
    if (known !== undefined) return known;
    const digits = phoneForms(remoteNumber, country)?.digits ?? '';
    if (digits.length < fewestDigits) return null;
    const call: Call = {
      number: remoteNumber,
      sources: [],
      people: new Map(),
      told: new Set(),
      done: Promise.resolve(),
    };
    calls.set(callKey, call);
    for (const oldest of calls.keys()) {
      if (calls.size <= mostCalls) break;
      calls.delete(oldest);
    }
    call.done = track(look(callKey, call), callKey);
    return call;
  };

  const deadline = (deadlineMs: number): Ask => ({
    signal: AbortSignal.timeout(deadlineMs),
    deadlineMs,
  });

  /** It is this person: for this call, for the next one from the number, and with what is open of theirs. */
  const settle = async (
    user: User,
    { callKey, remoteNumber }: CalledBy,
    call: Call | null,
    connection: LiveConnection,
    person: Person,
  ): Promise<readonly ElsewhereSource[]> => {
    const forms = phoneForms(remoteNumber, country);
    if (forms?.e164) {
      const given = { connectionId: connection.id, number: forms.e164, person };
      await rememberPerson(database, { ...given, userId: user.id, at: now() });
      cache.forget(connection.id, forms);
    }
    await keepPerson(callKey, connection.id, person, 'confirmed');
    const before = call?.sources.find((each) => each.connectionId === connection.id);
    const confirmed = personView({ person, grade: 'confirmed' });
    const others = (before?.people ?? []).filter(
      ({ type, id }) => type !== person.type || id !== person.id,
    );
    const source = {
      ...(before ?? sourceOf(connection)),
      state: 'found' as const,
      people: [confirmed, ...others],
      items: [],
    };
    const asked = deadline(lookupBudgetMs);
    const full = await withItems(connection, source, person, asked);
    if (call === null) return [full];
    put(callKey, call, full);
    return call.sources;
  };

  /** Whoever it was is remembered for a while; after that the number is asked for once more, and nothing is kept of it. */
  const personAt = async (
    { callKey, remoteNumber }: KnownCustomer,
    { connectionId, ...ref }: KnownCustomer['people'][number],
  ): Promise<Person | undefined> => {
    const key = keyOf(connectionId, ref);
    const known = calls.get(callKey)?.people.get(key) ?? searched.get(key);
    if (known !== undefined) return known;
    const connection = await connections.open(connectionId);
    const forms = phoneForms(remoteNumber, country);
    if (connection === null || forms === null) return undefined;
    const found = await cache.find(connection, forms, deadline(lookupBudgetMs));
    return found.ok ? found.value.find((each) => keyOf(connectionId, each) === key) : undefined;
  };

  const gone = refused('not_found', 'there is no such connection any more');

  const elsewhere: Elsewhere = {
    begin: (call) => {
      callOf(call);
    },
    shownTo: (userId, card) => {
      const call = callOf(card);
      if (call === null) return null;
      call.told.add(userId);
      return call.sources.length === 0 ? null : viewOf(card.callKey, call);
    },
    beside: (push) => {
      line = push;
      return {
        ...push,
        toUser: (userId, message) => {
          push.toUser(userId, message);
          if (message.kind !== 'card') return;
          const known = elsewhere.shownTo(userId, message.card);
          if (known !== null) push.toUser(userId, { kind: 'elsewhere', elsewhere: known });
        },
      };
    },
    again: async (card) => {
      const told = calls.get(card.callKey)?.told;
      const forms = phoneForms(card.remoteNumber, country);
      if (forms !== null) {
        for (const { id } of await connections.openAll()) cache.forget(id, forms);
      }
      calls.delete(card.callKey);
      const call = callOf(card);
      if (call === null) return [];
      for (const userId of told ?? []) call.told.add(userId);
      await call.done;
      return call.sources;
    },
    systems: async () =>
      (await connections.openAll()).map(({ id, name, connector, capabilities }) => ({
        ...{ connectionId: id, name, connector: connector.id },
        ...(connector.escalatesForCustomer === true ? { escalatesForCustomer: true } : {}),
        capabilities: [...capabilities],
      })),
    search: async (text) => {
      const all = await connections.openAll();
      const able = all.filter(({ now: { findByText } }) => findByText !== undefined);
      return Promise.all(
        able.map(async (connection): Promise<ElsewhereSource> => {
          const { findByText } = connection.now;
          const source = { ...sourceOf(connection), isComplete: true };
          if (findByText === undefined) return source;
          const found = connection.told(await findByText(text, deadline(searchDeadlineMs)));
          if (!found.ok) return { ...source, state: 'failed', why: found.why.kind };
          for (const person of found.value) searched.set(keyOf(connection.id, person), person);
          for (const oldest of searched.keys()) {
            if (searched.size <= mostSearched) break;
            searched.delete(oldest);
          }
          const people = found.value
            .slice(0, 8)
            .map((person) => personView({ person, grade: 'maybe' }));
          const state = people.length === 0 ? 'nobody' : 'found';
          return { ...source, state, people, hasMore: found.value.length > people.length };
        }),
      );
    },
    confirm: async (user, card, given) => {
      const connection = await connections.open(given.connectionId);
      if (connection === null) return gone;
      const call = callOf(card);
      await call?.done;
      const key = keyOf(given.connectionId, given);
      const person = call?.people.get(key) ?? searched.get(key);
      if (person === undefined) {
        return refused('not_found', 'nobody of that kind was found: search again');
      }
      return success({ person, sources: await settle(user, card, call, connection, person) });
    },
    create: async (user, card, given) => {
      const connection = await connections.open(given.connectionId);
      if (connection?.now.createPerson === undefined) return gone;
      const e164 = phoneForms(card.remoteNumber, country)?.e164;
      if (!e164) return refused('invalid', 'the number of the call cannot be kept in a record');
      const asked = deadline(createDeadlineMs);
      const made = connection.told(
        await connection.now.createPerson({ name: given.name.trim(), e164 }, asked),
      );
      if (!made.ok) return refused('conflict', `${made.why.kind}: ${made.why.message}`);
      const person = made.value;
      const sources = await settle(user, card, callOf(card), connection, person);
      return success({ person, sources });
    },
    emailOf: async (contactId) => {
      const customer = await findKnownCustomer(database, contactId);
      if (customer === null) return null;
      const found = await Promise.all(customer.people.map((each) => personAt(customer, each)));
      const emails = [...found.map((person) => person?.email?.trim()), customer.ownEmail];
      return emails.find((email) => email !== undefined && email !== '') ?? null;
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
  return elsewhere;
};
