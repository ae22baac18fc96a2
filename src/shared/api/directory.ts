import { Type, type Static } from 'typebox';
import { importFields, refusalReasons } from '../domain/customer/import-columns.ts';
import type { Immutable } from '../immutable.ts';

/** The own directory: files of customers, and what other systems read and write there. All times are epoch ms. */

const strict = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const count = Type.Integer({ minimum: 0 });

export const maximumImportBytes = 32 * 1024 * 1024;
export const maximumImportLines = 200_000;
/** The beginning of a file is enough to tell what it is. */
export const lookedAtBytes = 256 * 1024;
/** More refused lines are counted and not listed. */
export const maximumListedRefusals = 5_000;
const maximumColumns = 200;

export const importColumnsSchema = Type.Array(nullable(Type.Enum([...importFields])), {
  minItems: 1,
  maxItems: maximumColumns,
});

export const importLookSchema = Type.Object({
  encoding: Type.Enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: Type.Enum([',', ';', '\t']),
  header: Type.Array(Type.String()),
  /** The first lines. */
  sample: Type.Array(Type.Array(Type.String())),
  /** What the columns seem to hold. */
  columns: importColumnsSchema,
});
export type ImportLook = Immutable<Static<typeof importLookSchema>>;

export const importResultSchema = Type.Object({
  lines: count,
  created: count,
  changed: count,
  same: count,
  refused: count,
  /** The first of them. */
  refusals: Type.Array(
    Type.Object({
      line: count,
      reason: Type.Enum([...refusalReasons]),
      text: Type.String(),
    }),
  ),
});
export type ImportResult = Immutable<Static<typeof importResultSchema>>;

export const tokenScopes = ['directory:read', 'directory:write'] as const;
export const tokenScopeSchema = Type.Enum([...tokenScopes]);
export type TokenScope = Static<typeof tokenScopeSchema>;

const tokenName = Type.String({ minLength: 1, maxLength: 64 });
const scopes = Type.Array(tokenScopeSchema, { minItems: 1, maxItems: 2, uniqueItems: true });

export const makeTokenSchema = Type.Object({ name: tokenName, scopes }, strict);

export const directoryTokenSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  scopes: Type.Array(tokenScopeSchema),
  madeBy: Type.String(),
  madeAt: Type.Integer(),
  usedAt: nullable(Type.Integer()),
});
export type DirectoryToken = Immutable<Static<typeof directoryTokenSchema>>;

export const directoryTokensSchema = Type.Object({ tokens: Type.Array(directoryTokenSchema) });

/** The one time that the token itself is told. */
export const madeTokenSchema = Type.Object({
  ...directoryTokenSchema.properties,
  token: Type.String(),
});

const line = (maxLength: number) => Type.String({ maxLength });
const recordProperties = {
  name: Type.String({ minLength: 1, maxLength: 128 }),
  company: line(128),
  email: line(254),
  city: line(128),
  /** ISO 3166-1 alpha-2. */
  country: Type.String({ pattern: '^(?:[A-Z]{2})?$' }),
  /** BCP 47. */
  language: line(35),
  tags: Type.Array(line(64), { maxItems: 20 }),
  notes: line(4_000),
  numbers: Type.Array(line(40), { maxItems: 20 }),
};

/** What is left out is emptied. */
export const putRecordSchema = Type.Object(
  { ...Type.Partial(Type.Object(recordProperties)).properties, name: recordProperties.name },
  strict,
);
export type PutRecord = Immutable<Static<typeof putRecordSchema>>;

const externalId = Type.String({ minLength: 1, maxLength: 128 });

/** What is left out stays. `externalId`: the other system's id from now on. */
export const patchRecordSchema = Type.Partial(
  Type.Object({ externalId, ...recordProperties }, strict),
  strict,
);
export type PatchRecord = Immutable<Static<typeof patchRecordSchema>>;

export const directoryRecordSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  /** Empty: no other system knows the customer. */
  externalId: Type.String(),
  ...recordProperties,
  since: Type.Integer(),
});
export type DirectoryRecord = Immutable<Static<typeof directoryRecordSchema>>;

export const directoryPageSchema = Type.Object({
  customers: Type.Array(directoryRecordSchema),
  /** The `cursor` of the next page; null: this is the last one. */
  next: nullable(Type.String()),
});
