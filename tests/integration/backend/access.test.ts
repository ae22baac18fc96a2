import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../src/shared/api/records.ts';
import { mayUse, type Access } from '../../../src/backend/plugins/access.ts';
import { startBackend, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let backend: TestBackend;
let clients: Record<Role, Client>;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  backend = await startBackend((await server.fresh()).database, { config: { demo: true } });
  clients = {
    agent: await backend.signIn('alice'),
    supervisor: await backend.signIn('sofia'),
    administrator: await backend.signIn('admin'),
  };
});
afterAll(async () => {
  await backend.stop();
  await server.stop();
});

type Route = { readonly method: string; readonly path: string; readonly access: Access };
type Described = Readonly<Record<string, Readonly<Record<string, { 'x-access'?: Role }>>>>;

const someId = '00000000-0000-7000-a000-000000000000';

const routes = async (): Promise<readonly Route[]> => {
  const { body } = await backend.ask('GET', '/openapi.json');
  const { paths } = body as { readonly paths: Described };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-access': access = 'public' as const }]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', '').replaceAll(/\{\w+\}/gu, someId),
      access,
    })),
  );
};

test('without a token, or with a wrong one, every route that is not public answers 401', async () => {
  for (const { method, path, access } of await routes()) {
    if (access === 'public') continue;
    for (const token of [undefined, 'no-such-token-no-such-token']) {
      const { status, body } = await backend.ask(method, path, undefined, token);
      expect({ method, path, status, body }).toMatchObject({
        status: 401,
        body: { code: 'not_signed_in' },
      });
    }
  }
});

test('each role gets as far as its rank, and no further', async () => {
  for (const { method, path, access } of await routes()) {
    if (access === 'public' || path === '/session' || path === '/push') continue;
    for (const [role, client] of Object.entries(clients) as [Role, Client][]) {
      const { status } = await client.ask(method, path);
      // Other systems have tokens of their own: no person's session opens these.
      if (access.includes(':')) {
        expect({ role, method, path, status }).toEqual({ role, method, path, status: 401 });
        continue;
      }
      expect({ role, method, path, forbidden: status === 403 }).toEqual({
        role,
        method,
        path,
        forbidden: !mayUse(role, access),
      });
    }
  }
});

test('a stranger’s body is not read', async () => {
  const { status } = await backend.ask('POST', '/events', 'x'.repeat(1_000_000));
  expect(status).toBe(401);
});

test('a route that does not say who may use it cannot be registered', async () => {
  const other = await startBackend((await server.fresh()).database);
  await other.stop();
  expect(() => other.backend.app.get('/open', () => 'hello')).toThrow();
});

test('refusals name what was wrong and never repeat a value', async () => {
  const refusedBy = async (body: unknown) =>
    (await backend.ask('POST', '/session', body)).body as { code: string; message: string };
  const deviceId = someId;
  expect(await refusedBy({ username: 'alice', password: 'canary-7', deviceId: 'no' })).toEqual({
    code: 'invalid',
    message: expect.stringMatching(/^body\/deviceId /u) as string,
  });
  expect(await refusedBy({ username: 7, password: 'x', deviceId })).toMatchObject({
    message: 'body/username must be string',
  });
  expect(await refusedBy({ username: 'alice', deviceId })).toMatchObject({
    message: 'body lacks password',
  });
  expect(
    await refusedBy({ username: 'alice', password: 'x', deviceId, admin: true }),
  ).toMatchObject({ message: 'body/admin is not a known property' });
  expect(await refusedBy('{"username":')).toMatchObject({ code: 'invalid' });
  expect(await refusedBy({ username: 'a'.repeat(5_000) })).toMatchObject({ code: 'too_large' });
});
