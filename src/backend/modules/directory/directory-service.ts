import type { Customer, CustomerSummary } from '../../../shared/api/records.ts';
import type { CreateCustomer } from '../../../shared/api/routes.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { refused, type Answer } from '../../problem.ts';
import {
  deleteCustomer,
  findCustomers,
  insertCustomer,
  searchCustomers,
} from './customer-repository.ts';
import { storedNumber } from './lookup.ts';
import { markCustomerDeleted } from '../contacts/contact-repository.ts';
import { findHoldOfCustomer } from '../privacy/legal-holds.ts';
import { digitsOf, plainText, searchTextOf } from './search-text.ts';

export type Directory = {
  readonly search: (text: string, limit: number) => Promise<readonly CustomerSummary[]>;
  readonly open: (customerId: string) => Promise<Answer<Customer>>;
  readonly create: (given: CreateCustomer) => Promise<Answer<Customer>>;
  /** Answers the keys of the calls whose cards showed the customer. */
  readonly remove: (customerId: string) => Promise<Answer<readonly string[]>>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  readonly mintId: MintId;
  readonly country: string;
};

/** Fewer digits than this find half the directory. */
const shortestNumberSearch = 3;

const noCustomer = refused('not_found', 'there is no such customer');

export const createDirectory = ({ database, now, mintId, country }: Needs): Directory => {
  const open = async (customerId: string): Promise<Answer<Customer>> => {
    const [customer] = await findCustomers(database, [customerId], null);
    return customer === undefined ? noCustomer : success(customer);
  };
  return {
    search: async (text, limit) => {
      const looksLikeNumber = /^[\d\s()+./-]+$/u.test(text);
      // Without its plus, country code or trunk prefix a number is still a part of the stored one.
      const digits = looksLikeNumber ? digitsOf(text).replace(/^0+/u, '') : '';
      const words = plainText(text).split(' ').slice(0, 8);
      return searchCustomers(database, {
        words,
        digits: digits.length >= shortestNumberSearch ? digits : '',
        limit,
      });
    },
    open,
    create: async (given) => {
      const name = remoteText(given.name);
      if (name === '') return refused('invalid', 'body/name holds nothing that can be shown');
      const number = storedNumber(given.number, country);
      if (number === '') return refused('invalid', 'body/number holds no digits');
      const company = remoteText(given.company ?? '');
      const email = remoteText(given.email ?? '');
      const id = mintId();
      await insertCustomer(database, {
        id,
        name,
        company,
        email,
        city: '',
        country: parsePhoneNumber(number, country)?.country ?? '',
        language: '',
        tags: [],
        notes: '',
        since: now(),
        searchText: searchTextOf({ name, company, email, city: '' }),
        numbers: [number],
      });
      return open(id);
    },
    remove: async (customerId) =>
      database.transaction(async (transaction) => {
        // The hold on the customer is a hold on the contacts, which are found by it.
        const hold = await findHoldOfCustomer(transaction, customerId);
        if (hold !== null) return refused('conflict', `a legal hold stands: ${hold}`);
        const callKeys = await markCustomerDeleted(transaction, customerId);
        return (await deleteCustomer(transaction, customerId)) ? success(callKeys) : noCustomer;
      }),
  };
};
