import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';
import { isExtension, parsePhoneNumber } from './phone-number.ts';

/** A selection may be a whole page; whoever wants to dial selects a line or two. */
const looksAt = 2_000;

/**
 * The first phone number in a text that somebody selected, in E.164, with `country` (ISO 3166-1) for those without a
 * country code; the text itself where it is a bare extension; null where there is none. Codes (`*`, `#`) are none.
 */
export const findNumber = (text: string, country: string): string | null => {
  const part = text.slice(0, looksAt).trim();
  if (/^[*#]/u.test(part)) return null;
  if (isExtension(part)) return part;
  const [found] = findPhoneNumbersInText(part, country as CountryCode);
  if (found !== undefined) return found.number.number;
  // The finder wants a number that some plan has; a selection that is nothing but a number may be of a younger one.
  return /^[+\d][\d\s().-]{5,}$/u.test(part)
    ? (parsePhoneNumber(part, country)?.e164 ?? null)
    : null;
};
