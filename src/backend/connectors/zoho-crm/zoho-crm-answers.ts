import { Type, type Static, type TSchema } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of Zoho CRM's answers as is used (zoho.com/crm/developer/docs/api/v8). */

/** No content (204) is how it says that there is none. */
const listOf = <Schema extends TSchema>(schema: Schema) =>
  Type.Union([Type.Null(), Type.Object({ data: Type.Array(schema) })]);

export const orgSchema = Type.Object({
  org: Type.Array(
    Type.Object({
      company_name: maybe(Type.String()),
      /** In the addresses of its pages. */
      zgid: maybe(idSchema),
    }),
    { minItems: 1 },
  ),
});

const lookupSchema = Type.Union([Type.Object({ name: maybe(Type.String()) }), Type.String()]);

/** A contact, lead or account; each has some of these. */
export const personSchema = Type.Object({
  id: idSchema,
  Full_Name: maybe(Type.String()),
  Account_Name: maybe(lookupSchema),
  Company: maybe(Type.String()),
  Email: maybe(Type.String()),
  Phone: maybe(Type.String()),
  Mobile: maybe(Type.String()),
  Home_Phone: maybe(Type.String()),
  Other_Phone: maybe(Type.String()),
  Created_Time: maybe(Type.String()),
});

export const peopleSchema = listOf(personSchema);

/** A case or a deal. */
export const itemSchema = Type.Object({
  id: idSchema,
  Case_Number: maybe(Type.String()),
  Subject: maybe(Type.String()),
  Status: maybe(Type.String()),
  Deal_Name: maybe(Type.String()),
  Stage: maybe(Type.String()),
  Modified_Time: maybe(Type.String()),
});

export const itemsSchema = listOf(itemSchema);

/** Of calls, cases and notes: what a mark can be in. */
export const textsSchema = listOf(
  Type.Object({
    id: idSchema,
    Description: maybe(Type.String()),
    Note_Content: maybe(Type.String()),
  }),
);

export const idsSchema = listOf(Type.Object({ id: idSchema }));

/** What was written, in the order in which it was sent; rows that were refused are read before (`errorInside`). */
export const writtenSchema = Type.Object({
  data: Type.Array(Type.Object({ details: Type.Object({ id: idSchema }) }), { minItems: 1 }),
});

export const fieldsSchema = Type.Object({
  fields: Type.Array(
    Type.Object({
      api_name: Type.String(),
      pick_list_values: maybe(
        Type.Array(Type.Object({ actual_value: Type.String(), display_value: Type.String() })),
      ),
    }),
  ),
});

export type ZohoPerson = Static<typeof personSchema>;
export type ZohoItem = Static<typeof itemSchema>;
