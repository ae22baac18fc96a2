import type { FastifyReply, FastifyRequest } from 'fastify';
import { tokenScopes, type TokenScope } from '../../shared/api/directory.ts';
import type { Role, User } from '../../shared/api/records.ts';
import type { App } from '../app-type.ts';
import { sendProblem } from './problems.ts';

/**
 * Who may use a route; each route says it in its `config`. `agent` is everybody who is signed in: a supervisor may do
 * what an agent may, an administrator what a supervisor may. A scope is for other systems, which come with a token of
 * their own and are nobody who is signed in.
 */
export type Access = 'public' | Role | TokenScope;

/** Another system, by the token that an administrator made for it. */
export type OtherSystem = {
  readonly tokenId: string;
  /** Who answers for what it does. */
  readonly madeBy: string;
  readonly scopes: readonly TokenScope[];
};

export type SignedIn = { readonly user: User; readonly sessionId: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access;
  }
  interface FastifyRequest {
    /** Set on every route that is not public; read it with `signedIn`. */
    signedIn: SignedIn | null;
    /** Set on every route that takes a scope; read it with `otherSystem`. */
    otherSystem: OtherSystem | null;
  }
}

const rank: Record<Role, number> = { agent: 1, supervisor: 2, administrator: 3 };

const scopeNames: readonly string[] = tokenScopes;
const isScope = (access: Access): access is TokenScope => scopeNames.includes(access);

export const mayUse = (role: Role, access: Access): boolean =>
  access === 'public' || (!isScope(access) && rank[role] >= rank[access]);

/** Who sent this request. Only for routes that are not public. */
export const signedIn = (request: FastifyRequest): SignedIn => {
  if (request.signedIn === null) throw new Error('a public route asked who is signed in');
  return request.signedIn;
};

/** Which system sent this request. Only for routes that take a scope. */
export const otherSystem = (request: FastifyRequest): OtherSystem => {
  if (request.otherSystem === null) throw new Error('a route without a scope asked which system');
  return request.otherSystem;
};

const bearer = /^Bearer ([A-Za-z0-9_-]{20,128})$/u;

/** Holds every route to its `access`. A route that says nothing cannot be registered. */
export const registerAccess = (
  app: App,
  sessionOf: (token: string) => Promise<SignedIn | null>,
  systemOf: (token: string) => Promise<OtherSystem | null>,
): void => {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`the route ${route.url} does not say who may use it`);
    }
  });
  app.decorateRequest('signedIn', null);
  app.decorateRequest('otherSystem', null);
  const letIn = async (
    request: FastifyRequest,
    reply: FastifyReply,
    scope: TokenScope,
    token: string | undefined,
  ): Promise<void> => {
    const system = token === undefined ? null : await systemOf(token);
    if (system === null) {
      await sendProblem(reply, { code: 'not_signed_in', message: 'this takes a token' });
    } else if (system.scopes.includes(scope)) {
      request.otherSystem = system;
    } else {
      const message = `this takes the scope ${scope}`;
      await sendProblem(reply, { code: 'not_allowed', message });
    }
  };
  // Before the body is read: a stranger's is never parsed.
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const { access } = request.routeOptions.config;
    if (access === 'public') return;
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (access !== undefined && isScope(access)) {
      await letIn(request, reply, access, token);
      return;
    }
    const session = token === undefined ? null : await sessionOf(token);
    if (session === null) {
      await sendProblem(reply, { code: 'not_signed_in', message: 'sign in first' });
      return;
    }
    if (access === undefined || !mayUse(session.user.role, access)) {
      await sendProblem(reply, {
        code: 'not_allowed',
        message: `this takes the role ${access ?? 'of nobody'}`,
      });
      return;
    }
    request.signedIn = session;
  });
};
