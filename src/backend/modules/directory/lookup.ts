import type { Customer } from '../../../shared/api/records.ts';
import { matchKind, type MatchKind } from '../../../shared/domain/customer/match.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import type { Queryable } from '../../database/database.ts';
import { findCustomersByNumber, findIdsByLastDigits } from './customer-repository.ts';
import { digitsOf } from './search-text.ts';

export type LookupResult = {
  readonly kind: MatchKind;
  readonly customerIds: readonly string[];
  /** The whole records of those who have this very number, read in the same breath. */
  readonly customers: readonly Customer[];
};

const unknown: LookupResult = { kind: 'unknown', customerIds: [], customers: [] };

/** More namesakes than this tell nothing. */
const maximumCandidates = 8;

/**
 * How many last digits are compared, best first. A number that came with its country code is sure of all but a trunk or
 * mobile prefix (Mexico's 1, Argentina's 9): nine digits must agree. Without one, fewer may be all there is.
 */
const tailLengths = (isInternational: boolean, digits: number): readonly number[] =>
  (isInternational ? [9] : [9, 8, 7]).filter((length) => length <= digits);

/** Most of the world dials 00 for the plus of an international number (ITU-T E.164 §6.4). */
const withPlus = (text: string): string => text.trim().replace(/^00(?=[1-9])/u, '+');

/** The number as it is stored and compared: E.164 where it can be read, its digits otherwise. */
export const storedNumber = (text: string, country: string): string =>
  parsePhoneNumber(withPlus(text), country)?.e164 ?? digitsOf(text);

/** Customers with a number that ends like this one, which nobody has. */
const findByEnding = async (
  database: Queryable,
  text: string,
  number: string,
): Promise<readonly string[]> => {
  const isInternational = withPlus(text).startsWith('+');
  const digits = digitsOf(isInternational ? number : text);
  for (const length of tailLengths(isInternational, digits.length)) {
    const tail = digits.slice(-length);
    // "0000000" and the like are what exchanges send when they know nothing.
    if (/^(\d)\1*$/u.test(tail)) return [];
    const found = await findIdsByLastDigits(database, tail, maximumCandidates + 1);
    if (found.length > maximumCandidates) return [];
    if (found.length > 0) return found;
  }
  return [];
};

/** Who calls, by the number that the PBX delivered; `country` (ISO 3166-1) reads those without a country code. */
export const lookUpNumber = async (
  database: Queryable,
  text: string,
  country: string,
): Promise<LookupResult> => {
  const number = storedNumber(text, country);
  if (number === '') return unknown;
  const customers = await findCustomersByNumber(database, number, maximumCandidates);
  const exact = customers.map(({ id }) => ({ customerId: id, exact: true }));
  if (exact.length > 0) {
    return {
      kind: matchKind(exact),
      customerIds: customers.map((customer) => customer.id),
      customers,
    };
  }
  const customerIds = await findByEnding(database, text, number);
  const candidates = customerIds.map((customerId) => ({ customerId, exact: false }));
  return { kind: matchKind(candidates), customerIds, customers: [] };
};
