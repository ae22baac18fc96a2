import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import type { Connection, Opened, Person } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { present, timeOf } from '../http/wire.ts';
import { searchSchema, type SalesforceRecord } from './salesforce-answers.ts';
import { soslPhone, soslWords } from './salesforce-queries.ts';
import { lightningPage, type SalesforceRequests } from './salesforce-requests.ts';

/** So many of each kind; more than one is shown to the agent to choose from. */
const mostOfAKind = 20;

const contactFields =
  'Id, Name, Phone, MobilePhone, HomePhone, OtherPhone, Email, Account.Name, CreatedDate';
const leadFields = 'Id, Name, Phone, MobilePhone, Email, Company, CreatedDate';
const accountFields = 'Id, Name, Phone, CreatedDate';

const returning = (hasLeads: boolean): string => {
  const limit = `LIMIT ${String(mostOfAKind)}`;
  // A lead that was converted lives on as a contact.
  const leads = hasLeads ? [`Lead(${leadFields} WHERE IsConverted = false ${limit})`] : [];
  return [
    `Contact(${contactFields} ${limit})`,
    ...leads,
    `Account(${accountFields} ${limit})`,
  ].join(', ');
};

/** Salesforce wants a last name: the last word, as it is written in the Americas' and Europe's order of names. */
const namesOf = (name: string) => {
  const words = name.trim().split(/\s+/u);
  const last = words.at(-1) ?? '';
  const first = words.slice(0, -1).join(' ');
  return {
    LastName: last.slice(0, 80),
    ...(first === '' ? {} : { FirstName: first.slice(0, 40) }),
  };
};

export const peopleOf = (
  requests: SalesforceRequests,
  { settings }: Pick<Opened, 'settings'>,
): Required<Pick<Connection, 'findByPhone' | 'findByText' | 'createPerson'>> => {
  const personOf = (record: SalesforceRecord): Person => {
    const { type } = record.attributes;
    const createdAt = timeOf(record.CreatedDate);
    const company = record.Company ?? record.Account?.Name;
    const { Phone, MobilePhone, HomePhone, OtherPhone, Email } = record;
    return {
      type,
      id: record.Id,
      name: record.Name ?? '',
      phones: present([Phone, MobilePhone, HomePhone, OtherPhone]),
      ...(Email ? { email: Email } : {}),
      ...(company ? { company } : {}),
      ...(createdAt === 0 ? {} : { createdAt }),
      url: lightningPage(settings, type, record.Id),
    };
  };

  const find = async (
    terms: string,
    fields: 'PHONE' | 'ALL',
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> => {
    const kinds = returning(settings['leads'] !== 'leave_out');
    const sosl = `FIND {${terms}} IN ${fields} FIELDS RETURNING ${kinds}`;
    const found = await requests.search('search people', sosl, searchSchema, ask);
    return found.ok ? success(found.value.searchRecords.map(personOf)) : found;
  };

  return {
    findByPhone: (phone, ask) => find(soslPhone(phone), 'PHONE', ask),
    findByText: (text, ask) => {
      const terms = soslWords(text);
      return terms === null ? Promise.resolve(success([])) : find(terms, 'ALL', ask);
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const fields = { ...namesOf(name), Phone: e164, ...(email ? { Email: email } : {}) };
      const made = await requests.create('Contact', fields, ask);
      if (!made.ok) return made;
      const url = lightningPage(settings, 'Contact', made.value);
      const person = { type: 'Contact', id: made.value, name, phones: [e164], url };
      return success({ ...person, ...(email ? { email } : {}) });
    },
  };
};
