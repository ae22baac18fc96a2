import { withoutCardDigits } from '../../shared/domain/payment/card-digits.ts';

/** What may stand in a log: numbers cut to their last two digits, cards and secrets gone. */

export type LogValue = string | number | boolean | null;
export type LogFields = Readonly<Record<string, LogValue>>;

// Ids hold long runs of digits that are no telephone numbers.
const idField = /(?:id|key|ids|keys|version|path|url)$/iu;
/** Where somebody's words may be part of it. */
const addressField = /(?:path|url)$/iu;
const secretField = /password|token|secret|authorization|credential/iu;
// Six digits or more, with the separators that people and PBXs write, not inside a word or an id.
const telephoneNumber = /(?<![\w-])\+?\d(?:[\d ().-]*\d){5,}(?![\w-])/gu;
const authorization = /((?:proxy-)?authorization\s*[:=]\s*|bearer\s+)[^\r\n]+/giu;
const maximumLength = 2_000;

const withoutDigits = (number: string): string => `…${number.slice(-2)}`;

export const redactText = (text: string): string =>
  withoutCardDigits(
    text
      .slice(0, maximumLength)
      .replace(authorization, '$1[redacted]')
      .replace(telephoneNumber, withoutDigits),
  );

export const redactFields = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, LogValue] => {
      if (secretField.test(name)) return [name, '[redacted]'];
      if (typeof value !== 'string') return [name, value];
      if (addressField.test(name)) return [name, withoutCardDigits(value.slice(0, maximumLength))];
      return [name, idField.test(name) ? value.slice(0, maximumLength) : redactText(value)];
    }),
  );
