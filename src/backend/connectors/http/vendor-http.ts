import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Ask, Settings } from '../ask.ts';
import { failed, type ConnectorFailure, type Outcome } from '../failure.ts';
import { failure, success } from '../../../shared/result.ts';
import {
  fixedHeaders,
  type Authentication,
  type Tokens,
  type TokenStore,
} from './authentication.ts';
import { kindOfStatus, waitFromSeconds, type Dialect, type ReadRefusal } from './dialect.ts';
import type { RateBudget, Urgency } from './rate-budget.ts';
import type { Answered, Sent, Transport } from './transport.ts';

export type VendorRequest = {
  /** Names it in failures, in English: `search users`. Never anything of a customer. */
  readonly what: string;
  readonly method: Sent['method'];
  /** After the base address, with every variable part percent-encoded (`path`). */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many requests the vendor counts it as; 1 unless said otherwise. */
  readonly cost?: number;
  /** Statuses that are no refusal, beside 2xx; their bodies are read by the schema as well. */
  readonly alsoGood?: readonly number[];
  /** The answer is text, not JSON, and has to be one of these (`ok`). */
  readonly plainAnswers?: readonly string[];
};

export type VendorAnswer<Value> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Value;
};

/** The only way out for connectors: authenticated, within the rate, in time, and read by a schema. */
export type VendorHttp = {
  /** `schema` is what is needed of the answer, no more: vendors add fields every week. No body reads as null. */
  readonly request: <Schema extends TSchema>(
    request: VendorRequest,
    schema: Schema,
    ask: Ask,
  ) => Promise<Outcome<VendorAnswer<Static<Schema>>>>;
};

/** `path\`/users/${id}\``: every variable part encoded. */
export const path = (texts: TemplateStringsArray, ...values: readonly (string | number)[]) =>
  texts
    .map((text, index) => {
      const value = values[index];
      return value === undefined ? text : text + encodeURIComponent(String(value));
    })
    .join('');

/** An answer of which nothing is needed. */
export const anything = Type.Unknown();

type Needs = {
  /** `told` is what came with the tokens: a vendor may say there where the account is. */
  readonly baseUrl: (told: Readonly<Record<string, string>>) => string;
  readonly settings: Settings;
  readonly authentication: Authentication;
  readonly dialect: Dialect;
  readonly transport: Transport;
  readonly tokens: TokenStore;
  /** Gets new tokens for spent ones; only asked with `oauth2`. */
  readonly exchange: (held: Tokens | null, ask: Ask) => Promise<Outcome<Tokens>>;
  readonly budget: RateBudget;
  readonly urgency: Urgency;
  /** Epoch ms. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Tokens that end this soon are renewed before they are used, ms. */
const renewBeforeMs = 30_000;

const bodyOf = (text: string): { readonly isJson: boolean; readonly value: unknown } => {
  if (text.trim() === '') return { isJson: true, value: null };
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { isJson: false, value: undefined };
  }
};

