import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { apiPrefix, problemSchema } from '../../shared/api/routes.ts';
import type { Immutable } from '../../shared/immutable.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import { reasonOf } from '../log/logger.ts';

/** Why the backend did not give what was asked for. */
export type ApiFailure =
  /** No answer: unreachable, too slow, or the connection broke. */
  | { readonly kind: 'away'; readonly detail: string }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly code: string;
      readonly detail: string;
    }
  /** It answered, but not in the shape agreed on. */
  | { readonly kind: 'malformed'; readonly detail: string };

/** What a request comes to: the checked body, or nothing where the body does not matter. */
export type AnswerOf<Answer extends TSchema | null> = Answer extends TSchema
  ? Immutable<Static<Answer>>
  : null;

export type ApiRequest<Answer extends TSchema | null> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`; every variable part encoded. */
  readonly path: string;
  readonly token: string | null;
  readonly body?: unknown;
  /** Sent as it is, as text/csv, in the place of a body. */
  readonly file?: Blob;
  /** null: the answer's body does not matter. */
  readonly answer: Answer;
  readonly timeoutMs?: number;
};

/** The part of `fetch` that is needed, so that Electron's and Node's both serve. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ApiClient {
  call<Answer extends TSchema | null>(
    request: ApiRequest<Answer>,
  ): Promise<Result<AnswerOf<Answer>, ApiFailure>>;
}

const usualTimeoutMs = 10_000;

/** CSV, say. */
const isText = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/') ?? false;

const problemOf = async (response: Response): Promise<ApiFailure> => {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    body = null; // A proxy's page, say: the status alone must do.
  }
  const { status } = response;
  if (!Value.Check(problemSchema, body)) {
    return { kind: 'problem', status, code: '', detail: `HTTP ${status}` };
  }
  return { kind: 'problem', status, code: body.code, detail: body.message };
};

/** `baseUrl` is asked at every call: it may change in the settings. */
export const createApiClient = (baseUrl: () => string, fetch: Fetch): ApiClient => ({
  call: async ({ method, path, token, body, file, answer, timeoutMs = usualTimeoutMs }) => {
    let response: Response;
    let received: unknown;
    try {
      response = await fetch(`${baseUrl().replace(/\/+$/u, '')}${apiPrefix}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(file === undefined ? {} : { 'content-type': 'text/csv' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(file === undefined ? {} : { body: file }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) return failure(await problemOf(response));
      received =
        answer === null ? null : isText(response) ? await response.text() : await response.json();
    } catch (thrown) {
      if (thrown instanceof SyntaxError) {
        return failure({ kind: 'malformed', detail: `${method} ${path}: not JSON` });
      }
      return failure({ kind: 'away', detail: reasonOf(thrown) });
    }
    if (answer !== null && !Value.Check(answer, received)) {
      const [first] = Value.Errors(answer, received);
      return failure({
        kind: 'malformed',
        detail: `${method} ${path}: ${first?.instancePath ?? ''} ${first?.message ?? ''}`,
      });
    }
    // With a schema the value is checked; without one it is null.
    return success(received as AnswerOf<typeof answer>);
  },
});

const refusalCodes: Readonly<Record<Refusal['code'], true>> = {
  backend_away: true,
  not_signed_in: true,
  wrong_password: true,
  too_many_tries: true,
  not_found: true,
  not_allowed: true,
  invalid: true,
  conflict: true,
  call_in_progress: true,
  customers_busy: true,
  not_supported: true,
  no_such_call: true,
  journal_failed: true,
  pbx_away: true,
  failed: true,
};

const isRefusalCode = (code: string): code is Refusal['code'] => Object.hasOwn(refusalCodes, code);

const codeOfStatus = (status: number): Refusal['code'] => {
  switch (status) {
    case 400:
    case 422:
      return 'invalid';
    case 401:
      return 'not_signed_in';
    case 403:
      return 'not_allowed';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 429:
      return 'too_many_tries';
    case 502:
    case 503:
    case 504:
      return 'backend_away';
    default:
      return 'failed';
  }
};

/** In the words that the UI has texts for: the backend's own code where it is one of ours, else by status. */
export const refusalOf = (why: ApiFailure): Refusal => {
  switch (why.kind) {
    case 'away':
      return { code: 'backend_away', detail: why.detail };
    case 'malformed':
      return { code: 'failed', detail: why.detail };
    case 'problem':
      return {
        code: isRefusalCode(why.code) ? why.code : codeOfStatus(why.status),
        detail: `${why.code}: ${why.detail}`,
      };
  }
};
