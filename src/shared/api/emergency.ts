import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

/** Calls for help, and where people are who may have to make one. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();

export const placeAddressSchema = Type.Object(
  {
    street: Type.String({ minLength: 1, maxLength: 120 }),
    unit: Type.String({ maxLength: 60 }),
    city: Type.String({ minLength: 1, maxLength: 80 }),
    region: Type.String({ maxLength: 40 }),
    postalCode: Type.String({ maxLength: 20 }),
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
  },
  strict,
);

/** A network as one desk calls it: nobody else can tell what it is. */
export const networkSchema = Type.String({ pattern: '^[0-9a-f]{32}$' });

/** PUT /emergency/network: where the desk is now; null: in no network. */
export const putNetworkSchema = Type.Object(
  { network: Type.Union([networkSchema, nothing]) },
  strict,
);

/** PUT /emergency/address */
export const putPlaceAddressSchema = Type.Object(
  { network: networkSchema, address: placeAddressSchema },
  strict,
);

export const knownAddressSchema = Type.Object({
  /** As confirmed for this network; null: not yet. */
  confirmed: Type.Union([placeAddressSchema, nothing]),
  /** The one that was confirmed last, wherever that was; null: never. */
  latest: Type.Union([placeAddressSchema, nothing]),
});

/** An agent called for help. */
export const emergencyCallSchema = Type.Object({
  callKey: Type.String(),
  agent: Type.Object({ id: Type.String(), name: Type.String(), extension: Type.String() }),
  number: Type.String(),
  /** Epoch ms. */
  at: Type.Integer(),
  address: Type.Union([placeAddressSchema, nothing]),
  /** False: it was confirmed elsewhere, and the agent may have moved since. */
  isConfirmed: Type.Boolean(),
});

export const deskEmergencySchema = {
  /** Of the last hour, by agents whom this user supervises; absent: none. */
  emergencies: Type.Optional(Type.Array(emergencyCallSchema)),
};

export type EmergencyCall = Immutable<Static<typeof emergencyCallSchema>>;
export type KnownAddress = Immutable<Static<typeof knownAddressSchema>>;
