import type { IncomingRequest } from 'jssip';
import type { Logger } from '../log.ts';

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  486: 'Busy Here',
  489: 'Bad Event',
};
/** With 486: when to call again (RFC 3261 §21.4.18). */
export const busyUntil = 'Retry-After: 5';
/** A flood must not become one of log lines. */
const logEveryMs = 1_000;

/** Whether CSeq names this method (RFC 3261 §8.1.1.5): a BYE numbered as something else is none. */
export const isOfItsSequence = (request: IncomingRequest): boolean =>
  (request.getHeader('CSeq') ?? '').trim().endsWith(request.method);

const extraHeaders = (request: IncomingRequest, code: number): readonly string[] => {
  if (code === 486) return [busyUntil];
  // RFC 3261 §21.4.15.
  if (code === 420) return [`Unsupported: ${request.getHeaders('Require').join(', ')}`];
  return [];
};

/** The same for each repetition of a request (RFC 3261 §8.2.7), though nothing is kept of it. */
const tagOf = (request: IncomingRequest): string => {
  let hash = 0;
  for (const character of `${request.call_id}${request.from_tag ?? ''}${request.cseq}`) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash.toString(36);
};

/** Answers requests without a transaction: nothing is kept, whoever sends how many of them. */
export const createRefusals = (send: (message: string) => unknown, log: Logger) => {
  let unsaid = 0;
  let saidAt = Number.NEGATIVE_INFINITY;

  return (request: IncomingRequest, code: number): void => {
    unsaid += 1;
    if (performance.now() - saidAt >= logEveryMs) {
      log.warn('requests refused', { count: unsaid, method: request.method, code });
      saidAt = performance.now();
      unsaid = 0;
    }
    // Nobody waits for an answer to it (RFC 3261 §17.1.1.3).
    if (request.method === 'ACK') return;
    const to = request.getHeader('To') ?? '';
    const lines = [
      `SIP/2.0 ${code} ${phrases[code] ?? ''}`,
      ...request.getHeaders('Via').map((via) => `Via: ${via}`),
      `From: ${request.getHeader('From') ?? ''}`,
      `To: ${to}${request.to_tag ? '' : `;tag=${tagOf(request)}`}`,
      `Call-ID: ${request.call_id}`,
      `CSeq: ${request.cseq} ${request.method}`,
      ...extraHeaders(request, code),
      'Content-Length: 0',
    ];
    send(`${lines.join('\r\n')}\r\n\r\n`);
  };
};
