import { success } from '../../../shared/result.ts';
import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import type { Ask } from '../ask.ts';
import { plainText } from '../call-text.ts';
import type {
  CallRecord,
  Connection,
  Logged,
  Opened,
  Person,
  RecordItem,
  Ref,
} from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { anything } from '../http/vendor-http.ts';
import { timeOf } from '../http/wire.ts';
import { callEvent, signature, type CallEvent } from './call-webhook.ts';
import { select, selectList, type JsonPath } from './json-path.ts';
import { readPlan, type Plan, type Request } from './plan.ts';
import { fillJson, fillUrl, type Values } from './template.ts';

/** What a webhook that answers no JSON may say. */
const plainAnswers = ['ok', 'OK', 'Ok', 'accepted', 'Accepted', 'success', 'true'];
/** Nobody has it (ATIS-0300115, numbers for fiction). */
const testNumber = { e164: '+12025550100', digits: '12025550100', national: '2025550100' };
const mostMistakes = 3;

/** Texts at these places, of whatever kind they are there. */
const textsAt = (paths: readonly JsonPath[], record: unknown): readonly string[] =>
  paths
    .flatMap((path) => select(path, record))
    .flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]))
    .flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' ? [String(value).trim()] : [],
    )
    .filter((text) => text !== '');

const textAt = (path: JsonPath | undefined, record: unknown): string =>
  path === undefined ? '' : (textsAt([path], record)[0] ?? '');

/** ISO 8601, Unix s or Unix ms; seconds reach the year 5138 before they are as many as milliseconds of 1973. */
const instantAt = (path: JsonPath, record: unknown): number => {
  const text = textAt(path, record);
  if (!/^\d+(?:\.\d+)?$/u.test(text)) return timeOf(text);
  const value = Number(text);
  return value < 100_000_000_000 ? value * 1_000 : value;
};

const phoneValues = ({ e164, digits, national, last10 }: PhoneForms): Values => ({
  e164: e164 ?? digits,
  digits,
  national,
  last10,
});

const hostOf = (address: string): string => URL.parse(address)?.hostname ?? '';

const notYet = (mistakes: readonly string[]) =>
  failed('validation', mistakes.slice(0, mostMistakes).join('; '));

