import { randomUUID } from 'node:crypto';
import { apiPrefix, type Session } from '../../src/shared/api/routes.ts';
import type { DemoUser } from '../../scripts/services/demo-users.ts';

export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** Somebody signed in at the backend without the app: an administrator, or a client that lies. */
export type ApiUser = {
  readonly session: Session;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;
  readonly signOut: () => Promise<void>;
};

export const askApi = async (
  backendUrl: string,
  {
    method,
    path,
    body,
    token,
  }: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly token?: string;
  },
): Promise<ApiAnswer> => {
  const response = await fetch(`${backendUrl}${apiPrefix}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
};

export const signInToApi = async (
  backendUrl: string,
  user: Pick<DemoUser, 'username' | 'password'>,
): Promise<ApiUser> => {
  const { username, password } = user;
  const answer = await askApi(backendUrl, {
    method: 'POST',
    path: '/session',
    body: { username, password, deviceId: randomUUID() },
  });
  if (answer.status !== 200) throw new Error(`${username}: ${JSON.stringify(answer)}`);
  // The backend answers by this schema.
  const session = answer.body as Session;
  const ask: ApiUser['ask'] = (method, path, body) =>
    askApi(backendUrl, { method, path, body, token: session.token });
  return {
    session,
    ask,
    signOut: async () => {
      await ask('DELETE', '/session');
    },
  };
};
