import {
  AsYouType,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
} from 'libphonenumber-js/min';
import { isEmergencyNumber } from './emergency-numbers.ts';

export { isEmergencyNumber };

export type PhoneNumber = {
  /** `+` and digits (ITU-T E.164). */
  readonly e164: string;
  /** ISO 3166-1 alpha-2, where the number tells. */
  readonly country: string | null;
};

/**
 * Reads a number as typed or as a caller id, with `country` (ISO 3166-1) for those without a country code; null when it
 * is none (anonymous, a name, an extension).
 */
export const parsePhoneNumber = (text: string, country: string): PhoneNumber | null => {
  // The library knows the country codes that it knows; another one reads as no country.
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  if (!parsed?.isPossible()) return null;
  return { e164: parsed.number, country: parsed.country ?? null };
};

/**
 * The digits that every way of writing a number has in common, however it is dialled: without country code and trunk
 * prefix; null where it cannot be read.
 */
export const nationalDigits = (text: string, country: string): string | null => {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  return parsed?.isPossible() === true ? parsed.nationalNumber : null;
};

/**
 * A number as people of `country` write it: their own in national form, others in international form. What cannot be
 * read (hidden, an extension, rubbish) stays as it is.
 */
export const displayNumber = (text: string, country: string): string => {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  if (!parsed?.isPossible()) return text;
  if (parsed.isValid()) {
    return parsed.country === country ? parsed.formatNational() : parsed.formatInternational();
  }
  // It may belong to a plan that is younger than the library. Without a country code nobody knows which.
  return text.trimStart().startsWith('+') ? parsed.formatInternational() : text;
};

/** Formats what was typed so far. */
export const formatAsTyped = (text: string, country: string): string =>
  new AsYouType(country as CountryCode).input(text);

/** An extension of this PBX: two to six digits, or a feature code such as `*43`. */
export const isExtension = (text: string): boolean => /^[*#]?\d{2,6}$/u.test(text);

/**
 * What is worth a word before a number is dialled. `unfinished`: too short, so far. `unlikely`: no plan has such a
 * number. `international`: outside of `country`; null where the number belongs to no country.
 */
export type NumberCaution =
  | { readonly kind: 'unfinished' | 'unlikely' }
  | { readonly kind: 'international'; readonly country: string | null };

/** Why somebody in `country` might look at a number again; null: nothing to say, and never about a call for help. */
export const cautionOf = (text: string, country: string): NumberCaution | null => {
  const typed = text.trim();
  if (isExtension(typed) || isEmergencyNumber(typed, country)) return null;
  if (!/\d/u.test(typed) || /\p{L}/u.test(typed)) return null;
  const length = validatePhoneNumberLength(typed, country as CountryCode);
  if (length === 'TOO_SHORT' || length === 'NOT_A_NUMBER') return { kind: 'unfinished' };
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  if (!parsed?.isValid()) return { kind: 'unlikely' };
  if (parsed.country === country) return null;
  return { kind: 'international', country: parsed.country ?? null };
};

/** Cut to the last two digits, as numbers stand in logs. */
export const maskedNumber = (number: string): string =>
  number.length <= 2 ? '…' : `…${number.slice(-2)}`;
