import { Type, type Static } from 'typebox';
import { agentSeesWords, joinEnds, supervisionModes } from '../domain/supervision/join.ts';
import type { Immutable } from '../immutable.ts';

/** A supervisor on an agent's call ("join"). All times are epoch ms. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const person = Type.Object({ id, name: Type.String() });

export const supervisionModeSchema = Type.Enum([...supervisionModes]);
export const joinEndSchema = Type.Enum([...joinEnds]);
export const agentSeesSchema = Type.Enum([...agentSeesWords]);

/** A join as the supervisor's own desk sees it. */
export const joinViewSchema = Type.Object({
  joinId: id,
  state: Type.Enum(['asked', 'running', 'moving', 'ended']),
  /** What the PBX confirmed; before it did, what was asked for. */
  mode: supervisionModeSchema,
  /** Asked for and not confirmed. */
  wanted: nullable(supervisionModeSchema),
  agent: Type.Object({ id, name: Type.String(), extension: Type.String() }),
  callKey: Type.String(),
  contactId: nullable(id),
  queue: nullable(Type.String()),
  /** Who is on the line with the agent, as the agent's own screen has it; null: nobody knows. */
  customer: nullable(Type.String()),
  startedAt: Type.Integer(),
  /** What the agent is told of it; `now`: it is on the agent's screen. */
  seen: Type.Enum(['now', 'afterwards', 'never']),
  covert: Type.Boolean(),
  /** Why it is over; null: it is not. */
  why: nullable(joinEndSchema),
  /** Rises with every change of this join. */
  revision: Type.Integer(),
});

/** Who is on one of the agent's own calls, as the agent may know it. */
export const supervisorOnCallSchema = Type.Object({
  joinId: id,
  callKey: Type.String(),
  name: Type.String(),
  mode: supervisionModeSchema,
  since: Type.Integer(),
});

/** POST /supervision: `joinId` is minted by the client, whose phone then takes that call and no other. */
export const postJoinSchema = Type.Object(
  {
    joinId: id,
    agentId: id,
    mode: supervisionModeSchema,
    /** Which of the agent's calls; absent: the latest that the agent answered. */
    callKey: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    /** Unseen by the agent; takes a right of its own. */
    covert: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** PUT /supervision/:joinId */
export const putJoinSchema = Type.Object(
  { mode: supervisionModeSchema },
  { additionalProperties: false },
);

/** PUT /agents/:userId/covert-listening */
export const putCovertSchema = Type.Object(
  { granted: Type.Boolean() },
  { additionalProperties: false },
);

/** A join in the ledger, with everything that its supervisor did in it. */
export const joinRecordSchema = Type.Object({
  joinId: id,
  supervisor: person,
  /** Every agent who had the customer meanwhile, the first one first. */
  agents: Type.Array(person, { minItems: 1 }),
  contactId: nullable(id),
  queue: nullable(Type.String()),
  startedAt: Type.Integer(),
  /** When the supervisor first heard the call; null: never. */
  heardAt: nullable(Type.Integer()),
  /** null: it goes on. */
  endedAt: nullable(Type.Integer()),
  why: nullable(joinEndSchema),
  covert: Type.Boolean(),
  agentSees: agentSeesSchema,
  /** Each mode as the PBX confirmed it, the first one first. */
  modes: Type.Array(Type.Object({ mode: supervisionModeSchema, at: Type.Integer() })),
});

/**
 * GET /supervision: the ledger, the newest first. A supervisor reads the joins on agents of the own team; an agent those
 * on own calls which policy lets agents know.
 */
export const joinsQuerySchema = Type.Object(
  {
    contactId: Type.Optional(id),
    agentId: Type.Optional(id),
    supervisorId: Type.Optional(id),
    from: Type.Optional(Type.Integer({ minimum: 0 })),
    to: Type.Optional(Type.Integer({ minimum: 0 })),
    covert: Type.Optional(Type.Boolean()),
    /** A page ends with this join. */
    before: Type.Optional(id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);

export const joinsPageSchema = Type.Object({
  joins: Type.Array(joinRecordSchema),
  /** More follow `before` the last one. */
  more: Type.Boolean(),
});

/** Who took a call over from its agent. */
export const takenOverSchema = Type.Object({ callKey: Type.String(), name: Type.String() });

/** What the backend pushes: the whole of it each time. */
export const supervisionPushSchemas = [
  /** The supervisor's own join; null: none. */
  Type.Object({ kind: Type.Literal('join'), join: nullable(joinViewSchema) }),
  /** Who is on the agent's own calls. */
  Type.Object({
    kind: Type.Literal('supervisors'),
    supervisors: Type.Array(supervisorOnCallSchema),
    /** This call of the agent was just taken over. */
    takenOver: Type.Optional(takenOverSchema),
  }),
] as const;

/** What the desk's state says of joins; absent in a state of before. */
export const deskSupervisionSchema = {
  /** The supervisor's own. */
  join: Type.Optional(nullable(joinViewSchema)),
  /** On the agent's own calls. */
  supervisors: Type.Optional(Type.Array(supervisorOnCallSchema)),
  /** This user may listen without being seen by the agent. */
  mayListenCovertly: Type.Optional(Type.Boolean()),
};

export type JoinView = Immutable<Static<typeof joinViewSchema>>;
export type SupervisorOnCall = Immutable<Static<typeof supervisorOnCallSchema>>;
export type PostJoin = Immutable<Static<typeof postJoinSchema>>;
export type JoinRecord = Immutable<Static<typeof joinRecordSchema>>;
export type JoinsQuery = Immutable<Static<typeof joinsQuerySchema>>;
export type JoinsPage = Immutable<Static<typeof joinsPageSchema>>;
