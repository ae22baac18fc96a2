import type { Access } from '../../../src/backend/plugins/access.ts';
import type { AlicesWork } from './alices-work.ts';
import type { Actor } from './cast.ts';

export type Asked = {
  /** What stands for `{name}` in the path. */
  readonly path?: Readonly<Record<string, string>>;
  /** With its question mark. */
  readonly query?: string;
  readonly body?: unknown;
};

/** What is expected of one route, and a request of which everything is right but perhaps who asks. */
export type RouteLine = {
  readonly access: Access;
  /** Whose request succeeds. */
  readonly may: readonly Actor[];
  /**
   * How everybody else fares: `refused` (403 or 404; the usual), `conflict` (or 409), `nothing` (or an answer with nothing
   * of Alice's that changes nothing).
   */
  readonly others?: 'refused' | 'conflict' | 'nothing';
  /** They are sent a secret of Alice's, or who she is: a walk past what is not there proves nothing. */
  readonly shows?: readonly Actor[];
  /** Makes what the request is about; it is called for each request anew. */
  readonly ask?: (work: AlicesWork, actor: Actor) => Asked | Promise<Asked>;
};

/** Proven by tests of their own beside the walk: sign-in, sign-out, and lines that stay open. */
export type OtherLine = { readonly access: Access; readonly walked: 'elsewhere' };

export type RouteLines = Readonly<Record<string, RouteLine | OtherLine>>;
