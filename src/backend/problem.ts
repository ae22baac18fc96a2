import type { Problem } from '../shared/api/routes.ts';
import type { Result } from '../shared/result.ts';
import { failure } from '../shared/result.ts';

/** Every way in which the API refuses, with the HTTP status (RFC 9110 §15) that goes with it. */
export const problemStatus = {
  invalid: 400,
  not_signed_in: 401,
  wrong_password: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  customers_busy: 409,
  not_supported: 409,
  changed_meanwhile: 412,
  too_large: 413,
  unsupported: 415,
  too_many_tries: 429,
  failed: 500,
  database_away: 503,
  pbx_away: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

export type Refused = Problem & { readonly code: ProblemCode };
export type Answer<Value> = Result<Value, Refused>;

export const refused = (code: ProblemCode, message: string) => failure<Refused>({ code, message });
