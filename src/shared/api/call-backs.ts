import { Type, type Static } from 'typebox';
import { attemptOutcomes, callBackKinds, callBackStates } from '../domain/call-back/call-back.ts';
import type { Immutable } from '../immutable.ts';

/** Calls that were promised for later, and tasks that follow from a contact. All times are epoch ms. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false } as const;
const person = Type.Object({ id, name: Type.String() });

/** Of what is to be said or done, in characters. */
export const maximumCallBackNote = 500;
/** Nobody promises for later than this. */
export const furthestCallBackMs = 366 * 86_400_000;
/** A time that was typed a moment ago is not in the past yet. */
export const callBackSlackMs = 60_000;

const words = {
  /** As people write it; empty for a follow-up. */
  number: Type.String({ maxLength: 64 }),
  note: Type.String({ maxLength: maximumCallBackNote }),
  dueAt: Type.Integer({ minimum: 0 }),
};

/** POST /call-backs */
export const postCallBackSchema = Type.Object(
  {
    /** Minted by whoever asks: asked twice it is one. */
    callBackId: id,
    kind: Type.Enum([...callBackKinds]),
    ...words,
    /** For whoever of the queue is ready then; else for oneself. */
    forQueue: Type.Boolean(),
    /** Whose rules its calls follow; null: the contact's queue, where there is one. */
    queue: nullable(Type.String({ maxLength: 80 })),
    contactId: nullable(id),
    customerId: nullable(id),
  },
  strict,
);

/** PUT /call-backs/:callBackId; whoever changes what is over reopens it. */
export const putCallBackSchema = Type.Object(
  { ...words, /** As it was read; another may have changed it since. */ revision: Type.Integer() },
  strict,
);

/** PUT /call-backs/:callBackId/owner; null: whoever of the queue is ready. */
export const putCallBackOwnerSchema = Type.Object({ agentId: nullable(id) }, strict);

export const callBackDeeds = ['take', 'pass', 'done', 'cancel', 'reopen'] as const;
export type CallBackDeed = (typeof callBackDeeds)[number];

export const callBackSchema = Type.Object({
  id,
  kind: Type.Enum([...callBackKinds]),
  state: Type.Enum([...callBackStates]),
  number: Type.String(),
  note: Type.String(),
  dueAt: Type.Integer(),
  createdAt: Type.Integer(),
  createdBy: person,
  /** null: the queue's. */
  owner: nullable(person),
  queue: nullable(Type.String()),
  customer: nullable(Type.Object({ id, name: Type.String() })),
  /** IANA, of the customer; null: nobody knows. */
  zone: nullable(Type.String()),
  /** The contact that it came of, and when that was. */
  contact: nullable(Type.Object({ id, startedAt: Type.Integer() })),
  /** Calls that reached the customer's line. */
  attemptCount: Type.Integer(),
  /** The oldest first. */
  attempts: Type.Array(
    Type.Object({
      at: Type.Integer(),
      agentName: Type.String(),
      /** null: it goes on. */
      outcome: nullable(Type.Enum([...attemptOutcomes])),
      contactId: nullable(id),
    }),
  ),
  /** To whom it is offered, and until when. */
  offer: nullable(Type.Object({ to: id, until: Type.Integer() })),
  overAt: nullable(Type.Integer()),
  revision: Type.Integer(),
});
export type CallBackView = Immutable<Static<typeof callBackSchema>>;

export const callBackRulesSchema = Type.Object({
  maximumAttempts: Type.Integer(),
  earliestHour: Type.Integer(),
  latestHour: Type.Integer(),
});

/** What the desk of a user shows. */
export const deskCallBacksSchema = Type.Object({
  /** Own ones that are to come or were due a moment ago, the earliest first; the first hundred. */
  upcoming: Type.Array(callBackSchema),
  /** How many own ones were due when this was told, and when that was. */
  due: Type.Integer(),
  toldAt: Type.Integer(),
  /** Own ones of which the last call was not answered: what next? */
  asking: Type.Array(callBackSchema),
  /** Offered by a queue. */
  offered: nullable(callBackSchema),
  /** How many of the team's are due; null: this user supervises nobody. */
  teamDue: nullable(Type.Integer()),
  rules: callBackRulesSchema,
});
export type DeskCallBacks = Immutable<Static<typeof deskCallBacksSchema>>;

/** GET /call-backs */
export const callBackQuerySchema = Type.Object(
  {
    whose: Type.Optional(Type.Enum(['mine', 'team'])),
    show: Type.Optional(Type.Enum(['open', 'over'])),
    /** Where the page before ended. */
    after: Type.Optional(Type.String({ maxLength: 80, pattern: '^\\d{1,16}~[0-9a-f-]{36}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
);
export type CallBackQuery = Immutable<Static<typeof callBackQuerySchema>>;

export const callBackPageSchema = Type.Object({
  /** Open ones by the time they are due; others with the last that ended first. */
  callBacks: Type.Array(callBackSchema),
  next: nullable(Type.String()),
  /** How many of all of them are due. */
  due: Type.Integer(),
  /** To whom they may be given; empty for an agent. */
  agents: Type.Array(person),
});
export type CallBackPage = Immutable<Static<typeof callBackPageSchema>>;

/** GET /call-backs/about: of a contact (the calls that were made for it included), or of a customer. */
export const callBacksAboutQuerySchema = Type.Object(
  { contactId: Type.Optional(id), customerId: Type.Optional(id) },
  strict,
);
export const callBacksAboutSchema = Type.Object({ callBacks: Type.Array(callBackSchema) });

export type PostCallBack = Immutable<Static<typeof postCallBackSchema>>;
export type PutCallBack = Immutable<Static<typeof putCallBackSchema>>;
