import { failure, type Result } from '../../shared/result.ts';

/**
 * Why a company's system did not do what it was asked; each has a word for the agent (`elsewhere.why.<kind>`).
 *
 * `auth`: whoever connected it has to do so again. `forbidden`: the account lacks a right. `quota_exhausted`: no more today.
 * `in_doubt`: it may have been done before, and nobody but a person who looks there can tell; nothing was sent.
 * `bad_response`: it answered something that nobody can read, or a shape that it did not have before.
 */
export const failureKinds = [
  'auth',
  'forbidden',
  'not_found',
  'validation',
  'conflict',
  'in_doubt',
  'rate_limited',
  'quota_exhausted',
  'unavailable',
  'timeout',
  'bad_response',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** It never carries bodies, tokens, names or numbers: it is shown, stored and logged. */
export type ConnectorFailure = {
  readonly kind: FailureKind;
  /** For whoever looks after the connection, in English: what was asked and what was wrong. */
  readonly message: string;
  readonly httpStatus?: number;
  /** As the vendor names it: `RecordInvalid`, `INVALID_SESSION_ID`. */
  readonly vendorCode?: string;
  /** The vendor's own name of the request, for their support. */
  readonly requestId?: string;
  /** Not before so long, where the vendor said so. */
  readonly retryAfterMs?: number;
  /** Whether what was asked may have been done all the same: the answer was lost, not the question. */
  readonly mayBeDone?: true;
};

export type Outcome<Value> = Result<Value, ConnectorFailure>;

export const failed = (
  kind: FailureKind,
  message: string,
  more: Omit<ConnectorFailure, 'kind' | 'message'> = {},
) => failure<ConnectorFailure>({ kind, message, ...more });

/** Whether the same may go well later without anybody's doing. */
export const isPassing = ({ kind }: Pick<ConnectorFailure, 'kind'>): boolean =>
  kind === 'rate_limited' ||
  kind === 'quota_exhausted' ||
  kind === 'unavailable' ||
  kind === 'timeout' ||
  kind === 'bad_response';
