import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  CallRecord,
  Capability,
  Connection,
  Connector,
  Ref,
} from '../../../src/backend/connectors/connector.ts';
import type { ConnectorFailure, Outcome } from '../../../src/backend/connectors/failure.ts';
import {
  fixedHeaders,
  type Tokens,
  type TokenStore,
} from '../../../src/backend/connectors/http/authentication.ts';
import { createTransport } from '../../../src/backend/connectors/http/transport.ts';
import { openConnection } from '../../../src/backend/connectors/open-connection.ts';
import { phoneForms, sameNumber } from '../../../src/shared/domain/phone-number/phone-forms.ts';
import { known } from '../known.ts';
import { startFakeVendor, type FakeVendor, type Fault, type VendorModel } from './fake-vendor.ts';

/** What every connector keeps, whatever its vendor: run over each of them. */

const country = 'BR';
const caller = { name: 'Ana Pires', phones: ['+55 11 3333-4444'], email: 'ana@pires.example' };
const other = { name: 'Bruno Lima', phones: ['+55 21 2222-1111'], email: 'bruno@lima.example' };
const secretWords = ['Pires', '33334444', '3333-4444', 'ana@pires', 'access-', 'refresh-'];

const there = <Value>(value: Value | null | undefined, what: string): Value => {
  if (value === null || value === undefined) throw new Error(`${what} is not there`);
  return value;
};

const formsOf = (text: string) => there(phoneForms(text, country), 'forms of a number');

/** Tokens in memory, renewed by one at a time as the store of the backend does it. */
export const memoryTokens = (first: Tokens | null = null): TokenStore => {
  let held = first;
  let underWay: Promise<Outcome<Tokens>> | null = null;
  return {
    current: () => Promise.resolve(held),
    renew: (spent, exchange) => {
      if (held !== null && held.accessToken !== spent?.accessToken) {
        return Promise.resolve({ ok: true, value: held });
      }
      underWay ??= exchange(held)
        .then((renewed) => {
          if (renewed.ok) held = renewed.value;
          return renewed;
        })
        .finally(() => {
          underWay = null;
        });
      return underWay;
    },
  };
};

/** A call with everything that there may be to say of it. */
export const callRecord = (more: Partial<CallRecord> = {}): CallRecord => ({
  callId: crypto.randomUUID(),
  direction: 'inbound',
  customerNumber: '+551133334444',
  companyNumber: '+551140001000',
  agentName: 'Maya Ferreira',
  queue: 'Support',
  startedAt: Date.UTC(2026, 10, 20, 12, 0, 0),
  answeredAt: Date.UTC(2026, 10, 20, 12, 0, 12),
  endedAt: Date.UTC(2026, 10, 20, 12, 4, 12),
  talkSeconds: 240,
  title: 'Incoming call, Support, 4 min',
  lines: [
    { label: 'Agent', value: 'Maya Ferreira' },
    { label: 'Wrap-up', value: 'Billing question' },
    { label: 'Notes', value: 'Wants <b>one</b> invoice & no more' },
  ],
  revision: 0,
  disposition: { code: 'billing', label: 'Billing question' },
  notes: 'Wants <b>one</b> invoice & no more',
  ...more,
});

export type ContractOptions = {
  /** Which numbers of the caller's the vendor can find that are stored in another form than E.164. */
  readonly findsForms?: readonly string[];
  /** Vendors that keep a call as something that has to have a person. */
  readonly callNeedsPerson?: true;
};

