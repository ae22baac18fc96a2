import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import {
  consentHowSchema,
  consentRuleSchema,
  recordingPolicySchema,
  standingChoiceSchema,
  wordingSchema,
} from './consent.ts';
import { consentFactSchema, endOutcome, ledgerFactSchema } from './events.ts';
import { customerVerificationsSchema, verificationAttemptSchema } from './guidance.ts';
import { lineSummarySchema } from './line-quality.ts';
import { missedMarkSchema } from './missed.ts';
import { paymentHistorySchema, paymentSchema } from './payment.ts';
import { cardRescueSchema } from './rescue.ts';
import { contactSurveySchema } from './surveys.ts';

/** Shapes of what the backend tells, used by its routes, its push and the client. All times are epoch ms. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
export const labelSchema = Type.Object({ en: Type.String(), es: Type.String(), pt: Type.String() });

export const roleSchema = Type.Enum(['agent', 'supervisor', 'administrator']);

export const userSchema = Type.Object({
  id,
  username: Type.String(),
  name: Type.String(),
  role: roleSchema,
  extension: Type.String(),
});

export const queueSchema = Type.Object({
  name: Type.String(),
  label: labelSchema,
  /** Its calls are answered without a press. */
  autoAnswer: Type.Boolean(),
});

/** A not-ready reason that this agent may give. */
export const reasonSchema = Type.Object({
  code: Type.String(),
  label: labelSchema,
  paid: Type.Boolean(),
  /** null: as long as it takes. */
  maximumMinutes: nullable(Type.Integer()),
});

/** A reason that somebody else may give, or that nobody can give any more. */
export const otherReasonSchema = Type.Object({ code: Type.String(), label: labelSchema });

/** `queue` null: offered for every queue and for calls without one. */
export const wrapUpCodeSchema = Type.Object({
  code: Type.String(),
  label: labelSchema,
  queue: nullable(Type.String()),
  /** The group that it stands in, which is no answer by itself; absent: at the top. */
  parent: Type.Optional(Type.String()),
});

export const ticketSchema = Type.Object({
  id,
  reference: Type.String(),
  subject: Type.String(),
  status: Type.Enum(['open', 'pending', 'solved']),
  priority: Type.Enum(['low', 'normal', 'high']),
  openedAt: Type.Integer(),
});

export const directionSchema = Type.Enum(['inbound', 'outbound']);

/** A line of a customer's time line. */
export const contactSummarySchema = Type.Object({
  id,
  direction: directionSchema,
  queue: nullable(Type.String()),
  startedAt: Type.Integer(),
  agentName: nullable(Type.String()),
  code: nullable(Type.String()),
  notes: Type.String(),
  handleMs: nullable(Type.Integer()),
  hasRecording: Type.Boolean(),
  /** Who was at the other end, for lists of many customers: the customer's name, else the number as people write it. */
  who: Type.Optional(Type.String()),
  /** In an agent's own history: the other end's number as it came; empty: it was hidden. */
  number: Type.Optional(Type.String()),
  /** It rang at this agent, who did not answer. */
  missed: Type.Optional(Type.Boolean()),
  /** How it ended for this agent; null: it goes on, or nobody told. */
  outcome: Type.Optional(nullable(endOutcome)),
  /** What a miss was due to. */
  miss: Type.Optional(missedMarkSchema),
});

export const customerSummarySchema = Type.Object({
  id,
  name: Type.String(),
  company: Type.String(),
  city: Type.String(),
  /** ISO 3166-1 alpha-2. */
  country: Type.String(),
  /** ISO 3166-2, where it is known. */
  subdivision: Type.Optional(Type.String()),
  numbers: Type.Array(Type.String()),
});

export const customerSchema = Type.Object({
  ...customerSummarySchema.properties,
  email: Type.String(),
  /** BCP 47. */
  language: Type.String(),
  tags: Type.Array(Type.String()),
  notes: Type.String(),
  since: Type.Integer(),
  /** Absent: said nothing for later calls. */
  standing: Type.Optional(standingChoiceSchema),
  /** Of the last 24 hours; absent: none. */
  verifications: Type.Optional(customerVerificationsSchema),
  tickets: Type.Array(ticketSchema),
  contacts: Type.Array(contactSummarySchema),
});