const addressOf = (base: string, request: VendorRequest): URL => {
  const url = new URL(base + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
};

const contentOf = ({ json, form }: VendorRequest): Pick<Sent, 'body' | 'headers'> => {
  if (json !== undefined) {
    return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  }
  if (form === undefined) return { headers: {} };
  const body = new URLSearchParams(form).toString();
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
};

const refusalText = (what: string, status: number, { vendorCode, fields = [] }: ReadRefusal) => {
  const code = vendorCode === undefined ? '' : ` (${vendorCode})`;
  const wrong = fields.length === 0 ? '' : `, wrong: ${fields.slice(0, 5).join(', ')}`;
  return `${what}: refused with ${String(status)}${code}${wrong}`;
};

export const createVendorHttp = (needs: Needs): VendorHttp => {
  const { authentication, dialect, transport, tokens, exchange, budget, urgency, now } = needs;

  const refused = (
    { what, method }: VendorRequest,
    { status, headers, text }: Answered,
    inside?: ReadRefusal,
  ): { readonly ok: false; readonly why: ConnectorFailure } => {
    const { isJson, value } = bodyOf(text);
    const answer = { status, headers, body: value, ...(isJson ? {} : { text }) };
    const read = inside ?? dialect.readRefusal?.(answer, now()) ?? {};
    const kind = read.kind ?? kindOfStatus(status);
    const retryAfterMs =
      read.retryAfterMs ??
      (kind === 'rate_limited' || kind === 'quota_exhausted' || status === 503
        ? waitFromSeconds(headers, now())
        : undefined);
    if (kind === 'rate_limited' || kind === 'quota_exhausted')
      budget.holdOff(retryAfterMs ?? 5_000);
    const requestId = headers.get(dialect.requestIdHeader ?? 'x-request-id');
    return failed(kind, refusalText(what, status, read), {
      httpStatus: status,
      ...(read.vendorCode === undefined ? {} : { vendorCode: read.vendorCode }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(requestId === null || !/^[\w.:-]{1,100}$/u.test(requestId) ? {} : { requestId }),
      // A server that fails may have written before it did.
      ...((status >= 500 && method !== 'GET') || read.mayBeDone === true
        ? { mayBeDone: true }
        : {}),
    });
  };

  const granted = async (request: VendorRequest, ask: Ask, endsAt: number) => {
    for (;;) {
      const waitMs = budget.take(urgency, request.cost ?? 1);
      if (waitMs === 0) return null;
      const heldForMs = budget.heldForMs();
      if (ask.signal.aborted || now() + waitMs > endsAt) {
        return failed('rate_limited', `${request.what}: too many requests for now`, {
          retryAfterMs: heldForMs > 0 ? heldForMs : waitMs,
        });
      }
      await needs.wait(waitMs, ask.signal);
    }
  };

  const held = async (ask: Ask): Promise<Outcome<Tokens>> => {
    const current = await tokens.current();
    const isFresh =
      current !== null &&
      (current.expiresAt === undefined || current.expiresAt - now() > renewBeforeMs);
    return isFresh ? success(current) : tokens.renew(current, (spent) => exchange(spent, ask));
  };

  const send = async (
    request: VendorRequest,
    ask: Ask,
    endsAt: number,
    token: Tokens | null,
  ): Promise<Outcome<Answered>> => {
    const url = addressOf(needs.baseUrl(token?.facts ?? {}), request);
    const own: Record<string, string> = { ...fixedHeaders(authentication, needs.settings) };
    if (authentication.kind === 'oauth2' && token !== null) {
      own['authorization'] = `${authentication.scheme ?? 'Bearer'} ${token.accessToken}`;
    }
    if (authentication.kind === 'query') {
      for (const [name, value] of Object.entries(authentication.query(needs.settings))) {
        url.searchParams.append(name, value);
      }
    }
    const { headers, ...content } = contentOf(request);
    return transport({
      what: request.what,
      method: request.method,
      url,
      headers: { accept: 'application/json', ...headers, ...own, ...request.headers },
      ...content,
      signal: ask.signal,
      timeoutMs: endsAt - now(),
    });
  };

  /** Sent once more with a new token where the first one is not believed: nothing was done then. */
  const authenticated = async (
    request: VendorRequest,
    ask: Ask,
    endsAt: number,
  ): Promise<Outcome<Answered>> => {
    if (fixedHeaders(authentication, needs.settings) !== null) {
      return send(request, ask, endsAt, null);
    }
    const token = await held(ask);
    if (!token.ok) return token;
    const first = await send(request, ask, endsAt, token.value);
    if (!first.ok || first.value.status !== 401) return first;
    const renewed = await tokens.renew(token.value, (spent) => exchange(spent, ask));
    return renewed.ok ? send(request, ask, endsAt, renewed.value) : renewed;
  };

  const read = <Schema extends TSchema>(
    request: VendorRequest,
    schema: Schema,
    answer: Answered,
  ): Outcome<VendorAnswer<Static<Schema>>> => {
    const { what, plainAnswers, alsoGood = [] } = request;
    const { status, headers, text } = answer;
    const isGood = (status >= 200 && status < 300) || alsoGood.includes(status);
    if (!isGood) return refused(request, answer);
    const done = request.method === 'GET' ? {} : ({ mayBeDone: true } as const);
    const body = plainAnswers?.includes(text.trim()) === true ? text.trim() : bodyOf(text).value;
    if (body === undefined) {
      return failed('bad_response', `${what}: the answer is not JSON`, {
        httpStatus: status,
        ...done,
      });
    }
    const inside = dialect.errorInside?.(body);
    if (inside !== undefined) return refused(request, answer, inside);
    if (!Value.Check(schema, body)) {
      const at = Value.Errors(schema, body)[0]?.instancePath ?? '';
      // Places may be named by what a customer's record has as a key; numbers and known words are not.
      const where = at.split('/').filter((part) => /^[a-z_]{0,30}$|^\d+$/iu.test(part));
      const message = `${what}: the answer has another shape at ${where.join('/') || '/'}`;
      return failed('bad_response', message, { httpStatus: status, ...done });
    }
    return success({ status, headers, body });
  };

  return {
    request: async (request, schema, ask) => {
      const endsAt = now() + ask.deadlineMs;
      const refusal = await granted(request, ask, endsAt);
      if (refusal !== null) return refusal;
      try {
        const answer = await authenticated(request, ask, endsAt);
        return answer.ok ? read(request, schema, answer.value) : failure(answer.why);
      } finally {
        budget.done();
      }
    },
  };
};
