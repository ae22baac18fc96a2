import type { FailureKind } from '../failure.ts';

/** An answer that is not what was asked for, as far as it is looked at. */
export type RefusedAnswer = {
  readonly status: number;
  readonly headers: Headers;
  /** What was read of a JSON body; undefined: it was none. */
  readonly body: unknown;
  /** What came, where it is no JSON. */
  readonly text?: string;
};

/** What a vendor's refusal means. `vendorCode` is a word of the vendor's, never of a customer's. */
export type ReadRefusal = {
  readonly kind?: FailureKind;
  readonly vendorCode?: string;
  readonly retryAfterMs?: number;
  /** Names of fields that were wrong. */
  readonly fields?: readonly string[];
  /** The vendor failed in the midst of it; said by itself of any 5xx to a write. */
  readonly mayBeDone?: true;
};

/**
 * How a vendor says no. What it leaves out is read as HTTP has it (RFC 9110 §15): 401 `auth`, 403 `forbidden`, 404 and 410
 * `not_found`, 400 and 422 `validation`, 409 `conflict`, 429 `rate_limited` with Retry-After, 5xx `unavailable`.
 */
export type Dialect = {
  readonly readRefusal?: (answer: RefusedAnswer, nowMs: number) => ReadRefusal;
  /** An error inside of a good answer; undefined: it is good. */
  readonly errorInside?: (body: unknown) => ReadRefusal | undefined;
  /** Where the vendor names the request; `x-request-id` unless said otherwise. */
  readonly requestIdHeader?: string;
};

/** Longer waits are not believed: a wrong clock there must not stop a connection for a week. */
const longestWaitMs = 24 * 3_600_000;

const capped = (ms: number): number | undefined =>
  Number.isFinite(ms) && ms >= 0 ? Math.min(ms, longestWaitMs) : undefined;

/** Retry-After, in seconds or as a date (RFC 9110 §10.2.3), or another header with seconds. */
export const waitFromSeconds = (
  headers: Headers,
  nowMs: number,
  name = 'retry-after',
): number | undefined => {
  const text = headers.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(text)) return capped(Number(text) * 1_000);
  return capped(Date.parse(text) - nowMs);
};

/** A header that holds the instant when requests are taken again, in Unix seconds. */
export const waitUntilUnixSeconds = (
  headers: Headers,
  nowMs: number,
  name: string,
): number | undefined => {
  const text = headers.get(name)?.trim();
  if (text === undefined || !/^\d+$/u.test(text)) return undefined;
  return capped(Math.max(0, Number(text) * 1_000 - nowMs));
};

export const kindOfStatus = (status: number): FailureKind => {
  if (status === 401) return 'auth';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'validation';
  return 'bad_response';
};

/** A field of a vendor's answer that is a short word; undefined: it is not. */
export const wordOf = (body: unknown, name: string): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  // Codes have no spaces: a sentence may quote what was sent.
  return typeof value === 'string' && /^[\w.:-]{1,80}$/u.test(value) ? value : undefined;
};