export const matchSchema = Type.Union([
  Type.Object({ kind: Type.Literal('exact'), customer: customerSchema }),
  Type.Object({ kind: Type.Literal('several'), customers: Type.Array(customerSummarySchema) }),
  Type.Object({ kind: Type.Literal('maybe'), customers: Type.Array(customerSummarySchema) }),
  Type.Object({ kind: Type.Literal('unknown') }),
  /** The agent said who it is. */
  Type.Object({ kind: Type.Literal('confirmed'), customer: customerSchema }),
  /** The record was deleted while it was on screen. */
  Type.Object({ kind: Type.Literal('deleted') }),
]);

export const consentStateSchema = Type.Enum([
  'not_asked',
  'asked',
  'granted',
  'refused',
  'withdrawn',
]);

/** Why a recording came to nothing; each has a text in every language (`recording.why.<code>`). */
export const recordingFailureSchema = Type.Enum([
  'pbx_away',
  'pbx_refused',
  'no_such_call',
  'not_supported',
  /** The PBX ended it and left no file. */
  'file_missing',
  'disk_full',
]);

/** Why a recording that runs is silent; each has a text (`recording.silent.<code>`). */
export const pauseWhySchema = Type.Enum(['payment', 'desk_lost']);

export const recordingSchema = Type.Union([
  Type.Object({ state: Type.Literal('off') }),
  Type.Object({ state: Type.Literal('starting') }),
  Type.Object({ state: Type.Literal('recording'), since: Type.Integer() }),
  /** The PBX confirmed that nothing of what is said is kept. */
  Type.Object({ state: Type.Literal('paused'), since: Type.Integer(), why: pauseWhySchema }),
  Type.Object({ state: Type.Literal('stopped'), seconds: Type.Number() }),
  /** Consent was taken back: nobody can hear what was recorded, or it is no more. */
  Type.Object({ state: Type.Literal('sealed') }),
  Type.Object({ state: Type.Literal('deleted') }),
  Type.Object({ state: Type.Literal('failed'), why: recordingFailureSchema }),
  /** A plain SIP service is told to record, or not to; nobody here knows whether it does. */
  Type.Object({ state: Type.Literal('by_service'), wanted: Type.Boolean() }),
]);

/** What the desk shows of a contact; pushed whole whenever something in it changes. */
export const contactCardSchema = Type.Object({
  contactId: id,
  callKey: Type.String(),
  /** Rises with every change of this card. */
  revision: Type.Integer(),
  direction: directionSchema,
  queue: nullable(Type.String()),
  remoteNumber: Type.String(),
  remoteName: Type.String(),
  /** As people of the backend's country write it, where the number could be read. */
  displayNumber: Type.String(),
  startedAt: Type.Integer(),
  /** When the customer began to wait in the queue. */
  queuedAt: nullable(Type.Integer()),
  match: matchSchema,
  consent: Type.Object({
    state: consentStateSchema,
    at: nullable(Type.Integer()),
    /** How the word came that counts; absent: nothing was said, or nobody told. */
    how: Type.Optional(consentHowSchema),
    /** Of all parties that are known; absent: nobody can tell yet. */
    rule: Type.Optional(consentRuleSchema),
    /** In the customer's language where there are words in it, else in every language that there is. */
    wordings: Type.Optional(Type.Array(wordingSchema)),
    /** How the queue wants its calls recorded; absent: on consent. */
    policy: Type.Optional(recordingPolicySchema),
    /** The word that counts is for later calls as well. */
    standing: Type.Optional(Type.Literal(true)),
  }),
  recording: recordingSchema,
  /** While a card is taken; absent: nobody takes one. */
  payment: Type.Optional(paymentSchema),
  /** Absent: no agent vanished in it. */
  rescue: Type.Optional(cardRescueSchema),
  /** Attempts to verify the customer here; absent: none. */
  verifications: Type.Optional(Type.Array(verificationAttemptSchema)),
});

