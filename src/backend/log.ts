import { destination, pino, type Logger } from 'pino';

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

/** Structured lines on standard error; standard output carries nothing but the listening line. */
export const createLog = (level: string): Log =>
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
    },
    destination({ dest: 2, sync: true }),
  );

/** An error without the values that databases and parsers like to quote. */
export const describeError = (error: unknown): object => {
  if (!(error instanceof Error)) return { text: String(error) };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    text: error.message,
    stack: error.stack,
  };
};
