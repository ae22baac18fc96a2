import type { Match } from '../../../shared/api/records.ts';
import type { Place } from '../../../shared/domain/consent/rule.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import codes from './area-codes.json' with { type: 'json' };

/** Which state a US area code belongs to, by ISO 3166-2. */
const stateOfAreaCode: ReadonlyMap<string, string> = new Map(
  Object.entries(codes).flatMap(([state, areas]) =>
    areas.split(' ').map((area) => [area, `US-${state}`] as const),
  ),
);

/** Where a number belongs to; null: it does not tell. `country` reads those without a country code. */
export const placeOfNumber = (number: string, country: string): Place => {
  const parsed = parsePhoneNumber(number, country);
  if (parsed === null) return null;
  const subdivision = parsed.e164.startsWith('+1')
    ? stateOfAreaCode.get(parsed.e164.slice(2, 5))
    : undefined;
  if (subdivision !== undefined) return { country: 'US', subdivision };
  return parsed.country === null ? null : { country: parsed.country };
};

type CustomerRecord = { readonly country: string; readonly subdivision?: string | undefined };

/** What tells where a customer may be. */
export type CustomerTraces = {
  readonly number: string;
  /** Of everybody whom it may be. */
  readonly records: readonly CustomerRecord[];
};

export const recordsOf = (match: Match): readonly CustomerRecord[] => {
  if ('customer' in match) return [match.customer];
  return 'customers' in match ? match.customers : [];
};

const placeOfRecord = ({ country, subdivision = '' }: CustomerRecord): Place => {
  if (country === '') return null;
  return subdivision === '' ? { country } : { country, subdivision };
};

export const placesOfCustomer = (
  { number, records }: CustomerTraces,
  country: string,
): readonly Place[] => [placeOfNumber(number, country), ...records.map(placeOfRecord)];
