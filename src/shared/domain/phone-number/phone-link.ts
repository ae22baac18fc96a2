import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { failure, success, type Result } from '../../result.ts';
import { isEmergencyNumber } from './emergency-numbers.ts';
import { parsePhoneNumber } from './phone-number.ts';
import type { PhoneLinkRefusal } from './phone-link-refusal.ts';
import { isPhoneLink } from './phone-link-scheme.ts';

export const longestPhoneLink = 256;

/** What a link asks to dial: `+` and digits, or the digits of a local number or an extension here. */
export type PhoneLink = {
  readonly number: string;
  /** To be keyed in once somebody answers (`;ext=`). */
  readonly extension: string | null;
};

export type PhoneLinkPlace = {
  /** ISO 3166-1: local numbers that name no place are of this country. */
  readonly country: string;
  /** The domain of this telephone system; null while it is not known. */
  readonly domain: string | null;
};

type Reading = Result<PhoneLink, PhoneLinkRefusal>;

// U+00AD and the format characters show nothing and may reorder what stands beside them.
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const digits = /^\d{2,15}$/u;
const globalNumber = /^\+\d{4,15}$/u;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?\.?$/iu;

/** Without the visual separators of RFC 3966 §5.1.1, and the space, which it does not know and everybody writes. */
const plain = (written: string): string => written.replaceAll(/[\s().-]/gu, '');

/** A number as people write it; what is in it beside digits and separators says why it is none. */
const numberOf = (written: string): Result<string, PhoneLinkRefusal> => {
  if (/[*#]/u.test(written)) return failure('code');
  if (/[,;&]|\d\s*[pwPW]\s*\d|\d\s*\+/u.test(written)) return failure('several');
  const number = plain(written);
  return digits.test(number) || globalNumber.test(number)
    ? success(number)
    : failure('not_a_number');
};

/** What the phone would dial: an extension, a call for help, a number of some country or of `country`. */
const isDialable = (number: string, country: string): boolean =>
  (number.length <= 6 && !number.startsWith('+')) ||
  isEmergencyNumber(number, country) ||
  parsePhoneNumber(number, country) !== null;

/** A local number beside the place that it is of (RFC 3966 §5.1.5): the first digits of a global number. */
const inContext = (number: string, context: string): string | null => {
  const joined = parsePhoneNumberFromString(`${plain(context)}${number}`);
  return joined?.isValid() ? joined.number : null;
};

const sameDomain = (one: string, other: string | null): boolean =>
  other !== null &&
  one.replace(/\.$/u, '').toLowerCase() === other.replace(/\.$/u, '').toLowerCase();

const dialable = (number: string, country: string): Result<string, PhoneLinkRefusal> =>
  isDialable(number, country) ? success(number) : failure('not_a_number');

/** A number as of its context, or, without one, as of here. */
const readLocal = (
  number: string,
  context: string | null,
  place: PhoneLinkPlace,
): Result<string, PhoneLinkRefusal> => {
  if (context === null) return dialable(number, place.country);
  if (/^\+[\d().-]*\d[\d().-]*$/u.test(context)) {
    const joined = inContext(number, context);
    return joined === null ? failure('context') : success(joined);
  }
  if (!domainName.test(context) && !/^[\d.]+$/u.test(context)) return failure('context');
  return sameDomain(context, place.domain) ? dialable(number, place.country) : failure('foreign');
};

/** RFC 3966 §3, with `ext` and `phone-context` and no other parameter. */
const readTel = (rest: string, place: PhoneLinkPlace): Reading => {
  if (rest.includes('?')) return failure('headers');
  const [written = '', ...parameters] = rest.split(';');
  const number = numberOf(written);
  if (!number.ok) return number;
  let extension: string | null = null;
  let context: string | null = null;
  for (const parameter of parameters) {
    const [, name = '', value = ''] = /^([A-Za-z-]+)=(.+)$/u.exec(parameter) ?? [];
    if (/^ext$/iu.test(name) && extension === null) {
      if (/[*#]/u.test(value)) return failure('code');
      extension = plain(value);
      if (!/^\d{1,11}$/u.test(extension)) return failure('parameter');
    } else if (/^phone-context$/iu.test(name) && context === null) {
      context = value.trim();
    } else {
      return failure(/^postd$/iu.test(name) ? 'several' : 'parameter');
    }
  }
  // A global number has no context (§3: `global-number-digits *par`, and §5.1.5).
  if (number.value.startsWith('+') && context !== null) return failure('context');
  const read = readLocal(number.value, context, place);
  return read.ok ? success({ number: read.value, extension }) : read;
};

/** RFC 3261 §19.1: a user of this telephone system, and nothing that would shape the request. */
const readSip = (rest: string, place: PhoneLinkPlace): Reading => {
  if (rest.includes('?')) return failure('headers');
  const at = rest.lastIndexOf('@');
  if (at < 1) return failure('not_a_number');
  const user = rest.slice(0, at);
  const [host = '', ...parameters] = rest.slice(at + 1).split(';');
  if (user.includes('@')) return failure('not_a_number');
  if (user.includes(':')) return failure('password');
  if (user.includes(';')) return failure('parameter');
  // That the user is a telephone number is all that may be said of it.
  if (parameters.some((parameter) => !/^user=phone$/iu.test(parameter)))
    return failure('parameter');
  const number = numberOf(user);
  if (!number.ok) return number;
  const name = host.replace(/:\d{1,5}$/u, '');
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/iu.test(name)) return failure('not_a_number');
  if (!sameDomain(name, place.domain)) return failure('foreign');
  const read = dialable(number.value, place.country);
  return read.ok ? success({ number: read.value, extension: null }) : read;
};

const readCallTo = (rest: string, place: PhoneLinkPlace): Reading => {
  if (rest.includes('?')) return failure('headers');
  const number = numberOf(rest);
  if (!number.ok) return number;
  const read = dialable(number.value, place.country);
  return read.ok ? success({ number: read.value, extension: null }) : read;
};

/**
 * Reads a link that asks for a call. Total, and strict: what is not plainly one number of a person is refused with its
 * reason. Two departures from RFC 3966, both for what pages really hold: a space separates as a hyphen does, and a local
 * number without `phone-context` is one of this country.
 */
export const readPhoneLink = (link: string, place: PhoneLinkPlace): Reading => {
  if (link.length > longestPhoneLink) return failure('too_long');
  if (hidden.test(link)) return failure('hidden_characters');
  const [, scheme = '', rest = ''] = /^([A-Za-z]+):(.*)$/u.exec(link) ?? [];
  if (!isPhoneLink(link)) return failure('not_a_link');
  const spaced = rest.replaceAll('%20', ' ').trim();
  if (spaced.includes('%')) return failure('encoded');
  switch (scheme.toLowerCase()) {
    case 'tel':
      return readTel(spaced, place);
    case 'callto':
      return readCallTo(spaced, place);
    default:
      return readSip(spaced, place);
  }
};
