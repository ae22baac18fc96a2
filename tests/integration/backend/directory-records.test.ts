import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { DirectoryRecord, TokenScope } from '../../../src/shared/api/directory.ts';
import { lookUpNumber } from '../../../src/backend/modules/directory/lookup.ts';
import { setHold } from '../../../src/backend/modules/privacy/legal-holds.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import type { Answered, Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';

const bed = backendForEachTest();
let admin: Client;
let token: string;

const makeToken = async (
  scopes: readonly TokenScope[],
  name = 'ERP',
): Promise<{ readonly id: string; readonly token: string }> => {
  const { status, body } = await admin.ask('POST', '/directory/tokens', { name, scopes });
  expect(status).toBe(200);
  return body as { id: string; token: string };
};
beforeEach(async () => {
  admin = await bed.signIn('admin');
  ({ token } = await makeToken(['directory:read', 'directory:write']));
});

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  given = token,
): Promise<Answered> => {
  const response = await fetch(`${bed.url}/directory/customers${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...{ authorization: `Bearer ${given}`, ...headers },
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? null : JSON.parse(text),
    headers: response.headers,
  };
};

const ana = { name: 'Ana Pires', numbers: ['(303) 555-0177'], notes: 'VIP', city: 'Lima' };

test('a token is told once, kept as a hash, and worth nothing once it is revoked', async () => {
  const rows = await bed.database.query('SELECT * FROM directory_tokens');
  expect(JSON.stringify(rows)).not.toContain(token);
  expect((await ask('GET', '')).status).toBe(200);
  const { body } = await admin.ask('GET', '/directory/tokens');
  expect(JSON.stringify(body)).not.toContain(token);
  const [listed] = (body as { tokens: { id: string; usedAt: number }[] }).tokens;
  expect(listed).toMatchObject({ name: 'ERP', madeBy: expect.any(String) as string });
  expect(listed?.usedAt).toBeGreaterThan(Date.now() - 60_000);
  const another = { name: 'ERP', scopes: ['directory:read'] };
  expect((await admin.ask('POST', '/directory/tokens', another)).status).toBe(409);
  expect((await admin.ask('DELETE', `/directory/tokens/${listed?.id ?? ''}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/directory/tokens/${listed?.id ?? ''}`)).status).toBe(404);
  expect((await ask('GET', '')).status).toBe(401);
  const log = await bed.database.query('SELECT action FROM audit_log ORDER BY id');
  expect(log).toEqual([{ action: 'directory_token_made' }, { action: 'directory_token_revoked' }]);
});

test('a scope is what a token may do, and a session is no token', async () => {
  const reading = (await makeToken(['directory:read'], 'reads')).token;
  const writing = (await makeToken(['directory:write'], 'writes')).token;
  expect((await ask('GET', '', undefined, {}, reading)).status).toBe(200);
  expect((await ask('GET', '/7', undefined, {}, writing)).status).toBe(403);
  for (const [method, body] of [['PUT', ana], ['PATCH', ana], ['DELETE']] as const) {
    expect((await ask(method, '/7', body, {}, reading)).status).toBe(403);
    expect((await ask(method, '/7', body, {}, admin.session.token)).status).toBe(401);
  }
  expect((await ask('GET', '', undefined, {}, `rsd_${'A'.repeat(43)}`)).status).toBe(401);
  // And the other way round: it is nobody who is signed in.
  expect((await bed.ask('GET', '/customers', undefined, token)).status).toBe(401);
  expect((await bed.ask('GET', '/directory/tokens', undefined, token)).status).toBe(401);
});

test('put makes and replaces by external id; the same twice changes nothing', async () => {
  const made = await ask('PUT', '/7', ana);
  expect(made).toMatchObject({
    status: 201,
    body: { externalId: '7', numbers: ['+13035550177'], country: 'US', notes: 'VIP' },
  });
  const again = await ask('PUT', '/7', ana);
  expect(again).toMatchObject({ status: 200, body: made.body as object });
  expect(again.headers.get('etag')).toBe(made.headers.get('etag'));
  expect(await lookUpNumber(bed.database, '+13035550177', 'US')).toMatchObject({ kind: 'exact' });
  const replaced = await ask('PUT', '/7', { name: 'Ana Lima', numbers: ['+34 600 111 222'] });
  expect(replaced.body).toMatchObject({ notes: '', city: '', numbers: ['+34600111222'] });
  expect(await lookUpNumber(bed.database, '+13035550177', 'US')).toMatchObject({ kind: 'unknown' });
  const log = await bed.database.query(
    `SELECT actor, action, details FROM audit_log WHERE action LIKE 'directory_customer%' ORDER BY id`,
  );
  const { id: customerId } = made.body as DirectoryRecord;
  expect(log).toMatchObject([
    { actor: people.admin.id, action: 'directory_customer_made', details: { customerId } },
    { actor: people.admin.id, action: 'directory_customer_changed', details: { customerId } },
  ]);
});

test('patch changes what is given, under the condition that is given', async () => {
  const made = await ask('PUT', '/7', ana);
  const etag = made.headers.get('etag') ?? '';
  expect((await ask('PUT', '/7', ana, { 'if-none-match': '*' })).status).toBe(412);
  expect((await ask('PATCH', '/7', { city: 'Quito' }, { 'if-match': '"x"' })).status).toBe(412);
  const changed = await ask('PATCH', '/7', { city: 'Quito' }, { 'if-match': etag });
  expect(changed).toMatchObject({
    status: 200,
    body: { ...ana, city: 'Quito', numbers: ['+13035550177'] },
  });
  expect((await ask('DELETE', '/7', undefined, { 'if-match': etag })).status).toBe(412);
  expect((await ask('GET', '/7')).headers.get('etag')).toBe(changed.headers.get('etag'));
  expect((await ask('PATCH', '/8', { city: 'Quito' })).status).toBe(404);
});

test('a customer whom no other system knows is reached by our id, and given one of theirs', async () => {
  const [known] = await bed.database.query<{ readonly id: string; readonly name: string }>(
    `SELECT id, name FROM customers WHERE external_id = '' ORDER BY id LIMIT 1`,
  );
  const path = `/by-id/${known?.id ?? ''}`;
  const read = await ask('GET', path);
  expect(read).toMatchObject({ status: 200, body: { name: known?.name, externalId: '' } });
  const etag = read.headers.get('etag') ?? '';
  await ask('PUT', '/7', ana);
  expect(await ask('PATCH', path, { externalId: '7' })).toMatchObject({
    status: 409,
    body: { code: 'conflict', message: 'another customer has this external id' },
  });
  expect((await ask('PATCH', path, { externalId: '\u202e8' })).status).toBe(400);
  expect((await ask('PATCH', path, { externalId: '' })).status).toBe(400);
  const given = await ask('PATCH', path, { externalId: '8' }, { 'if-match': etag });
  expect(given).toMatchObject({
    status: 200,
    body: { ...(read.body as object), externalId: '8', country: 'US' },
  });
  expect(await ask('GET', '/8')).toMatchObject({ status: 200, body: given.body as object });
  // Another system may take a new id for one whom it knew by an old one.
  expect((await ask('PATCH', '/8', { externalId: '9' })).status).toBe(200);
  expect((await ask('GET', '/8')).status).toBe(404);
  expect((await ask('DELETE', path)).status).toBe(204);
  expect((await ask('GET', path)).status).toBe(404);
  expect((await ask('GET', '/9')).status).toBe(404);
  expect((await ask('GET', '/by-id/7')).status).toBe(400);
});

test.each([
  ['a number that is none', { ...ana, numbers: ['nobody'] }, 'body/numbers/0'],
  ['no name', { numbers: [] }, 'name'],
  ['a blank name', { name: ' \u200b ' }, 'body/name'],
  ['a stranger', { ...ana, password: 'x' }, 'password'],
  ['a bad address', { ...ana, email: 'ana' }, 'body/email'],
])('put refuses %s', async (_what, body, why) => {
  const { status, body: problem } = await ask('PUT', '/7', body);
  expect([status, problem]).toMatchObject([400, { code: 'invalid' }]);
  expect((problem as { message: string }).message).toContain(why);
  expect((await ask('GET', '/7')).status).toBe(404);
});

test('the list is walked page by page, and searched by number and words', async () => {
  for (const id of ['1', '2', '3']) await ask('PUT', `/${id}`, { ...ana, name: `Ana ${id}` });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await ask('GET', `?limit=2${query}`);
    const page = body as { customers: DirectoryRecord[]; next: string | null };
    names.push(...page.customers.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== null);
  expect(names).toHaveLength(7);
  expect(new Set(names).size).toBe(7);
  const found = async (query: string) =>
    ((await ask('GET', query)).body as { customers: DirectoryRecord[] }).customers.length;
  expect(await found(`?number=${encodeURIComponent('303 555 0177')}`)).toBe(3);
  expect(await found('?search=ana%202')).toBe(1);
  expect(await found('?search=%25')).toBe(1);
  expect((await ask('GET', '?number=nobody')).status).toBe(400);
});

test('delete erases, unless a hold stands; the access report tells the external id', async () => {
  const { id } = (await ask('PUT', '/7', ana)).body as DirectoryRecord;
  const told = await readPersonalData(bed.database, id, []);
  expect(told?.record).toMatchObject({ externalId: '7' });
  const hold = { id: randomUUID(), reason: 'a dispute', at: 1 };
  await setHold(bed.database, { customerId: id }, hold);
  expect(await ask('DELETE', '/7')).toMatchObject({ status: 409, body: { message: 'a dispute' } });
  await bed.database.query('UPDATE legal_holds SET lifted_at = 2');
  expect((await ask('DELETE', '/7')).status).toBe(204);
  expect((await ask('DELETE', '/7')).status).toBe(404);
  expect(await bed.database.query('SELECT 1 FROM customers WHERE id = $1', [id])).toEqual([]);
});

test('the card of a call that rings shows what another system changed', async () => {
  const alice = await bed.signIn('alice');
  await ask('PUT', '/7', ana);
  const callKey = randomUUID();
  const call = {
    at: Date.now(),
    callKey,
    queue: 'support',
    remoteNumber: '+13035550177',
    remoteName: '',
  };
  bed.pbx.report({ kind: 'queue_entered', ...call });
  bed.pbx.report({ kind: 'leg_offered', extension: '1001', ...call });
  const shows = async (name: string) =>
    alice.next('card', ({ card }) => 'customer' in card.match && card.match.customer.name === name);
  await shows('Ana Pires');
  await bed.backend.idle();
  await ask('PATCH', '/7', { name: 'Ana Lima' });
  await shows('Ana Lima');
});

test('a system that asks too much is asked to wait', { timeout: 60_000 }, async () => {
  const answers = new Set<number>();
  for (let round = 0; round < 31; round += 1) {
    const asked = Array.from({ length: 20 }, () => ask('GET', '/7'));
    for (const { status } of await Promise.all(asked)) answers.add(status);
  }
  expect([...answers].sort()).toEqual([404, 429]);
});