const openPlan = (plan: Plan, { http, settings }: Opened): Connection => {
  const base = settings['baseUrl'] ?? '';
  const ownHosts = new Set([base, plan.people.page, plan.items?.page ?? ''].map(hostOf));

  /** null: the values cannot stand in an address; nobody is called so. */
  const read = async (
    what: string,
    { path, body }: Request,
    values: Values,
    ask: Ask,
  ): Promise<Outcome<unknown>> => {
    if (plan.missing.length > 0) return notYet(plan.missing);
    const at = fillUrl(path, values);
    if (at === null) return success(null);
    const asked =
      body === undefined
        ? ({ what, method: 'GET', path: at } as const)
        : ({ what, method: 'POST', path: at, json: fillJson(body, values) } as const);
    const answer = await http.request(asked, anything, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  /** Things with an id, at the place of the list; nothing at all in the answer is nobody. */
  const listed = async <Thing extends { readonly id: string }>(
    what: string,
    request: Request,
    values: Values,
    list: JsonPath,
    thingOf: (record: unknown) => Thing,
    ask: Ask,
  ): Promise<Outcome<readonly Thing[]>> => {
    const answer = await read(what, request, values, ask);
    if (!answer.ok || answer.value === null) return answer.ok ? success([]) : answer;
    const records = selectList(list, answer.value);
    if (records === undefined) {
      return failed('bad_response', `${what}: the answer has no list at its path`);
    }
    const things = records.map(thingOf).filter(({ id }) => id !== '');
    return records.length > 0 && things.length === 0
      ? failed('bad_response', `${what}: nothing in the list has an id at its path`)
      : success(things);
  };

  const personOf = (record: unknown): Person => {
    const { people } = plan;
    const id = textAt(people.id, record);
    const email = textAt(people.email, record);
    const company = textAt(people.company, record);
    return {
      type: 'person',
      id,
      name: textsAt(people.name, record).join(' '),
      phones: textsAt(people.phones, record),
      ...(email === '' ? {} : { email }),
      ...(company === '' ? {} : { company }),
      url: fillUrl(people.page, { id }) ?? base,
    };
  };

  const findPeople = (what: string, request: Request, values: Values, ask: Ask) =>
    listed(what, request, values, plan.people.list, personOf, ask);

  const itemOf = (items: NonNullable<Plan['items']>, record: unknown): RecordItem => {
    const id = textAt(items.id, record);
    const status = textAt(items.status, record);
    return {
      type: 'item',
      id,
      reference: textAt(items.reference, record) || id,
      title: plainText(textAt(items.title, record)),
      status,
      isOpen: !items.closed.has(status.toLowerCase()),
      updatedAt: instantAt(items.updated, record),
      url: fillUrl(items.page, { id }) ?? base,
    };
  };

  const post = async (
    { path, secret }: NonNullable<Plan['webhook']>,
    event: CallEvent,
    ask: Ask,
  ): Promise<Outcome<unknown>> => {
    if (plan.missing.length > 0) return notYet(plan.missing);
    // The layer below writes the same object in the same way.
    const body = JSON.stringify(event);
    const headers = {
      'ringside-event-id': event.id,
      'ringside-signature': signature(body, secret, Date.now()),
    };
    const asked = { what: `post ${event.type}`, method: 'POST', path, json: event } as const;
    const answer = await http.request({ ...asked, headers, plainAnswers }, anything, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  /** Its page may be of this connection's hosts alone. */
  const pageIn = (answer: unknown): string | undefined => {
    const url = textAt([{ kind: 'member', name: 'url' }], answer);
    const parsed = URL.parse(url);
    return parsed?.protocol === 'https:' && ownHosts.has(parsed.hostname) ? url : undefined;
  };

  const tell = async (
    webhook: NonNullable<Plan['webhook']>,
    event: CallEvent,
    call: CallRecord,
    ask: Ask,
  ): Promise<Outcome<Logged>> => {
    const answer = await post(webhook, event, ask);
    if (!answer.ok) return answer;
    const { person } = call;
    const ofPerson =
      person === undefined ? null : fillUrl(plan.people.page || base, { id: person.id });
    return success({
      type: 'call',
      id: textAt([{ kind: 'member', name: 'id' }], answer.value) || call.callId,
      url: pageIn(answer.value) ?? ofPerson ?? base,
    });
  };

  /** Nobody is looked up: a page for the number is all that there is, and it is told as whoever has the number. */
  const popFor = (pop: string, phone: PhoneForms): readonly Person[] => {
    const url = fillUrl(pop, phoneValues(phone));
    const number = phone.e164 ?? phone.digits;
    return url === null
      ? []
      : [{ type: 'link', id: number, name: hostOf(pop), phones: [number], url }];
  };

  const testConnection = async (ask: Ask): Promise<Outcome<unknown>> => {
    const { test, lookup, webhook, missing } = plan;
    if (missing.length > 0) return notYet(missing);
    if (test !== undefined) return read('test', { path: test }, {}, ask);
    if (lookup !== undefined) {
      const values = { ...testNumber, last10: testNumber.national };
      return findPeople('look up a number', lookup, values, ask);
    }
    return webhook === undefined
      ? success(null)
      : post(webhook, { id: `ping-${crypto.randomUUID()}`, type: 'ping' }, ask);
  };

  const { lookup, search, items, webhook, pop, knowledge } = plan;
  return {
    testConnection: async (ask) => {
      const tested = await testConnection(ask);
      return tested.ok ? success({ name: hostOf(base), facts: {} }) : tested;
    },
    ...(lookup === undefined
      ? pop === undefined
        ? {}
        : { findByPhone: (phone: PhoneForms) => Promise.resolve(success(popFor(pop, phone))) }
      : {
          findByPhone: (phone: PhoneForms, ask: Ask) =>
            findPeople('look up a number', lookup, phoneValues(phone), ask),
        }),
    ...(search === undefined
      ? {}
      : {
          findByText: (text: string, ask: Ask) => findPeople('search', search, { text }, ask),
        }),
    ...(items === undefined
      ? {}
      : {
          recentItems: async (person: Ref, limit: number, ask: Ask) => {
            const values = { id: person.id };
            const found = await listed(
              'list recent items',
              items,
              values,
              items.list,
              (record) => itemOf(items, record),
              ask,
            );
            if (!found.ok) return found;
            const newest = [...found.value].sort((a, b) => b.updatedAt - a.updatedAt);
            return success(newest.slice(0, limit));
          },
        }),
    ...(webhook === undefined
      ? {}
      : {
          logCall: (call: CallRecord, ask: Ask) =>
            tell(webhook, callEvent('call.logged', call), call, ask),
          updateCall: async (logged: Ref, call: CallRecord, ask: Ask) => {
            const told = await tell(webhook, callEvent('call.updated', call), call, ask);
            return told.ok ? success({ ...told.value, id: logged.id }) : told;
          },
        }),
    ...(knowledge === undefined
      ? {}
      : {
          // A page to go on searching; whoever wants titles here needs a connector of its own.
          searchKnowledge: (query: string) => {
            const url = fillUrl(knowledge, { text: query });
            const title = `${hostOf(knowledge)}: ${query}`;
            const link = { id: 'search', title, snippet: '', url: url ?? knowledge };
            return Promise.resolve(success(url === null ? [] : [link]));
          },
        }),
  };
};

export const openGenericHttp = (opened: Opened): Connection => {
  const plan = readPlan(opened.settings);
  if (plan.ok) return openPlan(plan.value, opened);
  return { testConnection: () => Promise.resolve(notYet(plan.why)) };
};
