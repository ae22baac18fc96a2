import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import type { Connection, Opened, Person } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { present, timeOf } from '../http/wire.ts';
import type { HubSpotObject } from './hubspot-answers.ts';
import { recordPage, type HubSpotRequests, type Search } from './hubspot-requests.ts';

const properties = ['firstname', 'lastname', 'email', 'phone', 'mobilephone', 'company'];
/** More than one is shown to the agent to choose from. */
const mostPeople = 20;
/** The search itself takes 3,000 characters. */
const longestQuery = 200;

const equals = (propertyName: string, value: string) => ({
  filters: [{ propertyName, operator: 'EQ' as const, value }],
});

const namesOf = (name: string): Readonly<Record<string, string>> => {
  const words = name.trim().split(/\s+/u);
  const last = words.length > 1 ? words.at(-1) : undefined;
  const firstname = words.slice(0, last === undefined ? 1 : -1).join(' ');
  return { firstname, ...(last === undefined ? {} : { lastname: last }) };
};

export const peopleOf = (
  requests: HubSpotRequests,
  { facts }: Pick<Opened, 'facts'>,
): Required<Pick<Connection, 'findByPhone' | 'findByText' | 'createPerson'>> => {
  const personOf = ({ id, properties: own, createdAt }: HubSpotObject): Person => {
    const { email, company } = own;
    const name = present([own['firstname'], own['lastname']]).join(' ');
    const made = timeOf(createdAt);
    return {
      type: 'contact',
      id: String(id),
      name: name === '' ? (email ?? '') : name,
      phones: present([own['phone'], own['mobilephone']]),
      ...(email ? { email } : {}),
      ...(company ? { company } : {}),
      ...(made === 0 ? {} : { createdAt: made }),
      url: recordPage(facts, 'contacts', String(id)),
    };
  };

  const find = async (
    search: Pick<Search, 'filterGroups' | 'query'>,
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> => {
    const given = { ...search, properties, limit: mostPeople };
    const found = await requests.search('contacts', given, ask);
    return found.ok ? success(found.value.map(personOf)) : found;
  };

  return {
    /**
     * HubSpot calculates area code and local number, without country and punctuation, of what it can read as a number; what it
     * cannot read is only found as it was written. Any of the groups is enough.
     */
    findByPhone: ({ e164, digits, national }, ask) => {
      const written = e164 ?? digits;
      const filterGroups = [
        equals('hs_searchable_calculated_phone_number', national),
        equals('hs_searchable_calculated_mobile_number', national),
        equals('phone', written),
        equals('mobilephone', written),
      ];
      return find({ filterGroups }, ask);
    },
    findByText: (text, ask) => {
      const query = text.slice(0, longestQuery).trim();
      return /[\p{L}\p{N}]/u.test(query)
        ? find({ query }, ask)
        : Promise.resolve(success<readonly Person[]>([]));
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const own = { ...namesOf(name), phone: e164, ...(email ? { email } : {}) };
      const made = await requests.create('contacts', own, [], ask);
      return made.ok ? success(personOf(made.value)) : made;
    },
  };
};
