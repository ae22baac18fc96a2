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

/** The whole list, so that a new route has to be looked at here as well. */
const expected: Readonly<Record<string, Access>> = {
  'GET /health': 'public',
  'GET /time': 'public',
  'GET /openapi.json': 'public',
  'GET /demo': 'public',
  'POST /session': 'public',
  'DELETE /session': 'agent',
  'POST /session/sip': 'agent',
  'GET /push': 'agent',
  'GET /board': 'supervisor',
  'PUT /agent/wish': 'agent',
  [`PUT /agents/${someId}/state`]: 'supervisor',
  'PUT /agent/do-not-disturb': 'agent',
  [`PUT /queues/${someId}`]: 'administrator',
  'GET /transfer-targets': 'agent',
  'GET /favourites': 'agent',
  'PUT /favourites': 'agent',
  'POST /events': 'agent',
  'GET /events/refused': 'administrator',
  [`PUT /missed/${someId}/note`]: 'agent',
  'GET /wrap-ups/mine': 'agent',
  'GET /wrap-ups/owed': 'supervisor',
  [`PUT /wrap-ups/${someId}/draft`]: 'agent',
  [`POST /wrap-ups/${someId}/complete`]: 'supervisor',
  'GET /shifts/mine': 'agent',
  'GET /shifts/imports': 'supervisor',
  'POST /shifts/import': 'supervisor',
  [`DELETE /shifts/imports/${someId}`]: 'administrator',
  'GET /adherence/mine': 'agent',
  'GET /adherence/report': 'supervisor',
  'GET /adherence/exceptions': 'supervisor',
  'POST /adherence/exceptions': 'agent',
  [`PUT /adherence/exceptions/${someId}`]: 'supervisor',
  'GET /reports': 'supervisor',
  'GET /reports/mine': 'agent',
  'POST /payment-pauses': 'agent',
  [`POST /payment-pauses/${someId}/extend`]: 'agent',
  [`POST /payment-pauses/${someId}/end`]: 'agent',
  'GET /customers': 'agent',
  'POST /customers': 'agent',
  [`GET /customers/${someId}`]: 'agent',
  [`DELETE /customers/${someId}`]: 'administrator',
  'GET /contacts': 'agent',
  [`GET /contacts/${someId}`]: 'agent',
  [`POST /contacts/${someId}/customer`]: 'agent',
  'GET /consent/rules': 'supervisor',
  'PUT /consent/rules': 'administrator',
  [`GET /contacts/${someId}/consent`]: 'supervisor',
  [`GET /customers/${someId}/consent`]: 'supervisor',
  [`POST /customers/${someId}/consent`]: 'administrator',
  [`GET /contacts/${someId}/recordings/${someId}`]: 'agent',
  [`GET /contacts/${someId}/recordings/${someId}/listening`]: 'agent',
  [`POST /contacts/${someId}/recordings/${someId}/comments`]: 'agent',
  [`DELETE /contacts/${someId}/recordings/${someId}/comments/${someId}`]: 'agent',
  'GET /quality': 'agent',
  [`GET /contacts/${someId}/quality`]: 'agent',
  [`PUT /contacts/${someId}/quality`]: 'supervisor',
  [`POST /quality/cards/${someId}/acknowledgement`]: 'agent',
  'POST /demo/customer-call': 'agent',
  'PUT /demo/clock': 'agent',
};

test('every route says who may use it, and the list is the one that was agreed', async () => {
  const found = (await routes()).map(({ method, path, access }) => [`${method} ${path}`, access]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

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
