import { success } from '../../../shared/result.ts';
import { failed, type Outcome } from '../failure.ts';

/** A request as it goes out; `what` names it in failures, since addresses and bodies never stand there. */
export type Sent = {
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
};

export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

export type Transport = (request: Sent) => Promise<Outcome<Answered>>;

type Needs = {
  /** Other origins to talk to instead, by the vendor's own: tests, and proxies that administrators run. */
  readonly origins: ReadonlyMap<string, string>;
  /** Larger answers are not read to their end, bytes. */
  readonly largestAnswer?: number;
};

const usualLargest = 2_000_000;
const mostRedirects = 3;
const redirects = new Set([301, 302, 303, 307, 308]);
/** Before anything was sent: what was asked cannot have been done. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const codesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...inner, ...codesOf(error.cause)];
};

class TooLarge extends Error {}

const readText = async (response: Response, largest: number): Promise<string> => {
  // Node's types leave the pieces of a body open; they are bytes (fetch standard, "body").
  const body = response.body as ReadableStream<Uint8Array> | null;
  if (body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const bytes of body) {
    size += bytes.byteLength;
    if (size > largest) throw new TooLarge();
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
};

/** Whether an address may be sent to: encrypted, or on this machine where tests and proxies are. */
const isAllowed = (url: URL): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));

/** HTTP with an end: a deadline over the whole answer, a largest size, and no redirect to another host. */
export const createTransport = ({ origins, largestAnswer = usualLargest }: Needs): Transport => {
  const directed = (url: URL): URL => {
    const other = origins.get(url.origin);
    return other === undefined ? url : new URL(url.pathname + url.search, other);
  };

  const follow = async (request: Sent, signal: AbortSignal): Promise<Response | 'elsewhere'> => {
    let url = request.url;
    for (let count = 0; ; count += 1) {
      const response = await fetch(directed(url).href, {
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        redirect: 'manual',
        signal,
      });
      const location = response.headers.get('location');
      if (!redirects.has(response.status) || location === null) return response;
      await response.body?.cancel();
      const next = URL.parse(location, url.href);
      // A body that was sent once is not sent to wherever an answer says; nor is a token.
      const mayGoOn = request.method === 'GET' && count < mostRedirects;
      if (next?.origin !== url.origin || !mayGoOn) return 'elsewhere';
      url = next;
    }
  };

  return async (request) => {
    const { what, url, method } = request;
    if (!isAllowed(directed(url))) {
      return failed('validation', `${what}: the address is not https`);
    }
    const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(request.timeoutMs)));
    const isWrite = method !== 'GET';
    const lost = isWrite ? ({ mayBeDone: true } as const) : {};
    try {
      const response = await follow(request, AbortSignal.any([request.signal, timeout]));
      if (response === 'elsewhere') {
        return failed('bad_response', `${what}: it sent us to another address`);
      }
      const { status, headers } = response;
      return success({ status, headers, text: await readText(response, largestAnswer) });
    } catch (error) {
      if (timeout.aborted) return failed('timeout', `${what}: no answer in time`, lost);
      if (request.signal.aborted) return failed('timeout', `${what}: given up`, lost);
      if (error instanceof TooLarge) {
        return failed('bad_response', `${what}: the answer is too large`, lost);
      }
      const codes = codesOf(error);
      // Anything else than the network's own faults is a mistake of ours.
      if (!(error instanceof TypeError) && codes.length === 0) throw error;
      const isUnsent = codes.some((code) => unsentCodes.has(code));
      const word = codes[0] ?? 'the connection broke';
      return failed('unavailable', `${what}: ${word}`, isUnsent ? {} : lost);
    }
  };
};
