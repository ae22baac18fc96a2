import { failure, success, type Result } from '../../result.ts';

/** What a column of a file of customers may hold. */
export const importFields = [
  'externalId',
  'name',
  'company',
  'number',
  'email',
  'city',
  'notes',
] as const;
export type ImportField = (typeof importFields)[number];
/** null: the column is left out. */
export type ImportColumn = ImportField | null;

/** First and last name, mobile and office: their columns are put together. */
export const repeatable: ReadonlySet<ImportField> = new Set(['name', 'number', 'notes']);

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words of headers in English, Spanish and Portuguese, without accents; the first that fits counts. */
const words: readonly (readonly [ImportField, RegExp])[] = [
  ['email', /\b(?:e ?mail|mail|correo(?: electronico)?)\b/u],
  [
    'number',
    /\b(?:tel|telefon[eo]s?|telephones?|phones?|mobile|cell?(?:ular(?:es)?)?|movil(?:es)?|fone|whats ?app|landline|fijo|fixo|ramal)\b|^(?:numbers?|numeros?|phone numbers?)$/u,
  ],
  [
    'externalId',
    /^(?:id|codigo|code|external id|id externo|identificador|(?:customer|client|account|cliente|cuenta|conta) (?:id|number|no|code)|(?:id|codigo|numero|no) (?:de |del |do |da )?(?:cliente|cuenta|conta|customer|client)|(?:crm|erp) id|id (?:crm|erp))$/u,
  ],
  [
    'company',
    /\b(?:company|organi[sz]ation|account name|business|empresa|compania|razon social|razao social|organizacion|organizacao)\b/u,
  ],
  ['city', /\b(?:city|town|ciudad|cidade|municipio|localidad|localidade)\b/u],
  [
    'notes',
    /\b(?:notes?|comments?|remarks?|notas?|observaci?[oo]n(?:es)?|observac(?:ao|oes)|obs|comentarios?)\b/u,
  ],
  [
    'name',
    /\b(?:name|full name|first name|last name|surname|contact|customer|client|nombres?|apellidos?|nome|sobrenome|contacto|contato|cliente)\b/u,
  ],
];

/** What each column seems to hold, by the words of its header; a field that may stand once is given to the first. */
export const guessColumns = (header: readonly string[]): readonly ImportColumn[] => {
  const given = new Set<ImportField>();
  return header.map((title) => {
    const text = plain(title);
    const field = words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
    if (field === null || (given.has(field) && !repeatable.has(field))) return null;
    given.add(field);
    return field;
  });
};

export type ColumnProblem = 'no_name' | 'no_key' | 'twice';

/** Why customers cannot be read from such columns. */
export const columnProblem = (columns: readonly ImportColumn[]): ColumnProblem | null => {
  if (!columns.includes('name')) return 'no_name';
  if (!columns.includes('number') && !columns.includes('externalId')) return 'no_key';
  const once = columns.filter((field) => field !== null && !repeatable.has(field));
  return new Set(once).size === once.length ? null : 'twice';
};

export type ImportLine = {
  readonly externalId: string;
  readonly name: string;
  readonly company: string;
  /** As they are stored and compared. */
  readonly numbers: readonly string[];
  readonly email: string;
  readonly city: string;
  readonly notes: string;
};

export const refusalReasons = [
  /** More cells than the header. */
  'too_many_cells',
  'no_name',
  /** Neither a number nor an external id. */
  'no_key',
  'bad_number',
  'bad_email',
  'too_long',
  /** An earlier line of the file is the same customer. */
  'repeated',
  /** Several customers have the number. */
  'ambiguous',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];
/** `text`: the cell that it is about. */
export type LineRefusal = { readonly reason: RefusalReason; readonly text: string };

export type TextReaders = {
  readonly id: (text: string) => string;
  /** One line, without what cannot be shown. */
  readonly line: (text: string) => string;
  /** The same with its lines. */
  readonly block: (text: string) => string;
  /** null: it is no phone number. */
  readonly number: (text: string) => string | null;
};

const longest: Readonly<Record<Exclude<ImportField, 'number'>, number>> = {
  externalId: 128,
  name: 128,
  company: 128,
  email: 254,
  city: 128,
  notes: 4_000,
};
const mostNumbers = 20;
const shownOfCell = 80;

const refusal = (reason: RefusalReason, text: string) =>
  failure<LineRefusal>({ reason, text: text.slice(0, shownOfCell) });

const numbersOf = (
  cells: readonly string[],
  read: TextReaders['number'],
): Result<readonly string[], LineRefusal> => {
  const found = new Set<string>();
  for (const text of cells.flatMap((cell) => cell.split(/[;,|\n]|\s\/\s/u))) {
    if (text.trim() === '') continue;
    // What a spreadsheet makes of a long number: its last digits are lost.
    const number = /\dE\+?\d/iu.test(text) ? null : read(text);
    if (number === null) return refusal('bad_number', text.trim());
    found.add(number);
  }
  return found.size > mostNumbers ? refusal('too_long', cells.join(' ')) : success([...found]);
};

/** One line of the file as a customer. */
export const readImportLine = (
  cells: readonly string[],
  columns: readonly ImportColumn[],
  readers: TextReaders,
): Result<ImportLine, LineRefusal> => {
  const beyond = cells.slice(columns.length).find((cell) => cell.trim() !== '');
  if (beyond !== undefined) return refusal('too_many_cells', beyond);
  const of = (field: ImportField): readonly string[] =>
    cells.filter((cell, at) => columns[at] === field && cell.trim() !== '');
  const texts = {
    externalId: of('externalId').join('').trim(),
    name: of('name').join(' '),
    company: of('company').join(' '),
    email: of('email').join('').trim(),
    city: of('city').join(' '),
    notes: of('notes').join('\n'),
  };
  for (const [field, text] of Object.entries(texts)) {
    // The keys are those of `texts`.
    if (text.length > longest[field as keyof typeof texts]) return refusal('too_long', text);
  }
  const name = readers.line(texts.name);
  if (name === '') return refusal('no_name', '');
  if (texts.email !== '' && !/^[^\s@]+@[^\s@]+$/u.test(texts.email)) {
    return refusal('bad_email', texts.email);
  }
  const numbers = numbersOf(of('number'), readers.number);
  if (!numbers.ok) return numbers;
  const externalId = readers.id(texts.externalId);
  if (externalId === '' && numbers.value.length === 0) return refusal('no_key', name);
  return success({
    ...{ externalId, name, numbers: numbers.value, email: readers.line(texts.email) },
    ...{ company: readers.line(texts.company), city: readers.line(texts.city) },
    notes: readers.block(texts.notes),
  });
};
