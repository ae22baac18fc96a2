import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { labelSchema } from './records.ts';

/** `/connections`: accounts at other systems, as administrators see them. Secrets go in and never come out. */

const strict = { additionalProperties: false } as const;
const id = Type.String({ format: 'uuid' });

export const maximumConnections = 20;

/** Why a system did not do what it was asked; each has a text in every language (`connections.why.<kind>`). */
export const connectionFailureSchema = Type.Enum([
  'auth',
  'forbidden',
  'not_found',
  'validation',
  'conflict',
  'in_doubt',
  'rate_limited',
  'quota_exhausted',
  'unavailable',
  'timeout',
  'bad_response',
]);

export const capabilitySchema = Type.Enum([
  'findByPhone',
  'findByText',
  'recentItems',
  'createPerson',
  'logCall',
  'updateCall',
  'createTicket',
  'appendToTicket',
  'searchKnowledge',
  'escalate',
  'dispositions',
]);

export const connectorFieldSchema = Type.Object({
  name: Type.String(),
  label: labelSchema,
  help: Type.Optional(labelSchema),
  isSecret: Type.Boolean(),
  isOptional: Type.Boolean(),
  isLong: Type.Boolean(),
  example: Type.Optional(Type.String()),
  choices: Type.Optional(Type.Array(Type.String())),
});

/** What can be connected. */
export const connectorSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  fields: Type.Array(connectorFieldSchema),
  /** `sign_in`: somebody signs in at the vendor. `secret`: what is filled in is enough. */
  authentication: Type.Enum(['sign_in', 'secret']),
  capabilities: Type.Array(capabilitySchema),
});

export const connectionHealthSchema = Type.Union([
  /** Nothing was asked yet. */
  Type.Object({ state: Type.Literal('unknown') }),
  Type.Object({ state: Type.Literal('ok'), at: Type.Integer() }),
  Type.Object({
    state: Type.Literal('failing'),
    at: Type.Integer(),
    why: connectionFailureSchema,
    /** For whoever looks after it, in English. */
    message: Type.String(),
  }),
]);

export const connectionSchema = Type.Object({
  id,
  connector: Type.String(),
  name: Type.String(),
  /** Without secrets. */
  settings: Type.Record(Type.String(), Type.String()),
  /** Secret fields that are filled in. */
  secrets: Type.Array(Type.String()),
  isEnabled: Type.Boolean(),
  logsCalls: Type.Boolean(),
  dispositions: Type.Record(Type.String(), Type.String()),
  /** Whose account it is, as the vendor says; '': nobody has connected it. */
  account: Type.String(),
  /** Signed in at the vendor, or nothing to sign in to. */
  isConnected: Type.Boolean(),
  capabilities: Type.Array(capabilitySchema),
  health: connectionHealthSchema,
  revision: Type.Integer(),
});

export const saveConnectionSchema = Type.Object(
  {
    connector: Type.String({ maxLength: 64 }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** Secrets that are left out stay as they are; '' takes one away. */
    settings: Type.Record(
      Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,40}$' }),
      Type.String({ maxLength: 8_000 }),
    ),
    isEnabled: Type.Boolean(),
    logsCalls: Type.Boolean(),
    dispositions: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 255 })),
    ),
    /** Of the connection that was changed; another one has changed it since: 409. Absent: a new one. */
    revision: Type.Optional(Type.Integer()),
  },
  strict,
);

export const connectionsSchema = Type.Object({
  connections: Type.Array(connectionSchema),
  connectors: Type.Array(connectorSchema),
});

/** What a test of the connection came to. */
export const connectionTestSchema = Type.Union([
  Type.Object({ ok: Type.Literal(true), account: Type.String() }),
  Type.Object({
    ok: Type.Literal(false),
    why: connectionFailureSchema,
    message: Type.String(),
  }),
]);

export const authorizeAnswerSchema = Type.Object({
  /** To be opened in the administrator's own browser. */
  url: Type.String(),
});

export const dispositionsSchema = Type.Object({
  dispositions: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })),
});

/** In place of a wrap-up code: what all codes are that are not mapped themselves. No code is called so. */
export const otherCodes = '*';

export type Disposition = Immutable<Static<typeof dispositionsSchema>>['dispositions'][number];
export type Capability = Static<typeof capabilitySchema>;
export type ConnectorView = Immutable<Static<typeof connectorSchema>>;
export type ConnectionView = Immutable<Static<typeof connectionSchema>>;
export type ConnectionHealth = Immutable<Static<typeof connectionHealthSchema>>;
export type SaveConnection = Immutable<Static<typeof saveConnectionSchema>>;
export type ConnectionTest = Immutable<Static<typeof connectionTestSchema>>;
