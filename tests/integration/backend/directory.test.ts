import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Customer, CustomerSummary } from '../../../src/shared/api/records.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { lookUpNumber } from '../../../src/backend/modules/directory/lookup.ts';
import { startBackend, type Client, type TestBackend } from '../../support/backend.ts';
import { customers, makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  ({ database } = await server.fresh());
  backend = await startBackend(database);
  alice = await backend.signIn('alice');
});
afterAll(async () => {
  await backend.stop();
  await server.stop();
});

const { nora, eleanor, jasper, jose } = customers;

test.each([
  ['the number itself', '+13035550123', 'exact', [nora.id]],
  ['without country code, in the centre’s country', '(303) 555-0123', 'exact', [nora.id]],
  ['with 00 for the plus', '00442079460120', 'several', [eleanor.id, jasper.id]],
  ['two customers with one number', '+442079460120', 'several', [eleanor.id, jasper.id]],
  ['national, of another country', '020 7946 0120', 'maybe', [eleanor.id, jasper.id]],
  ['only the local part', '5550123', 'maybe', [nora.id]],
  ['Argentina without its mobile nine', '+541150000044', 'maybe', [jose.id]],
  ['a second number', '600 000 123', 'maybe', [jose.id]],
  ['another number of the same town', '+13035550124', 'unknown', []],
  ['another country with the same last digits', '+33135550123', 'unknown', []],
  ['anonymous', 'anonymous', 'unknown', []],
  ['nothing', '', 'unknown', []],
  ['zeros', '0000000000', 'unknown', []],
  ['an extension', '1002', 'unknown', []],
  ['markup', '<script>alert(1)</script>', 'unknown', []],
  ['a percent sign', '%', 'unknown', []],
  ['sixty digits', '1'.repeat(60), 'unknown', []],
  ['another script’s digits', '٣٠٣٥٥٥٠١٢٣', 'exact', [nora.id]],
])('a caller id: %s', async (_what, text, kind, customerIds) => {
  const found = await lookUpNumber(database, text, 'US');
  expect(found.kind).toBe(kind);
  expect([...found.customerIds].sort()).toEqual(customerIds);
});

const search = async (text: string): Promise<readonly string[]> => {
  const { body } = await alice.ask('GET', `/customers?search=${encodeURIComponent(text)}`);
  return (body as { customers: CustomerSummary[] }).customers.map((customer) => customer.name);
};

test.each([
  ['part of a name', 'whit', ['Eleanor Whitby', 'Nora Whitfield']],
  ['without accents and capitals', 'jose nunez', ['José Núñez']],
  ['words in any order', 'nunez jose', ['José Núñez']],
  ['a company', 'unico', ['José Núñez']],
  ['wildcards as they are', '100%_', ['José Núñez']],
  ['wildcards alone find no more', '%_%', []],
  ['a part of a number', '555 01', ['Nora Whitfield']],
  ['a number as it is dialled at home', '020 7946 0120', ['Eleanor Whitby', 'Jasper Rowe']],
  ['two digits are too few for a number', '01', []],
  ['a quote', `o'brien"; DROP TABLE customers; --`, []],
  [
    'nothing: the beginning of the list',
    '',
    ['Eleanor Whitby', 'Jasper Rowe', 'José Núñez', 'Nora Whitfield'],
  ],
])('searching: %s', async (_what, text, names) => {
  expect(await search(text)).toEqual(names);
});

test('a NUL in a search is refused, not a fault', async () => {
  expect(await alice.ask('GET', '/customers?search=a%00b')).toMatchObject({
    status: 400,
    body: { code: 'invalid' },
  });
});

test('unknown or wrong parameters are refused', async () => {
  expect((await alice.ask('GET', '/customers?limit=0')).status).toBe(400);
  expect((await alice.ask('GET', '/customers?limit=ten')).status).toBe(400);
  expect((await alice.ask('GET', '/customers?page=2')).status).toBe(400);
  expect((await alice.ask('GET', '/customers?limit=1')).body).toMatchObject({
    customers: [{ name: 'Eleanor Whitby' }],
  });
  expect((await alice.ask('GET', '/customers/1')).status).toBe(400);
});

test('a new customer is cleaned text and can be found and opened', async () => {
  const { status, body } = await alice.ask('POST', '/customers', {
    name: '  <b>Zoë</b>\u202e\u0000 Quist\n',
    number: '(303) 555-0199',
  });
  expect(status).toBe(200);
  const customer = body as Customer;
  expect(customer).toMatchObject({
    name: '<b>Zoë</b> Quist',
    numbers: ['+13035550199'],
    country: 'US',
    tickets: [],
    contacts: [],
  });
  expect((await alice.ask('GET', `/customers/${customer.id}`)).body).toEqual(customer);
  expect(await search('zoe')).toEqual(['<b>Zoë</b> Quist']);
});

test('a customer without a name that can be shown, or without digits, is refused', async () => {
  const create = (name: string, number: string) =>
    alice.ask('POST', '/customers', { name, number });
  expect(await create('\u200b\u202e', '+13035550198')).toMatchObject({ status: 400 });
  expect(await create('Zed', 'anonymous')).toMatchObject({ status: 400 });
});

test('only an administrator deletes, and what is gone is not found', async () => {
  const { body } = await alice.ask('POST', '/customers', {
    name: 'Gone Soon',
    number: '+13035550177',
  });
  const { id } = body as Customer;
  expect((await alice.ask('DELETE', `/customers/${id}`)).status).toBe(403);
  const admin = await backend.signIn('admin');
  expect((await admin.ask('DELETE', `/customers/${id}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/customers/${id}`)).status).toBe(404);
  expect((await alice.ask('GET', `/customers/${id}`)).status).toBe(404);
  expect((await alice.ask('GET', `/customers/${randomUUID()}`)).status).toBe(404);
});