/** `model` makes a fake with an empty memory. */
export const connectorContract = (
  connector: Connector,
  model: () => VendorModel,
  options: ContractOptions = {},
): void => {
  let vendor: FakeVendor;
  let connection: Connection;
  const firstTokens = fixedHeaders(connector.authentication, model().settings) === null;

  const openWith = (tokens: TokenStore): Connection =>
    openConnection(
      connector,
      vendor.model.settings,
      {},
      {
        transport: createTransport({ origins: vendor.origins }),
        tokens,
        now: Date.now,
      },
    ).now;

  const ask = (deadlineMs = 5_000) => ({ signal: new AbortController().signal, deadlineMs });
  const first = (deadlineMs?: number) => ({ ...ask(deadlineMs), mayExist: false });
  const again = () => ({ ...ask(), mayExist: true });

  /** The first token is had as after a sign-in: with a refresh token that works. */
  const connected = async (): Promise<Connection> => {
    if (connector.authentication.kind !== 'oauth2') return openWith(memoryTokens());
    const [origin] = vendor.origins.values();
    const answer = await fetch(`${there(origin, 'an origin')}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'authorization_code' }),
    });
    const fields = (await answer.json()) as { access_token: string; refresh_token: string };
    const factsOf = connector.authentication.factsOf;
    return openWith(
      memoryTokens({
        accessToken: fields.access_token,
        refreshToken: fields.refresh_token,
        ...(factsOf === undefined ? {} : { facts: factsOf(fields) }),
      }),
    );
  };

  const failureOf = (outcome: Outcome<unknown>): ConnectorFailure => {
    if (outcome.ok) throw new Error('it went well');
    return outcome.why;
  };

  const has = (name: Capability): boolean => probe[name] !== undefined;
  /** What it can do is known before any test runs, from a connection that never asks anything. */
  const probe = connector.open({
    settings: model().settings,
    facts: {},
    http: { request: () => Promise.reject(new Error('a probe asks nothing')) },
  });
  /** What a vendor cannot do has no test. */
  const whenever =
    (isSo: boolean) =>
    (title: string, run: () => Promise<void>): void => {
      if (isSo) it(title, run);
    };
  const when = (name: Capability) => whenever(has(name));

  const personRef = (id: string, found?: Ref): Ref => found ?? { type: 'person', id };
  const seededCaller = async (): Promise<Ref> => {
    const id = vendor.model.addPerson(caller);
    if (connection.findByPhone === undefined) return personRef(id);
    const found = known(await connection.findByPhone(formsOf('+551133334444'), ask()));
    return personRef(id, found[0]);
  };
  const callOf = async (more: Partial<CallRecord> = {}): Promise<CallRecord> =>
    options.callNeedsPerson === true
      ? callRecord({ person: await seededCaller(), ...more })
      : callRecord(more);

  /** Something that asks once, for the table of faults; reads where there is one. */
  const askOnce = (deadlineMs?: number): Promise<Outcome<unknown>> => {
    if (connection.findByPhone !== undefined) {
      return connection.findByPhone(formsOf('+551133334444'), ask(deadlineMs));
    }
    if (connection.searchKnowledge !== undefined) {
      return connection.searchKnowledge('refund', 'en-us', 5, ask(deadlineMs));
    }
    const given = { subject: 'Refund', body: 'Twice', links: [], key: crypto.randomUUID() };
    return there(connection.escalate, 'something to ask')(given, first(deadlineMs));
  };

  describe(`${connector.name} keeps the contract`, () => {
    beforeAll(async () => {
      vendor = await startFakeVendor(model());
    });
    beforeEach(async () => {
      await vendor.stop();
      vendor = await startFakeVendor(model());
      connection = await connected();
    });
    afterAll(() => vendor.stop());

    const agrees = (): void => {
      expect(vendor.violations).toEqual([]);
    };

    it('says whose account it is', async () => {
      const account = known(await connection.testConnection(ask()));
      expect(account.name).not.toBe('');
      agrees();
    });

    when('findByPhone')('finds who has the number and nobody else, and makes nobody', async () => {
      const id = vendor.model.addPerson(caller);
      vendor.model.addPerson(other);
      const before = vendor.model.peopleCount();
      const find = there(connection.findByPhone, 'findByPhone');
      const found = known(await find(formsOf('+551133334444'), ask()));
      const verified = found.filter(({ phones }) =>
        phones.some((phone) => sameNumber(phone, '+551133334444', country) !== null),
      );
      expect(verified.map((person) => [person.id, person.name])).toEqual([[id, caller.name]]);
      expect(verified[0]?.url).toMatch(/^https:\/\//u);
      expect(known(await find(formsOf('+551155556666'), ask()))).toEqual([]);
      expect(vendor.model.peopleCount()).toBe(before);
      agrees();
    });

    for (const form of options.findsForms ?? []) {
      it(`finds a number that is kept as ${form}`, async () => {
        const id = vendor.model.addPerson({ ...caller, phones: [form] });
        const find = there(connection.findByPhone, 'findByPhone');
        const found = known(await find(formsOf('+551133334444'), ask()));
        expect(found.map((person) => person.id)).toEqual([id]);
        agrees();
      });
    }

    when('findByText')('finds by name, whatever is typed', async () => {
      const id = vendor.model.addPerson(caller);
      vendor.model.addPerson(other);
      const find = there(connection.findByText, 'findByText');
      expect(known(await find('Pires', ask())).map((person) => person.id)).toEqual([id]);
      for (const typed of ['"', "O'Neill \\ (x) {y} [z] *:?", '%_', '💥']) {
        expect(known(await find(typed, ask()))).toEqual([]);
      }
      agrees();
    });

    when('recentItems')('tells what is new of somebody, newest first, open or not', async () => {
      const ref = await seededCaller();
      const day = Date.UTC(2026, 10, 1);
      vendor.model.addItem(ref.id, { title: 'Old', isOpen: true, updatedAt: day });
      vendor.model.addItem(ref.id, { title: 'New', isOpen: false, updatedAt: day + 86_400_000 });
      const items = known(await there(connection.recentItems, 'recentItems')(ref, 5, ask()));
      expect(items.map(({ title, isOpen }) => [title, isOpen])).toEqual([
        ['New', false],
        ['Old', true],
      ]);
      expect(items.map(({ updatedAt }) => updatedAt)).toEqual([day + 86_400_000, day]);
      for (const item of items) {
        expect(item.url).toMatch(/^https:\/\//u);
        expect(item.reference).not.toBe('');
      }
      agrees();
    });

    when('createPerson')('makes somebody once it is told to', async () => {
      const made = known(
        await there(connection.createPerson, 'createPerson')(
          { name: 'Nova Pessoa', e164: '+551177778888' },
          ask(),
        ),
      );
      expect(made.name).toBe('Nova Pessoa');
      expect(vendor.model.peopleCount()).toBe(1);
      agrees();
    });

    when('logCall')(
      'logs a call with what there is to say of it, as text and not as markup',
      async () => {
        const call = await callOf();
        const logged = known(await there(connection.logCall, 'logCall')(call, first()));
        expect(logged.id).not.toBe('');
        expect(logged.url).toMatch(/^https:\/\//u);
        expect(vendor.model.written(call.callId)).toBe(1);
        const all = vendor.model.texts().join('\n');
        expect(all).toContain('Billing question');
        expect(all).not.toContain('invoice & no more</b>');
        agrees();
      },
    );

    when('logCall')('logs a call once, however often its answer is lost', async () => {
      const call = await callOf();
      const log = there(connection.logCall, 'logCall');
      vendor.spoilBy(({ method }) => (method === 'GET' ? undefined : 'cut_off_after'));
      const lost = failureOf(await log(call, first()));
      expect(lost.mayBeDone).toBe(true);
      vendor.spoilBy(null);
      for (const _ of [1, 2]) known(await log(call, again()));
      expect(vendor.model.written(call.callId)).toBe(1);
      agrees();
    });

    when('updateCall')('adds late news once, beside what was logged', async () => {
      const call = await callOf();
      const logged = known(await there(connection.logCall, 'logCall')(call, first()));
      const recordingUrl = 'https://ringside.example/recordings/1';
      const news = { ...call, revision: 1, recordingUrl };
      const update = there(connection.updateCall, 'updateCall');
      for (const given of [first(), again(), again()]) known(await update(logged, news, given));
      const told = vendor.model.texts().filter((text) => text.includes(recordingUrl));
      expect(told).toHaveLength(1);
      expect(vendor.model.written(call.callId)).toBe(1);
      agrees();
    });

    when('createTicket')('makes a ticket once, and adds to it once', async () => {
      const person = await seededCaller();
      const key = crypto.randomUUID();
      const ticket = { subject: 'Refund', body: 'Paid <twice>', person, tags: ['phone'], key };
      const create = there(connection.createTicket, 'createTicket');
      vendor.spoilBy(({ method }) => (method === 'GET' ? undefined : 'cut_off_after'));
      failureOf(await create(ticket, first()));
      vendor.spoilBy(null);
      const made = known(await create(ticket, again()));
      expect(vendor.model.written(key)).toBe(1);
      expect(made.title).toBe('Refund');
      expect(made.isOpen).toBe(true);
      const append = there(connection.appendToTicket, 'appendToTicket');
      const note = { text: 'Called again', isPublic: false, key: crypto.randomUUID() };
      for (const given of [first(), again(), again()]) known(await append(made, note, given));
      expect(vendor.model.texts().filter((text) => text.includes('Called again'))).toHaveLength(1);
      agrees();
    });

    when('searchKnowledge')('finds articles and tells them as plain text', async () => {
      const id = vendor.model.addArticle({ title: 'Refund rules', text: 'A refund takes 5 days' });
      vendor.model.addArticle({ title: 'Opening hours', text: 'From nine' });
      const search = there(connection.searchKnowledge, 'searchKnowledge');
      const articles = known(await search('refund', 'en-us', 5, ask()));
      expect(articles.map((article) => [article.id, article.title])).toEqual([
        [id, 'Refund rules'],
      ]);
      expect(articles[0]?.snippet).not.toMatch(/[<>]|@@@/u);
      expect(articles[0]?.url).toMatch(/^https:\/\//u);
      known(await search('"x\\ (y) 💥', 'en-us', 5, ask()));
      agrees();
    });

    when('escalate')('escalates with everything that the next one needs', async () => {
      const key = crypto.randomUUID();
      const links = [{ title: 'The call', url: 'https://ringside.example/contacts/1' }];
      const given = { subject: 'Outage <core>', body: 'Since 9 & still', links, key };
      const done = known(await there(connection.escalate, 'escalate')(given, first()));
      expect(done.url === '' || done.url.startsWith('https://')).toBe(true);
      expect(vendor.model.written(key)).toBe(1);
      expect(vendor.model.texts().join('\n')).toContain('https://ringside.example/contacts/1');
      agrees();
    });

    const escalation = () => ({
      subject: 'Outage',
      body: 'Since nine',
      links: [{ title: 'The call', url: 'https://ringside.example/contacts/1' }],
      key: crypto.randomUUID(),
    });
    const maySeeDouble = connector.escalationRepeats?.(model().settings) === 'may_double';

    when('escalate')('escalates once, however often its answer is lost', async () => {
      const escalate = there(connection.escalate, 'escalate');
      const given = escalation();
      vendor.spoilBy(({ method }) => (method === 'GET' ? undefined : 'cut_off_after'));
      expect(failureOf(await escalate(given, first())).mayBeDone).toBe(true);
      vendor.spoilBy(null);
      const before = vendor.asked.length;
      for (const _ of [1, 2]) {
        const outcome = await escalate(given, again());
        if (maySeeDouble) expect(failureOf(outcome).kind).toBe('in_doubt');
        else known(outcome);
      }
      if (maySeeDouble) expect(vendor.asked.length).toBe(before);
      expect(vendor.model.written(given.key)).toBe(1);
      agrees();
    });

    when('escalate')('escalates after all what did not arrive before', async () => {
      const escalate = there(connection.escalate, 'escalate');
      const given = escalation();
      vendor.spoilBy(() => 'cut_off_before');
      failureOf(await escalate(given, first()));
      vendor.spoilBy(null);
      known(await escalate(given, maySeeDouble ? first() : again()));
      expect(vendor.model.written(given.key)).toBe(1);
      agrees();
    });

    whenever(firstTokens)('renews a token that ended, once for all that wait', async () => {
      vendor.endTokens();
      const before = vendor.tokenRequests();
      const all = await Promise.all([askOnce(), askOnce(), askOnce()]);
      for (const outcome of all) known(outcome);
      expect(vendor.tokenRequests() - before).toBe(1);
    });

    it('says that it has to be connected again when everything was taken back', async () => {
      if (firstTokens) vendor.revoke();
      else vendor.spoilBy(() => 401);
      expect(failureOf(await askOnce()).kind).toBe('auth');
    });

    const faults: readonly (readonly [Fault, readonly ConnectorFailure['kind'][]])[] = [
      [403, ['forbidden']],
      [404, ['not_found']],
      [409, ['conflict']],
      [422, ['validation']],
      [429, ['rate_limited']],
      [500, ['unavailable']],
      [503, ['unavailable']],
      ['html', ['bad_response']],
      ['not_json', ['bad_response']],
      ['other_shape', ['bad_response']],
      ['huge', ['bad_response']],
      ['elsewhere', ['bad_response']],
      ['cut_off_before', ['unavailable']],
      ['cut_off_after', ['unavailable']],
      ['slow', ['timeout']],
    ];
    for (const [fault, kinds] of faults) {
      it(`says ${kinds.join(' or ')} to ${String(fault)}, and nothing of anybody`, async () => {
        vendor.model.addPerson(caller);
        vendor.spoilBy(() => fault);
        const why = failureOf(await askOnce(1_500));
        expect(kinds).toContain(why.kind);
        expect(why.message.length).toBeLessThan(200);
        const told = JSON.stringify(why);
        for (const word of [...secretWords, ...Object.values(vendor.model.settings)]) {
          if (word.length > 5) expect(told).not.toContain(word);
        }
        if (fault === 429) expect(why.retryAfterMs).toBeGreaterThan(0);
      });
    }

    it('asks nothing while the vendor wants to be left alone', async () => {
      vendor.spoil(429);
      failureOf(await askOnce(200));
      const count = vendor.asked.length;
      expect(failureOf(await askOnce(200)).kind).toBe('rate_limited');
      expect(vendor.asked.length).toBe(count);
    });

    it('ends when it is given up', async () => {
      vendor.spoilBy(() => 'slow');
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      const startedAt = performance.now();
      const find = connection.findByPhone;
      const given = { signal: controller.signal, deadlineMs: 10_000 };
      const asked =
        find === undefined
          ? connection.testConnection(given)
          : find(formsOf('+551133334444'), given);
      expect(failureOf(await asked).kind).toBe('timeout');
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    });
  });
};
