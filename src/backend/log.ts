import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { withoutCardDigits } from '../shared/domain/payment/card-digits.ts';

export type Log = Logger;

/** What may never stand in a log in clear, wherever it turns up. */
const secret = [
  'password',
  'token',
  'authorization',
  'secret',
  'name',
  'remoteName',
  'notes',
  'email',
  'number',
  'remoteNumber',
];

/** Ids hold long runs of digits that are nobody's card. */
const idField = /^(?:ids?|keys?)$|(?:Ids?|Keys?)$/u;

const withoutCards = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutCardDigits(value);
  // Errors and the like are told by their own serializers.
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutCards);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return fieldsWithoutCards(value);
};

const fieldsWithoutCards = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, unknown] => [
      name,
      idField.test(name) ? value : withoutCards(value),
    ]),
  );

/** Structured lines on standard error; standard output carries nothing but the listening line. */
export const createLog = (
  level: string,
  to: DestinationStream = destination({ dest: 2, sync: true }),
): Log =>
  pino(
    {
      level,
      base: { process: 'backend' },
      redact: {
        paths: [
          ...secret,
          ...secret.map((key) => `*.${key}`),
          ...secret.map((key) => `*.*.${key}`),
        ],
        censor: '[kept out]',
      },
      serializers: { error: describeError },
      formatters: { log: fieldsWithoutCards },
    },
    to,
  );

/** An error without the values that databases and parsers like to quote. */
export const describeError = (error: unknown): object => {
  if (!(error instanceof Error)) return { text: String(error) };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    text: withoutCardDigits(error.message),
    stack: withoutCardDigits(error.stack ?? ''),
  };
};
