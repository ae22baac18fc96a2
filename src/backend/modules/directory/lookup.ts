import type { Customer } from '../../../shared/api/records.ts';
import { matchKind, type MatchKind } from '../../../shared/domain/customer/match.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { Queryable } from '../../database/database.ts';
import { findCustomersByNumber, findIdsByNumbers, findIdsByTails } from './customer-repository.ts';
import { digitsOf } from './search-text.ts';

export type LookupResult = {
  readonly kind: MatchKind;
  readonly customerIds: readonly string[];
  /** The whole records of those who have this very number, where they were read in the same breath. */
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

type Searched = {
  /** As it came. */
  readonly text: string;
  /** As it is stored. */
  readonly number: string;
};

/** The ends of a number to look for, best first. */
const tailsOf = ({ text, number }: Searched): readonly string[] => {
  const isInternational = withPlus(text).startsWith('+');
  const digits = digitsOf(isInternational ? number : text);
  return (
    tailLengths(isInternational, digits.length)
      .map((length) => digits.slice(-length))
      // "0000000" and the like are what exchanges send when they know nothing.
      .filter((tail) => !/^(\d)\1*$/u.test(tail))
  );
};

/** Customers with a number that ends like one of these, which nobody has; by the number as it came. */
const findByEndings = async (
  database: Queryable,
  searched: readonly Searched[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const tailsOfEach = searched.map((each) => ({ text: each.text, tails: tailsOf(each) }));
  const tails = [...new Set(tailsOfEach.flatMap((each) => each.tails))];
  const rows =
    tails.length === 0 ? [] : await findIdsByTails(database, tails, maximumCandidates + 1);
  const idsOf = groupBy(rows, (row) => row.tail);
  return new Map(
    tailsOfEach.map(({ text, tails: own }) => {
      const found = own.map((tail) => idsOf.get(tail) ?? []).find((ids) => ids.length > 0) ?? [];
      return [text, found.length > maximumCandidates ? [] : found.map(({ id }) => id)];
    }),
  );
};

const candidatesOf = (customerIds: readonly string[]): LookupResult => ({
  kind: matchKind(customerIds.map((customerId) => ({ customerId, exact: false }))),
  customerIds,
  customers: [],
});

const exactly = (customerIds: readonly string[]): LookupResult => ({
  kind: matchKind(customerIds.map((customerId) => ({ customerId, exact: true }))),
  customerIds,
  customers: [],
});

/** Who calls, by the number that the PBX delivered; `country` (ISO 3166-1) reads those without a country code. */
export const lookUpNumber = async (
  database: Queryable,
  text: string,
  country: string,
): Promise<LookupResult> => {
  const number = storedNumber(text, country);
  if (number === '') return unknown;
  const customers = await findCustomersByNumber(database, number, maximumCandidates);
  if (customers.length > 0) return { ...exactly(customers.map(({ id }) => id)), customers };
  const found = await findByEndings(database, [{ text, number }]);
  return candidatesOf(found.get(text) ?? []);
};

/** The same for many numbers at once, without the customers' records; by the number as it came. */
export const lookUpNumbers = async (
  database: Queryable,
  texts: readonly string[],
  country: string,
): Promise<ReadonlyMap<string, LookupResult>> => {
  const searched = [...new Set(texts)]
    .map((text) => ({ text, number: storedNumber(text, country) }))
    .filter(({ number }) => number !== '');
  const numbers = [...new Set(searched.map(({ number }) => number))];
  const rows =
    numbers.length === 0 ? [] : await findIdsByNumbers(database, numbers, maximumCandidates);
  const idsOf = groupBy(rows, (row) => row.number);
  const endings = await findByEndings(
    database,
    searched.filter(({ number }) => !idsOf.has(number)),
  );
  return new Map(
    texts.map((text) => {
      const ids = idsOf.get(storedNumber(text, country))?.map(({ id }) => id);
      return [text, ids === undefined ? candidatesOf(endings.get(text) ?? []) : exactly(ids)];
    }),
  );
};
