import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import type { Connection, Opened, Person } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { path } from '../http/vendor-http.ts';
import { present, timeOf } from '../http/wire.ts';
import {
  contactSchema,
  contactsSchema,
  foundContactsSchema,
  namesSchema,
  type FreshdeskContact,
} from './freshdesk-answers.ts';
import { agentPage, type FreshdeskRequests } from './freshdesk-requests.ts';

/** Autocompletion tells names alone: so many of them are looked at, a request each. */
const mostLookedAt = 5;
const longestTerm = 100;

/** As people write it: `+55 11 3333-4444` and `+55 (11) 3333-4444` too, where no trunk prefix stands before the area. */
const writtenForms = (phone: PhoneForms): readonly string[] => {
  const { e164, national, nationalFormat, internationalFormat, digits } = phone;
  const isPlain = e164 !== null && nationalFormat.replaceAll(/\D/gu, '') === national;
  const abroad = `+${digits.slice(0, digits.length - national.length)} `;
  return present([
    ...[e164, national, nationalFormat, internationalFormat, digits],
    ...(isPlain ? [abroad + nationalFormat.replaceAll(/[()]/gu, ''), abroad + nationalFormat] : []),
  ]);
};

/**
 * Every form in which the number may be kept, for both fields, in one search: lists of contacts have a limit of their own, 20 a
 * minute in small plans, which a search for each form would use up in two calls. Freshdesk compares whole values.
 */
export const phoneQuery = (phone: PhoneForms): string => {
  const clauses = [...new Set(writtenForms(phone))]
    .map((form) => form.replaceAll(/['"\\]/gu, ''))
    .map((form) => `phone:'${form}' OR mobile:'${form}'`);
  // All forms of the longest number fit into the 512 characters that Freshdesk reads.
  return `"${clauses.join(' OR ')}"`;
};

export const peopleOf = (
  requests: FreshdeskRequests,
  { settings }: Pick<Opened, 'settings'>,
): Required<Pick<Connection, 'findByPhone' | 'findByText' | 'createPerson'>> => {
  const personOf = (contact: FreshdeskContact): Person => {
    const id = String(contact.id);
    const createdAt = timeOf(contact.created_at);
    return {
      type: 'contact',
      id,
      name: contact.name ?? contact.email ?? '',
      phones: present([contact.phone, contact.mobile]),
      ...(contact.email ? { email: contact.email } : {}),
      ...(createdAt === 0 ? {} : { createdAt }),
      url: agentPage(settings, 'contacts', id),
    };
  };

  const findByName = async (term: string, ask: Ask): Promise<Outcome<readonly Person[]>> => {
    const at = '/contacts/autocomplete';
    const names = await requests.read('complete contacts', at, { term }, namesSchema, ask);
    if (!names.ok) return names;
    const looked = await Promise.all(
      names.value
        .slice(0, mostLookedAt)
        .map(({ id }) =>
          requests.read('show contact', path`/contacts/${id}`, {}, contactSchema, ask),
        ),
    );
    const people: Person[] = [];
    for (const contact of looked) {
      if (contact.ok) people.push(personOf(contact.value));
      // One that was deleted since it was completed is nobody.
      else if (contact.why.kind !== 'not_found') return contact;
    }
    return success(people);
  };

  return {
    findByPhone: async (phone, ask) => {
      const query = { query: phoneQuery(phone) };
      const at = '/search/contacts';
      const found = await requests.read('search contacts', at, query, foundContactsSchema, ask);
      return found.ok ? success(found.value.results.map(personOf)) : found;
    },
    findByText: async (text, ask) => {
      const term = text
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, longestTerm);
      if (!/[\p{L}\p{N}]/u.test(term)) return success([]);
      if (!/^\S+@\S+$/u.test(term)) return findByName(term, ask);
      const listed = await requests.read(
        'list contacts',
        '/contacts',
        { email: term },
        contactsSchema,
        ask,
      );
      return listed.ok ? success(listed.value.map(personOf)) : listed;
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const given = { name, phone: e164, ...(email ? { email } : {}) };
      const made = await requests.write('create contact', '/contacts', given, contactSchema, ask);
      return made.ok ? success(personOf(made.value)) : made;
    },
  };
};
