import { Type, type TObject } from 'typebox';
import { Value } from 'typebox/value';
import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';
import { MalformedQuery, parseSoql, parseSosl, type Row } from './soql.fake.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const id = () => Type.Optional(Type.String({ pattern: '^[a-zA-Z0-9]{18}$' }));
const strict = { additionalProperties: false };

/** What may be written, by the Object Reference; anything else is an unknown column. */
const writable: Readonly<Record<string, TObject>> = {
  Contact: Type.Object(
    {
      LastName: Type.String({ minLength: 1, maxLength: 80 }),
      ...{ FirstName: text(40), Phone: text(40), MobilePhone: text(40), Email: text(80) },
    },
    strict,
  ),
  Case: Type.Object(
    {
      ...{ ContactId: id(), AccountId: id(), Subject: text(255), Description: text(32_000) },
      ...{ Origin: text(255), Status: text(255), Priority: text(255) },
    },
    strict,
  ),
  Task: Type.Object(
    {
      Subject: text(255),
      Status: Type.Optional(
        Type.Enum([
          'Not Started',
          'In Progress',
          'Completed',
          'Waiting on someone else',
          'Deferred',
        ]),
      ),
      TaskSubtype: Type.Optional(Type.Enum(['Task', 'Call', 'Email', 'ListEmail'])),
      CallType: Type.Optional(Type.Enum(['Inbound', 'Outbound', 'Internal'])),
      CallDurationInSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 99_999_999 })),
      ...{ CallDisposition: text(255), CallObject: text(255), Description: text(32_000) },
      ActivityDate: Type.Optional(Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\d$` })),
      ...{ WhoId: id(), WhatId: id() },
    },
    strict,
  ),
  CaseComment: Type.Object(
    {
      ParentId: Type.String({ pattern: '^500[a-zA-Z0-9]{15}$' }),
      CommentBody: text(4_000),
      IsPublished: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
};

/** Also there to be read, beside what may be written. */
const readable: Readonly<Record<string, readonly string[]>> = {
  Contact: ['Name', 'HomePhone', 'OtherPhone', 'Account.Name'],
  Lead: ['Name', 'Phone', 'MobilePhone', 'Email', 'Company'],
  Account: ['Name', 'Phone'],
  Case: ['CaseNumber', 'IsClosed'],
  Task: [],
  CaseComment: [],
  Organization: ['Name'],
};

const prefixes: Readonly<Record<string, string>> = {
  ...{ Contact: '003', Lead: '00Q', Account: '001', Case: '500', Task: '00T', CaseComment: '00a' },
};

const knows = (type: string, field: string): boolean => {
  const own = writable[type];
  const written = own === undefined ? [] : Object.keys(own.properties);
  return [...written, ...(readable[type] ?? []), 'Id', 'CreatedDate', 'LastModifiedDate'].includes(
    field,
  );
};

const failing = (status: number, errorCode: string, fields: readonly string[] = []): Told => ({
  status,
  body: [{ message: 'Ana Pires: not so', errorCode, ...(fields.length > 0 ? { fields } : {}) }],
});

const codes: Readonly<Record<number, string>> = {
  401: 'INVALID_SESSION_ID',
  403: 'INSUFFICIENT_ACCESS',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  422: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  500: 'UNKNOWN_EXCEPTION',
  503: 'SERVER_UNAVAILABLE',
};

/** What is wrong with what would be written, as Salesforce says it; undefined: nothing. */
const wrongWith = (type: string, body: unknown, isWhole: boolean): Told | undefined => {
  const schema = writable[type];
  if (schema === undefined) return failing(404, 'NOT_FOUND');
  const [error] = Value.Errors(isWhole ? schema : Type.Partial(schema), body);
  if (error === undefined) return undefined;
  const field = error.instancePath.slice(1);
  if (error.keyword === 'additionalProperties') return failing(400, 'INVALID_FIELD');
  if (error.keyword === 'required') return failing(400, 'REQUIRED_FIELD_MISSING', [field]);
  if (error.keyword === 'maxLength') return failing(400, 'STRING_TOO_LONG', [field]);
  return failing(400, 'JSON_PARSER_ERROR', [field]);
};

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const digitsOf = (value: unknown): string => wordsOf(value).replaceAll(/\D/gu, '');

/** The index takes a number as a whole, with and without what its country code may be, and in the pieces it is written in. */
const hasPhone = (row: Row, term: string): boolean =>
  ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone'].some((name) => {
    const digits = digitsOf(row[name]);
    return digits !== '' && digits === digitsOf(term);
  });

const hasWord = (row: Row, word: string): boolean =>
  Object.values(row).some(
    (value) => typeof value === 'string' && value.toLowerCase().includes(word.toLowerCase()),
  );

/** So much of a Salesforce org as the connector asks for. */
export const salesforceFake = (): VendorModel => {
  const tables = new Map<string, Row[]>(Object.keys(readable).map((type) => [type, []]));
  let lastId = 0;
  const rowsOf = (type: string): Row[] => tables.get(type) ?? [];
  const find = (wanted: unknown): Row | undefined =>
    [...tables.values()].flat().find(({ Id }) => Id === wanted);

  const add = (type: string, fields: Row): string => {
    lastId += 1;
    const Id = `${prefixes[type] ?? '00D'}${String(lastId).padStart(12, '0')}AAA`;
    const now = new Date().toISOString().replace('Z', '+0000');
    rowsOf(type).push({ Id, CreatedDate: now, LastModifiedDate: now, ...fields });
    return Id;
  };
  add('Organization', { Name: 'Acme' });

  const refersWrong = (body: Row): Told | undefined => {
    const names = ['WhoId', 'WhatId', 'ContactId', 'AccountId', 'ParentId'];
    const lost = names.find((name) => body[name] !== undefined && find(body[name]) === undefined);
    if (lost !== undefined) return failing(400, 'INVALID_CROSS_REFERENCE_KEY', [lost]);
    const who = wordsOf(body['WhoId']);
    if (who !== '' && !/^00[3Q]/u.test(who)) return failing(400, 'FIELD_INTEGRITY_EXCEPTION');
    const isLeadWithMore = who.startsWith('00Q') && body['WhatId'] !== undefined;
    if (isLeadWithMore) return failing(400, 'FIELD_INTEGRITY_EXCEPTION', ['WhatId']);
    const isLong = Buffer.byteLength(wordsOf(body['CommentBody'])) > 4_000;
    return isLong ? failing(400, 'STRING_TOO_LONG', ['CommentBody']) : undefined;
  };

  const create = ({ body }: Asked, { type = '' }: Readonly<Record<string, string>>): Told => {
    const fields = body as Row;
    const wrong = wrongWith(type, body, true) ?? refersWrong(fields);
    if (wrong !== undefined) return wrong;
    const made = { Contact: { Name: [fields['FirstName'], fields['LastName']].join(' ').trim() } };
    const caseFields = {
      Status: 'New',
      IsClosed: false,
      CaseNumber: String(lastId).padStart(8, '0'),
    };
    const more = type === 'Contact' ? made.Contact : type === 'Case' ? caseFields : {};
    return {
      status: 201,
      body: { id: add(type, { ...more, ...fields }), success: true, errors: [] },
    };
  };

  const change = ({ body }: Asked, params: Readonly<Record<string, string>>): Told => {
    const { type = '', id: wanted } = params;
    const rows = rowsOf(type);
    const index = rows.findIndex(({ Id }) => Id === wanted);
    if (index === -1) return failing(404, 'NOT_FOUND');
    const fields = body as Row;
    const wrong = wrongWith(type, body, false) ?? refersWrong(fields);
    if (wrong !== undefined) return wrong;
    rows[index] = { ...rows[index], ...fields };
    return { status: 204 };
  };

  const view = (type: string, row: Row, fields: readonly string[]): Row => {
    const own = fields.filter((name) => !name.includes('.'));
    const account = fields.includes('Account.Name') ? { Account: row['Account'] ?? null } : {};
    return {
      attributes: { type, url: `/services/data/v67.0/sobjects/${type}/${String(row['Id'])}` },
      ...Object.fromEntries(own.map((name) => [name, row[name] ?? null])),
      ...account,
    };
  };

  const query = (soql: string): Told => {
    const { fields, from, rows } = parseSoql(soql, knows);
    const records = rows(rowsOf(from)).map((row) => view(from, row, fields));
    return { status: 200, body: { totalSize: records.length, done: true, records } };
  };

  const search = (sosl: string): Told => {
    const { scope, alternatives, returning } = parseSosl(sosl);
    const has = scope === 'PHONE' ? hasPhone : hasWord;
    const searchRecords = returning.flatMap(({ type, fields }) => {
      const unknown = fields.find((name) => !knows(type, name));
      if (unknown !== undefined) throw new MalformedQuery(`No such column '${unknown}'`);
      return rowsOf(type)
        .filter((row) => alternatives.some((words) => words.every((word) => has(row, word))))
        .map((row) => view(type, row, fields));
    });
    return { status: 200, body: { searchRecords } };
  };

  const asking =
    (tell: (q: string) => Told) =>
    ({ query: parameters }: Asked): Told => {
      try {
        return tell(parameters.get('q') ?? '');
      } catch (error) {
        if (!(error instanceof MalformedQuery)) throw error;
        return failing(400, 'MALFORMED_QUERY');
      }
    };

  const all = (type: string, field: string): readonly string[] =>
    rowsOf(type).map((row) => wordsOf(row[field]));

  const hasMark = (value: string, key: string): boolean =>
    value.split('\n').some((line) => line.trim() === `Ringside ${key}`);

  return {
    routes: {
      'GET /services/data/v67.0/query': asking(query),
      'GET /services/data/v67.0/search': asking(search),
      'POST /services/data/v67.0/sobjects/:type': create,
      'PATCH /services/data/v67.0/sobjects/:type/:id': change,
      'GET /services/data/v67.0/sobjects/:type/:id': (
        { query: asked },
        { type = '', id: wanted },
      ) => {
        const row = rowsOf(type).find(({ Id }) => Id === wanted);
        const fields = (asked.get('fields') ?? '').split(',');
        if (row === undefined) return failing(404, 'NOT_FOUND');
        if (!fields.every((name) => knows(type, name))) return failing(400, 'INVALID_FIELD');
        return { status: 200, body: view(type, row, fields) };
      },
    },
    refusesCaller: (asked, goodTokens) =>
      goodTokens.has(tokenOf(asked)) ? undefined : failing(401, 'INVALID_SESSION_ID'),
    refusal: (status) => ({
      ...failing(status, codes[status] ?? 'UNKNOWN_EXCEPTION'),
      ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
    }),
    addPerson: ({ name, phones: [Phone = ''], email: Email, company }) =>
      add('Contact', {
        Name: name,
        Phone,
        Email,
        ...(company ? { Account: { Name: company } } : {}),
      }),
    addItem: (ContactId, { title, isOpen, updatedAt }) => {
      const LastModifiedDate = new Date(updatedAt).toISOString();
      const Status = isOpen ? 'Working' : 'Closed';
      const CaseNumber = String(lastId).padStart(8, '0');
      const own = { ContactId, Subject: title, Status, IsClosed: !isOpen, CaseNumber };
      return add('Case', { ...own, LastModifiedDate });
    },
    addArticle: () => '',
    peopleCount: () => rowsOf('Contact').length + rowsOf('Lead').length,
    written: (key) =>
      all('Task', 'CallObject').filter((own) => own === key).length +
      [...all('Case', 'Description'), ...all('CaseComment', 'CommentBody')].filter((value) =>
        hasMark(value, key),
      ).length,
    texts: () => [
      ...all('Task', 'Description'),
      ...all('Case', 'Description'),
      ...all('CaseComment', 'CommentBody'),
    ],
    settings: { myDomain: 'acme', clientId: 'consumer-key', clientSecret: 'consumer-secret' },
    origins: ['https://acme.my.salesforce.com'],
  };
};