export const segmentSchema = Type.Object({
  kind: Type.Enum(['ring', 'dial', 'talk', 'hold', 'consult', 'wrap_up']),
  startedAt: Type.Integer(),
  endedAt: nullable(Type.Integer()),
});

/** One agent's part in a contact. */
export const legSchema = Type.Object({
  callId: id,
  agent: userSchema,
  segments: Type.Array(segmentSchema),
  ringMs: Type.Integer(),
  dialMs: Type.Integer(),
  talkMs: Type.Integer(),
  consultMs: Type.Integer(),
  holdMs: Type.Integer(),
  wrapUpMs: Type.Integer(),
  handleMs: Type.Integer(),
  outcome: nullable(Type.String()),
  code: nullable(Type.String()),
  notes: Type.String(),
  facts: Type.Array(ledgerFactSchema),
  /** How well the agent heard it; absent: nobody told. */
  line: Type.Optional(lineSummarySchema),
  /** The phone's times minus the PBX's own, ms; null where one of the two did not tell. */
  afterPbx: Type.Object({
    offeredMs: nullable(Type.Integer()),
    answeredMs: nullable(Type.Integer()),
    endedMs: nullable(Type.Integer()),
  }),
});

/** The contact's page. */
export const contactSchema = Type.Object({
  card: contactCardSchema,
  endedAt: nullable(Type.Integer()),
  legs: Type.Array(legSchema),
  consentFacts: Type.Array(consentFactSchema),
  /** What the customer was asked after it; absent: nothing. */
  survey: Type.Optional(contactSurveySchema),
  /** Absent: no card was taken, and no recording silenced. */
  payment: Type.Optional(paymentHistorySchema),
  recordings: Type.Array(
    Type.Object({
      id,
      startedAt: Type.Integer(),
      endedAt: nullable(Type.Integer()),
      seconds: nullable(Type.Number()),
      channels: Type.Integer(),
      playable: Type.Boolean(),
      /** Consent to it was taken back; absent: it is kept. */
      withdrawn: Type.Optional(Type.Enum(['sealed', 'deleted'])),
      /** Stretches without sound, ms into the recording; absent: none. */
      pauses: Type.Optional(
        Type.Array(
          Type.Object({ why: pauseWhySchema, fromMs: Type.Integer(), toMs: Type.Integer() }),
        ),
      ),
    }),
  ),
});

export const wishSchema = Type.Union([
  Type.Object({ kind: Type.Literal('ready') }),
  Type.Object({
    kind: Type.Literal('not_ready'),
    reason: Type.String({ minLength: 1, maxLength: 64 }),
  }),
]);

const wishOriginSchema = Type.Union([
  Type.Object({
    by: Type.Literal('supervisor'),
    name: Type.String(),
    /** And signs the agent out as soon as no call and no wrap-up is in the way. */
    leaving: Type.Optional(Type.Literal(true)),
  }),
  /** The desk was gone in between (epoch ms). */
  Type.Object({
    by: Type.Literal('return'),
    lostAt: Type.Integer(),
    backAt: Type.Integer(),
  }),
]);

export const agentStateSchema = Type.Union([
  Type.Object({ state: Type.Literal('offline') }),
  Type.Object({ state: Type.Literal('not_ready'), reason: Type.String() }),
  Type.Object({ state: Type.Literal('ready') }),
  Type.Object({ state: Type.Literal('reserved'), callKey: Type.String(), next: wishSchema }),
  Type.Object({
    state: Type.Literal('engaged'),
    callKeys: Type.Array(Type.String()),
    next: wishSchema,
  }),
  Type.Object({
    state: Type.Literal('wrap_up'),
    callKeys: Type.Array(Type.String()),
    next: wishSchema,
  }),
]);

