import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** A number in every form under which other systems keep it. */
export type PhoneForms = {
  /** `+551133334444`; null: it cannot be read as a number of any plan. */
  readonly e164: string | null;
  /** Digits alone, country code included where it is known. */
  readonly digits: string;
  /** Digits without country code and trunk prefix. */
  readonly national: string;
  /** As people of its own country write it, and as others do. */
  readonly nationalFormat: string;
  readonly internationalFormat: string;
  /** The last digits, whatever stands before: seven and ten, or fewer where there are no more. */
  readonly last7: string;
  readonly last10: string;
};

/** `country` (ISO 3166-1) reads numbers without a country code; null: there are no digits in it. */
export const phoneForms = (text: string, country: string): PhoneForms | null => {
  const typed = text.replaceAll(/\D/gu, '');
  if (typed === '') return null;
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  if (!parsed?.isPossible()) {
    return {
      e164: null,
      digits: typed,
      national: typed,
      nationalFormat: typed,
      internationalFormat: typed,
      last7: typed.slice(-7),
      last10: typed.slice(-10),
    };
  }
  const digits = parsed.number.slice(1);
  return {
    e164: parsed.number,
    digits,
    national: parsed.nationalNumber,
    nationalFormat: parsed.formatNational(),
    internationalFormat: parsed.formatInternational(),
    last7: digits.slice(-7),
    last10: digits.slice(-10),
  };
};

/** How surely two numbers are the same: `exact` by their plan, `maybe` by their last nine digits, null: they are not. */
export const sameNumber = (
  one: string,
  other: string,
  country: string,
): 'exact' | 'maybe' | null => {
  const a = phoneForms(one, country);
  const b = phoneForms(other, country);
  if (a === null || b === null) return null;
  if (a.e164 !== null && a.e164 === b.e164) return 'exact';
  if (a.national === b.national && a.e164 === null && b.e164 === null) return 'exact';
  const tail = Math.min(9, a.national.length, b.national.length);
  const agree = a.digits.slice(-tail) === b.digits.slice(-tail);
  return tail >= 7 && agree ? 'maybe' : null;
};
