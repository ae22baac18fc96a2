import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Jira Service Management's answers as is used (developer.atlassian.com/cloud/jira/service-desk/rest). */

export const serviceDeskSchema = Type.Object({ projectName: Type.String() });

export const requestFieldSchema = Type.Object({
  fieldId: Type.String(),
  name: maybe(Type.String()),
  required: maybe(Type.Boolean()),
  defaultValues: maybe(Type.Array(Type.Unknown())),
  /** Of fields that are hidden in the form. */
  presetValues: maybe(Type.Array(Type.Unknown())),
});

export const requestFieldsSchema = Type.Object({
  requestTypeFields: Type.Array(requestFieldSchema),
  canRaiseOnBehalfOf: maybe(Type.Boolean()),
});

export const customersSchema = Type.Object({
  values: Type.Array(
    Type.Object({ accountId: Type.String({ minLength: 1 }), emailAddress: maybe(Type.String()) }),
  ),
});

export const createdRequestSchema = Type.Object({ issueKey: Type.String({ minLength: 1 }) });

/** A document of Atlassian's, of which only texts are looked at. */
export const foundRequestsSchema = Type.Object({
  issues: Type.Array(
    Type.Object({
      key: Type.String({ minLength: 1 }),
      fields: Type.Object({ description: Type.Unknown() }),
    }),
  ),
});

export type RequestField = Static<typeof requestFieldSchema>;
