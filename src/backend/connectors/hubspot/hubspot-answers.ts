import { Type, type Static } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of HubSpot's answers as is used (developers.hubspot.com/docs/api-reference). */

/** Of any kind: every value is a text, or null where there is none. */
export const objectSchema = Type.Object({
  id: idSchema,
  properties: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
  createdAt: maybe(Type.String()),
  updatedAt: maybe(Type.String()),
});

export const objectsSchema = Type.Object({ results: Type.Array(objectSchema) });

export const associatedSchema = Type.Object({
  id: idSchema,
  associations: maybe(
    Type.Record(Type.String(), Type.Object({ results: Type.Array(Type.Object({ id: idSchema })) })),
  ),
});

export const pipelinesSchema = Type.Object({
  results: Type.Array(
    Type.Object({
      id: idSchema,
      displayOrder: maybe(Type.Number()),
      stages: Type.Array(
        Type.Object({
          id: idSchema,
          label: maybe(Type.String()),
          displayOrder: maybe(Type.Number()),
          metadata: maybe(Type.Object({ ticketState: maybe(Type.String()) })),
        }),
      ),
    }),
  ),
});

export const accountSchema = Type.Object({ portalId: idSchema, uiDomain: maybe(Type.String()) });

export const dispositionsSchema = Type.Array(
  Type.Object({ id: Type.String(), label: Type.String(), deleted: maybe(Type.Boolean()) }),
);

export type HubSpotObject = Static<typeof objectSchema>;
export type HubSpotPipelines = Static<typeof pipelinesSchema>;
