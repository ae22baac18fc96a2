import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Salesforce's answers as is used (REST API Developer Guide; SOSL and SOQL name their own fields). */

const salesforceId = Type.String({ minLength: 15, maxLength: 18 });

/** Contacts, leads and accounts in one list; each has the fields of its own kind. */
export const searchRecordSchema = Type.Object({
  attributes: Type.Object({ type: Type.String() }),
  Id: salesforceId,
  Name: maybe(Type.String()),
  Phone: maybe(Type.String()),
  MobilePhone: maybe(Type.String()),
  HomePhone: maybe(Type.String()),
  OtherPhone: maybe(Type.String()),
  Email: maybe(Type.String()),
  Company: maybe(Type.String()),
  Account: maybe(Type.Object({ Name: maybe(Type.String()) })),
  CreatedDate: maybe(Type.String()),
});

export const searchSchema = Type.Object({ searchRecords: Type.Array(searchRecordSchema) });

export const caseSchema = Type.Object({
  Id: salesforceId,
  CaseNumber: maybe(Type.String()),
  Subject: maybe(Type.String()),
  Status: maybe(Type.String()),
  IsClosed: Type.Boolean(),
  LastModifiedDate: maybe(Type.String()),
  Description: maybe(Type.String()),
});

export const casesSchema = Type.Object({ records: Type.Array(caseSchema) });

export const idsSchema = Type.Object({ records: Type.Array(Type.Object({ Id: salesforceId })) });

export const organizationsSchema = Type.Object({
  records: Type.Array(Type.Object({ Name: Type.String() }), { minItems: 1 }),
});

export const taskSchema = Type.Object({ Id: salesforceId, Description: maybe(Type.String()) });

export const commentsSchema = Type.Object({
  records: Type.Array(Type.Object({ CommentBody: maybe(Type.String()) })),
});

export const createdSchema = Type.Object({ id: salesforceId });

export type SalesforceRecord = Static<typeof searchRecordSchema>;
export type SalesforceCase = Static<typeof caseSchema>;