export const agentStateNameSchema = Type.Enum([
  'offline',
  'not_ready',
  'ready',
  'reserved',
  'engaged',
  'wrap_up',
]);

export const agentViewSchema = Type.Object({
  state: agentStateSchema,
  since: Type.Integer(),
  /** Direct calls are refused as busy; queues follow the state. */
  doNotDisturb: Type.Boolean(),
  /** Rises with every change. */
  revision: Type.Integer(),
  /** How the wish came about, where it is not the agent's own. */
  origin: Type.Optional(wishOriginSchema),
});

export const todaySchema = Type.Object({
  contacts: Type.Integer(),
  /** By the agent: they rang at the desk, were seen and heard. */
  missed: Type.Integer(),
  /** Missed for another cause, or for one that nobody can prove. */
  missedTechnical: Type.Optional(Type.Integer()),
  /** Sum of handle time over the contacts whose wrap-up ended today. */
  handleMs: Type.Integer(),
  targetHandleMs: Type.Integer(),
});

export const pbxViewSchema = Type.Union([
  Type.Object({ state: Type.Literal('connected'), version: Type.String() }),
  Type.Object({ state: Type.Literal('disconnected'), why: Type.String(), since: Type.Integer() }),
  Type.Object({ state: Type.Literal('absent') }),
]);

/** What the phone system lets the desk do beyond calling; what it cannot is not shown. */
export const capabilitiesSchema = Type.Object({
  queues: Type.Boolean(),
  recording: Type.Boolean(),
  demoCustomers: Type.Boolean(),
  parking: Type.Boolean(),
  /** Supervisors can join calls; absent: of a backend of before, they cannot. */
  supervision: Type.Optional(Type.Boolean()),
  /** A customer whose agent is not heard hears music meanwhile. */
  comfort: Type.Optional(Type.Boolean()),
  /** Customers are asked by keypad after a call. */
  surveys: Type.Optional(Type.Boolean()),
  /** Phones tell a plain SIP service to record; nobody makes it. */
  recordingByService: Type.Optional(Type.Literal(true)),
});

/** A customer who waits with music until any agent picks the call up. */
export const parkedCallSchema = Type.Object({
  callKey: Type.String(),
  /** The parking place. */
  slot: Type.String(),
  queue: nullable(Type.String()),
  /** The customer's, as the card has it; '' where nobody knows. */
  name: Type.String(),
  number: Type.String(),
  parkedBy: nullable(Type.String()),
  since: Type.Integer(),
});

export type Label = Immutable<Static<typeof labelSchema>>;
export type User = Immutable<Static<typeof userSchema>>;
export type Role = Immutable<Static<typeof roleSchema>>;
export type Queue = Immutable<Static<typeof queueSchema>>;
export type Reason = Immutable<Static<typeof reasonSchema>>;
export type WrapUpCode = Immutable<Static<typeof wrapUpCodeSchema>>;
export type Ticket = Immutable<Static<typeof ticketSchema>>;
export type ContactSummary = Immutable<Static<typeof contactSummarySchema>>;
export type CustomerSummary = Immutable<Static<typeof customerSummarySchema>>;
export type Customer = Immutable<Static<typeof customerSchema>>;
export type Match = Immutable<Static<typeof matchSchema>>;
export type RecordingFailure = Immutable<Static<typeof recordingFailureSchema>>;
export type RecordingView = Immutable<Static<typeof recordingSchema>>;
export type ContactCard = Immutable<Static<typeof contactCardSchema>>;
export type Leg = Immutable<Static<typeof legSchema>>;
export type Contact = Immutable<Static<typeof contactSchema>>;
export type AgentView = Immutable<Static<typeof agentViewSchema>>;
export type Today = Immutable<Static<typeof todaySchema>>;
export type Capabilities = Immutable<Static<typeof capabilitiesSchema>>;
export type ParkedCall = Immutable<Static<typeof parkedCallSchema>>;
export type PbxView = Immutable<Static<typeof pbxViewSchema>>;
