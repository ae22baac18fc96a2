import { expect, test } from 'vitest';
import { columnProblem, guessColumns, readImportLine } from './import-columns.ts';
import { decideLine, type Known } from './import-match.ts';

test.each([
  [
    'Customer ID,Full name,Company,Mobile,Office phone,E-mail,City,Notes',
    'id name company number number email city notes',
  ],
  [
    'Código,Nombre,Apellidos,Empresa,Teléfono móvil,Correo electrónico,Ciudad,Observaciones',
    'id name name company number email city notes',
  ],
  [
    'Id cliente,Cliente,Razón social,Celular,Localidad,Comentarios',
    'id name company number city notes',
  ],
  [
    'Código do cliente,Nome,Sobrenome,Razão social,Celular,WhatsApp,Cidade,Observações',
    'id name name company number number city notes',
  ],
  ['First name,Last name,Phone 1,Phone 2,Account owner', 'name name number number -'],
  ['Email,E-mail 2,Birthday', 'email - -'],
])('columns are guessed by their words: %s', (header, expected) => {
  const short = { externalId: 'id' } as Readonly<Record<string, string>>;
  const guessed = guessColumns(header.split(',')).map((field) =>
    field === null ? '-' : (short[field] ?? field),
  );
  expect(guessed.join(' ')).toBe(expected);
});

test('columns by which nobody could be found are told', () => {
  expect(columnProblem(['number', 'email'])).toBe('no_name');
  expect(columnProblem(['name', 'email'])).toBe('no_key');
  expect(columnProblem(['name', 'number', 'email', 'email'])).toBe('twice');
  expect(columnProblem(['name', 'name', 'number', 'number', null, null])).toBeNull();
});

const readers = {
  id: (text: string) => text,
  line: (text: string) => text.trim(),
  block: (text: string) => text,
  number: (text: string) => (/^\d+$/u.test(text.trim()) ? text.trim() : null),
};

test('what stands in several columns is put together, and a number counts once', () => {
  const read = readImportLine(
    ['Ana', 'Pires', '123; 456', '123', ''],
    ['name', 'name', 'number', 'number', 'notes'],
    readers,
  );
  expect(read).toMatchObject({ ok: true, value: { name: 'Ana Pires', numbers: ['123', '456'] } });
});

const line = (part: Partial<Known>) => ({
  ...{ externalId: '', name: 'Ana', company: '', numbers: ['1'], email: '', city: '', notes: '' },
  ...part,
});
const known = (id: string, part: Partial<Known> = {}): Known => ({ ...line(part), id });

test.each([
  [
    'its id, whatever the number',
    line({ externalId: 'x', numbers: ['9'] }),
    [known('a', { externalId: 'x' })],
    'a',
  ],
  ['number and name, where no id was known', line({ externalId: 'x' }), [known('a')], 'a'],
  [
    'nobody by number alone, if it brings an id',
    line({ externalId: 'x', name: 'Bia' }),
    [known('a')],
    null,
  ],
  ['nobody who has another id', line({ externalId: 'x' }), [known('a', { externalId: 'y' })], null],
  ['whoever has the number alone', line({ name: 'Bia' }), [known('a')], 'a'],
  ['of several the one of that name', line({}), [known('a', { name: 'Bia' }), known('b')], 'b'],
  [
    'of several of that name the one without id',
    line({}),
    [known('a', { externalId: 'y' }), known('b')],
    'b',
  ],
])('a line is %s', (_what, given, found, expected) => {
  const decided = decideLine(given, found, new Set<string>());
  if (!decided.ok) throw new Error(decided.why.reason);
  expect(decided.value.kind === 'new' ? null : decided.value.customer.id).toBe(expected);
});
