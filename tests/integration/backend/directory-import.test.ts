import { monitorEventLoopDelay } from 'node:perf_hooks';
import { beforeEach, expect, test } from 'vitest';
import type { ImportLook, ImportResult } from '../../../src/shared/api/directory.ts';
import type { ImportColumn } from '../../../src/shared/domain/customer/import-columns.ts';
import { lookUpNumber } from '../../../src/backend/modules/directory/lookup.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { sendFile } from '../../support/customer-file.ts';

const bed = backendForEachTest();
let admin: Client;
beforeEach(async () => {
  admin = await bed.signIn('admin');
});

const columns: readonly ImportColumn[] = ['externalId', 'name', 'number', 'email', 'notes'];
const header = 'id,name,phone,email,notes\n';

const look = async (file: string | Uint8Array<ArrayBuffer>): Promise<ImportLook> => {
  const { status, body } = await sendFile(bed, admin, 'look', file);
  expect(status).toBe(200);
  return body as ImportLook;
};
const run = async (
  what: 'check' | 'import',
  file: string | Uint8Array<ArrayBuffer>,
  given = columns,
): Promise<ImportResult> => {
  const { status, body } = await sendFile(bed, admin, what, file, given);
  expect([status, body]).toMatchObject([200, {}]);
  return body as ImportResult;
};
/** What is kept of a customer, by name. */
const kept = async (name: string) =>
  bed.database.query<{ readonly id: string; readonly numbers: readonly string[] }>(
    `SELECT id, external_id AS "externalId", company, email, notes, (SELECT array_agg(number ORDER BY position)
       FROM customer_numbers WHERE customer_id = c.id) AS numbers FROM customers c WHERE name = $1 ORDER BY id`,
    [name],
  );

const utf16 = (text: string, isBig: boolean): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

