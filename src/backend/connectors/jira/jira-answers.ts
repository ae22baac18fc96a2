import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Jira's answers as is used (developer.atlassian.com/cloud/jira/platform/rest/v3). */

export const myselfSchema = Type.Object({ displayName: Type.String() });

export const issueTypesSchema = Type.Object({
  issueTypes: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});

export const createFieldSchema = Type.Object({
  fieldId: Type.String(),
  name: maybe(Type.String()),
  required: maybe(Type.Boolean()),
  hasDefaultValue: maybe(Type.Boolean()),
});

export const createFieldsSchema = Type.Object({ fields: Type.Array(createFieldSchema) });

export const createdIssueSchema = Type.Object({ key: Type.String({ minLength: 1 }) });

export const foundIssuesSchema = Type.Object({ issues: Type.Array(createdIssueSchema) });

export type JiraCreateField = Static<typeof createFieldSchema>;