test.each([
  ['UTF-8', (text: string) => new TextEncoder().encode(text), 'utf-8'],
  ['UTF-8 with its mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`), 'utf-8'],
  ['UTF-16 with its mark', (text: string) => utf16(`\ufeff${text}`, false), 'utf-16le'],
  ['UTF-16 without', (text: string) => utf16(text, false), 'utf-16le'],
  ['UTF-16 the other way round', (text: string) => utf16(`\ufeff${text}`, true), 'utf-16be'],
  ['Windows-1252', (text: string) => new Uint8Array(Buffer.from(text, 'latin1')), 'windows-1252'],
])('%s is told by itself, and its names come in as they are', async (_what, encode, encoding) => {
  const file = new Uint8Array(encode('Nombre;Teléfono\r\nÑandú Peña;+1 303 555 0177\r\n'));
  expect(await look(file)).toMatchObject({
    ...{ encoding, delimiter: ';', header: ['Nombre', 'Teléfono'] },
    columns: ['name', 'number'],
  });
  expect(await run('import', file, ['name', 'number'])).toMatchObject({ created: 1, refused: 0 });
  expect(await kept('Ñandú Peña')).toMatchObject([{ numbers: ['+13035550177'] }]);
});

test('lines within quotes are one line, and what is refused is told by the line where it begins', async () => {
  const file = `name\tphone\tnotes\r\n"Ana\tB"\t303 555 0177\t"one\r\ntwo"\r\n\r\nBia\tnobody knows\t"a\r\nb"\r\nCai\t303 555 0178\t\r\n`;
  expect((await look(file)).delimiter).toBe('\t');
  const result = await run('import', file, ['name', 'number', 'notes']);
  expect(result).toMatchObject({ lines: 3, created: 2, refused: 1 });
  expect(result.refusals).toEqual([{ line: 5, reason: 'bad_number', text: 'nobody knows' }]);
  expect(await kept('Ana B')).toMatchObject([{ notes: 'one\ntwo' }]);
});

test('a dry run tells the same as the import, which the second time changes nothing', async () => {
  const file = `${header}7,Nora Whitfield,(303) 555-0123; +44 20 7946 0999,nora@example.com,VIP
8,Ana Pires,303 555 0177,,
,José Núñez,+34 600 000 123,,
9,Bia Pires,303 555 0177,,
`;
  const expected = { lines: 4, created: 2, changed: 1, same: 1, refused: 0 };
  expect(await run('check', file)).toMatchObject(expected);
  expect(await kept('Ana Pires')).toEqual([]);
  expect(await run('import', file)).toMatchObject(expected);
  const before = await bed.database.query('SELECT * FROM customers ORDER BY id');
  expect(await run('import', file)).toMatchObject({ created: 0, changed: 0, same: 4, refused: 0 });
  expect(await bed.database.query('SELECT * FROM customers ORDER BY id')).toEqual(before);
  // Who was there by hand is the one whom the other system means; nothing of hers is lost.
  expect(await kept('Nora Whitfield')).toMatchObject([
    { id: customers.nora.id, externalId: '7', numbers: ['+13035550123', '+442079460999'] },
  ]);
  // Two who share a number ring as two.
  expect(await lookUpNumber(bed.database, '+13035550177', 'US')).toMatchObject({ kind: 'several' });
});

test('an empty cell takes nothing away, and neither does a customer who is not in the file', async () => {
  await run('import', `${header}7,Ana Pires,303 555 0177,ana@example.com,VIP\n`);
  expect(await run('import', `${header}7,Ana Pires-Lima,,,\n`)).toMatchObject({ changed: 1 });
  expect(await kept('Ana Pires-Lima')).toMatchObject([
    { email: 'ana@example.com', notes: 'VIP', numbers: ['+13035550177'] },
  ]);
  expect(await kept('Jasper Rowe')).toHaveLength(1);
});

test.each([
  ['no name', '1,,303 555 0177,,', 'no_name', ''],
  ['neither number nor id', ',Ana,,,', 'no_key', 'Ana'],
  ['no number', '1,Ana,n/a,,', 'bad_number', 'n/a'],
  ['a number that a spreadsheet rounded', '1,Ana,5.51134E+11,,', 'bad_number', '5.51134E+11'],
  ['no e-mail address', '1,Ana,303 555 0177,ana at example,', 'bad_email', 'ana at example'],
  ['a cell too many', '1,Ana,303 555 0177,,,more', 'too_many_cells', 'more'],
  ['a name too long', `1,${'A'.repeat(129)},,,`, 'too_long', 'A'.repeat(80)],
  ['a number of several', ',Ana,+44 20 7946 0120,,', 'ambiguous', '+442079460120'],
  ['an id twice', '5,Bia,,,\n5,Ana,,,', 'repeated', '5'],
  ['a number twice', ',Bia,3035550177,,\n,Ana,3035550177,,', 'repeated', '+13035550177'],
])('a line is refused for %s, and the others are not', async (_what, lines, reason, text) => {
  const file = `${header}${lines}\n6,Zoe,303 555 0188,,\n`;
  for (const what of ['check', 'import'] as const) {
    const result = await run(what, file);
    expect(result).toMatchObject({ refused: 1 });
    expect(result.refusals[0]).toMatchObject({ reason, text });
  }
  expect(await kept('Zoe')).toHaveLength(1);
  expect((await kept('Ana')).length + (await kept('A'.repeat(129))).length).toBe(0);
});

test.each([
  ['no name among its columns', `${header}1,A,,,\n`, ['externalId'], 'no column holds the name'],
  ['no key', `name\nA\n`, ['name'], 'no column holds a number'],
  ['a field twice', `a,b,c\n1,2,3\n`, ['name', 'email', 'email', 'number'], 'several columns'],
  ['no lines', header, columns, 'no lines below'],
  ['a quote that never ends', `${header}1,"Ana,,,\n`, columns, 'Quote'],
] as const)('a file with %s changes nothing', async (_what, file, given, why) => {
  const { status, body } = await sendFile(bed, admin, 'import', file, given);
  expect(status).toBe(400);
  expect((body as { message: string }).message).toContain(why);
  expect(await bed.database.query('SELECT 1 FROM customers')).toHaveLength(4);
});

test('a file of more lines than it may have is refused before anything is written', async () => {
  const file = `name,phone\n${'A,303 555 0177\n'.repeat(200_001)}`;
  expect(await sendFile(bed, admin, 'import', file, ['name', 'number'])).toMatchObject({
    status: 400,
    body: { message: 'the file has more than 200000 lines' },
  });
  expect(await bed.database.query('SELECT 1 FROM customers')).toHaveLength(4);
  const large = new Uint8Array(32 * 1024 * 1024 + 1).fill(65);
  // The backend stops to listen in the middle of it.
  const answer = await sendFile(bed, admin, 'check', large, columns).catch(() => null);
  expect(answer?.status ?? 413).toBe(413);
});

test('only administrators send files, and who did is in the audit log', async () => {
  const file = `${header}7,Ana Pires,303 555 0177,,\n`;
  for (const name of ['alice', 'sofia']) {
    const client = await bed.signIn(name);
    for (const what of ['look', 'check', 'import'] as const) {
      expect((await sendFile(bed, client, what, file, columns)).status).toBe(403);
    }
  }
  await run('check', file);
  expect(await bed.database.query('SELECT 1 FROM audit_log')).toEqual([]);
  await run('import', file);
  expect(
    await bed.database.query('SELECT actor, action, details FROM audit_log ORDER BY id'),
  ).toMatchObject([
    { actor: people.admin.id, action: 'directory_import_begun', details: { bytes: file.length } },
    { actor: people.admin.id, action: 'directory_imported', details: { created: 1, lines: 1 } },
  ]);
});

test('cards lose their digits in names and notes', async () => {
  await run('import', `${header}4111111111111111,Ana,303 555 0177,,card 4111 1111 1111 1111\n`);
  const [ana] = await kept('Ana');
  expect(JSON.stringify(ana)).not.toContain('1111 1111');
  expect(ana).toMatchObject({ externalId: '4111111111111111' });
});

test('a large file neither stops the backend nor others', { timeout: 300_000 }, async () => {
  const lines = 5_000;
  const file = `${header}${Array.from(
    { length: lines },
    (_, at) =>
      `${String(at)},Person ${String(at)},+1303${String(2_000_000 + at)},p${String(at)}@example.com,\n`,
  ).join('')}`;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  for (const what of ['check', 'import', 'import'] as const) {
    const { lines: read, refused } = await run(what, file);
    expect({ read, refused }).toEqual({ read: lines, refused: 0 });
  }
  delay.disable();
  // On a machine that does other things as well; a batch that was read in one turn took seconds.
  expect(delay.percentile(99) / 1e6).toBeLessThan(250);
  expect(await kept('Person 4321')).toMatchObject([{ externalId: '4321' }]);
});
