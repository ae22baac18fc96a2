import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { deskMemosSchema } from './acting.ts';
import { deskCallBacksSchema } from './call-backs.ts';
import { deskCoachingSchema } from './coaching.ts';
import { deskSurveysSchema } from './surveys.ts';
import { favouriteSchema } from './favourites.ts';
import { elsewhereSchema } from './elsewhere.ts';
import { deskEmergencySchema } from './emergency.ts';
import { deskGuidanceSchema } from './guidance.ts';
import { deskHelpSchema } from './help.ts';
import { missedOfferSchema } from './missed.ts';
import {
  agentStateNameSchema,
  agentViewSchema,
  capabilitiesSchema,
  contactCardSchema,
  otherReasonSchema,
  parkedCallSchema,
  pbxViewSchema,
  queueSchema,
  reasonSchema,
  roleSchema,
  todaySchema,
  userSchema,
  wishSchema,
  wrapUpCodeSchema,
} from './records.ts';
import { paymentRulesSchema } from './payment.ts';
import { shiftViewSchema } from './shifts.ts';
import { deskSupervisionSchema } from './supervision.ts';
import { wrapUpRulesSchema } from './wrap-ups.ts';

/** The backend's HTTP API, below `/api/v1`; its OpenAPI document is made from these schemas. */

/** Every refusal has this body; `code` is stable, `message` is for people and for logs. */
export const problemSchema = Type.Object({ code: Type.String(), message: Type.String() });
export type Problem = Immutable<Static<typeof problemSchema>>;

/** POST /session */
export const signInSchema = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
    /** Names the installation, so that a second one signing in as the same agent is noticed. */
    deviceId: Type.String({ format: 'uuid' }),
  },
  { additionalProperties: false },
);

/** A way to the PBX: one WebSocket address of a phone's SIP account. */
export const sipEdgeSchema = Type.Object({
  url: Type.String(),
  /** RFC 2782: the lowest is tried first. */
  priority: Type.Integer({ minimum: 0, maximum: 65_535 }),
  /** RFC 2782: this edge's share among those of its priority; 0 is hardly ever chosen beside others. */
  weight: Type.Integer({ minimum: 0, maximum: 65_535 }),
});

/** Carries the sound where the phone cannot send UDP to the PBX (TURN, RFC 8656). */
export const relaySchema = Type.Object({
  urls: Type.Array(Type.String(), { minItems: 1, maxItems: 8 }),
  username: Type.String(),
  credential: Type.String(),
  expiresAt: Type.Integer(),
});

export const sipAccountSchema = Type.Object({
  /** `sip:1001@domain`. */
  uri: Type.String(),
  username: Type.String(),
  password: Type.String(),
  edges: Type.Array(sipEdgeSchema, { minItems: 1, maxItems: 16 }),
  /** ISO 3166-1: numbers typed without a country code are read as of this country. */
  country: Type.String(),
  /** What to dial for the agent's own mailbox; null: there is none. */
  voicemailNumber: Type.Union([Type.String({ minLength: 1, maxLength: 32 }), Type.Null()]),
  /** What to call to prove the way of the sound; absent: there is nobody. */
  proofExtension: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  /** Absent: there is none. */
  relay: Type.Optional(relaySchema),
  expiresAt: Type.Integer(),
});

/** Everything that the desk needs to start; also the first push after each (re)connect. */
export const deskStateSchema = Type.Object({
  user: userSchema,
  agent: agentViewSchema,
  queues: Type.Array(queueSchema),
  reasons: Type.Array(reasonSchema),
  /** Reasons that this agent cannot give: colleagues may be not ready for one. */
  otherReasons: Type.Optional(Type.Array(otherReasonSchema)),
  wrapUpCodes: Type.Array(wrapUpCodeSchema),
  /** How queues want their wrap-ups, where that differs from the usual. Absent: nowhere. */
  wrapUpRules: Type.Optional(Type.Array(wrapUpRulesSchema)),
  /** How cards are taken; absent: as usual. */
  payment: Type.Optional(paymentRulesSchema),
  /** The codes that this agent chooses most, the most used first. */
  usedCodes: Type.Optional(Type.Array(Type.String())),
  /** Live contacts of this agent and those that owe a wrap-up. */
  cards: Type.Array(contactCardSchema),
  /** What other systems know of their callers; absent: of a backend of before. */
  elsewhere: Type.Optional(Type.Array(elsewhereSchema)),
  today: todaySchema,
  /** What is planned around now; null: the agent has no schedule. */
  shift: Type.Union([shiftViewSchema, Type.Null()]),
  pbx: pbxViewSchema,
  capabilities: capabilitiesSchema,
  parked: Type.Array(parkedCallSchema),
  /** The latest that this agent missed; absent: none. */
  missed: Type.Optional(Type.Array(missedOfferSchema)),
  favourites: Type.Array(favouriteSchema),
  ...deskSupervisionSchema,
  ...deskHelpSchema,
  ...deskGuidanceSchema,
  ...deskEmergencySchema,
  ...deskMemosSchema,
  ...deskCoachingSchema,
  ...deskSurveysSchema,
  callBacks: Type.Optional(deskCallBacksSchema),
  /** Epoch ms. */
  serverTime: Type.Integer(),
  /** ISO 3166-1: the country whose numbers are written and dialled without a country code. */
  country: Type.String(),
  /** Where new versions of the program come from; absent: nowhere that the backend knows. */
  updates: Type.Optional(Type.String()),
  demo: Type.Boolean(),
  /** Customers of the demo call by themselves about so often; null: only when asked to. */
  demoEverySeconds: Type.Union([Type.Integer(), Type.Null()]),
});

/** Why the PBX gives a phone no account; each has a text in every language (`agent.unreachable.account_<code>`). */
export const sipProblemSchema = Type.Enum([
  'pbx_away',
  'pbx_refused',
  'no_such_call',
  'not_supported',
  /** There is no PBX port, and the list of SIP accounts has none for this user. */
  'no_account',
  /** … and that list cannot be used. */
  'accounts_unusable',
]);

export const sessionSchema = Type.Object({
  token: Type.String(),
  expiresAt: Type.Integer(),
  /** null where there is no PBX account for this user, or the PBX is away (sipProblem says). */
  sip: Type.Union([sipAccountSchema, Type.Null()]),
  sipProblem: Type.Union([sipProblemSchema, Type.Null()]),
  desk: deskStateSchema,
});

/** PUT /agent/wish */
export const putWishSchema = Type.Object({ wish: wishSchema }, { additionalProperties: false });

/** PUT /agent/do-not-disturb */
export const putDoNotDisturbSchema = Type.Object(
  { on: Type.Boolean() },
  { additionalProperties: false },
);

/** PUT /agents/:userId/state: `offline` signs the agent out. */
export const putAgentStateSchema = Type.Object(
  { state: Type.Enum(['ready', 'not_ready', 'offline']) },
  { additionalProperties: false },
);

/** PUT /queues/:queue */
export const putQueueSchema = Type.Object(
  { autoAnswer: Type.Boolean() },
  { additionalProperties: false },
);

/** GET /demo (demo mode only) */
export const demoUsersSchema = Type.Object({
  users: Type.Array(
    Type.Object({
      username: Type.String(),
      name: Type.String(),
      role: roleSchema,
      password: Type.String(),
      extension: Type.String(),
    }),
  ),
});

/** POST /demo/customer-call (demo mode only) */
export const demoCallSchema = Type.Object(
  {
    /** null: whichever queue the agent serves. */
    queue: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    scenario: Type.Optional(
      Type.Union([
        Type.Literal('talks'),
        Type.Literal('hangs_up'),
        Type.Literal('abandons'),
        Type.Literal('presses_digits'),
      ]),
    ),
    /** Caller id as the PBX would deliver it, instead of a customer of the demo. */
    number: Type.Optional(Type.String({ maxLength: 128 })),
    name: Type.Optional(Type.String({ maxLength: 256 })),
    /** Dials this extension directly, past the queue. */
    extension: Type.Optional(Type.String({ pattern: '^\\d{2,6}$' })),
    /** What is pressed when a prompt asks, '' for nothing; absent: by the last digit of the number. */
    key: Type.Optional(Type.String({ pattern: '^[0-9*#]?$' })),
  },
  { additionalProperties: false },
);
export const demoCallAnswerSchema = Type.Object({
  callKey: Type.String(),
  number: Type.String(),
  name: Type.String(),
  queue: Type.Union([Type.String(), Type.Null()]),
});

/** POST /contacts/:contactId/customer */
export const linkCustomerSchema = Type.Object(
  { customerId: Type.String({ format: 'uuid' }) },
  { additionalProperties: false },
);

/** POST /customers; with `contactId` the new customer is linked to that contact. */
export const createCustomerSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    company: Type.Optional(Type.String({ maxLength: 128 })),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    number: Type.String({ minLength: 1, maxLength: 128 }),
    contactId: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
);

/** GET /transfer-targets: to whom the agent can hand a customer over, as things stand now. */
export const transferTargetsSchema = Type.Object({
  /** Everybody but the agent who asks. */
  agents: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      name: Type.String(),
      extension: Type.String(),
      state: agentStateNameSchema,
      /** Code of the not-ready reason; null in every other state. */
      reason: Type.Union([Type.String(), Type.Null()]),
      since: Type.Integer(),
      /** The PBX has a phone there that answers; where the PBX cannot tell, whether the agent is signed in. */
      reachable: Type.Boolean(),
      /** Refuses direct calls and questions, and takes queue calls all the same. */
      doNotDisturb: Type.Boolean(),
    }),
  ),
  queues: Type.Array(
    Type.Object({
      ...Type.Omit(queueSchema, ['autoAnswer']).properties,
      /** Agents who would be offered a call now. */
      ready: Type.Integer(),
      /** Callers in it; null: the PBX does not say. */
      waiting: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
});

export type TransferTargets = Immutable<Static<typeof transferTargetsSchema>>;
export type SignIn = Immutable<Static<typeof signInSchema>>;
export type SipEdge = Immutable<Static<typeof sipEdgeSchema>>;
export type Relay = Immutable<Static<typeof relaySchema>>;
export type SipAccount = Immutable<Static<typeof sipAccountSchema>>;
export type DeskState = Immutable<Static<typeof deskStateSchema>>;
export type SipProblem = Immutable<Static<typeof sipProblemSchema>>;
export type Session = Immutable<Static<typeof sessionSchema>>;
export type DemoUsers = Immutable<Static<typeof demoUsersSchema>>;
export type DemoCall = Immutable<Static<typeof demoCallSchema>>;
export type DemoCallAnswer = Immutable<Static<typeof demoCallAnswerSchema>>;
export type CreateCustomer = Immutable<Static<typeof createCustomerSchema>>;

/**
 * The routes, all below `/api/v1`. Bearer token unless marked public.
 *
 *   GET    /health (public)                  {ok, version, database, pbx, serverTime}
 *   GET    /openapi.json (public)
 *   GET    /time (public)                    {serverTime}
 *   GET    /demo (public, demo mode)         DemoUsers
 *   POST   /session (public, rate-limited)   SignIn -> Session
 *   DELETE /session                          ends it: offline, SIP secret revoked
 *   POST   /session/sip                      a fresh SipAccount
 *   GET    /push                             WebSocket, `Authorization: Bearer`
 *   GET    /board                            WebSocket, supervisor: BoardPush
 *   PUT    /agent/wish                       -> AgentView
 *   PUT    /agent/do-not-disturb             -> AgentView
 *   PUT    /agent/line-quality               {quality}: how well the agent's call is heard
 *   PUT    /agents/:userId/state             supervisor, PutAgentState -> AgentView: during a call after it
 *   GET    /agents/:userId/queues            supervisor: AgentQueues
 *   PUT    /agents/:userId/queues            supervisor, {queues, span: 'today'|'kept'} -> AgentQueues
 *   GET    /team-messages                    supervisor: TeamMessages
 *   POST   /team-messages                    supervisor, {messageId, team, text} -> {to}
 *   PUT    /memos/:memoId/read               the agent has read what a supervisor did or wrote
 *   POST   /hands                            {handId, callKey} -> HandView: the agent asks for help
 *   POST   /hands/:handId/take               supervisor, {from} -> HandView; 409: somebody was faster
 *   POST   /hands/:handId/release            supervisor -> HandView
 *   POST   /hands/:handId/lower              -> HandView: withdrawn, or answered
 *   POST   /hands/:handId/messages           {messageId, text} -> HandView
 *   GET    /contacts/:contactId/hands        {hands: HandView[]}
 *   GET    /guidance                         GuidanceBook: scripts, pieces of text, how customers are verified
 *   GET    /contacts/:contactId/guidance     ContactGuidance: the way through the script, attempts to verify
 *   GET    /call-backs?whose=&show=&after=&limit=   CallBackPage: one's own, or for a supervisor the team's
 *   GET    /call-backs/about?contactId=&customerId=   {callBacks: CallBackView[]}
 *   POST   /call-backs                       PostCallBack -> CallBackView
 *   PUT    /call-backs/:callBackId           PutCallBack -> CallBackView; what is over is open again
 *   PUT    /call-backs/:callBackId/owner     supervisor, {agentId|null} -> CallBackView
 *   POST   /call-backs/:callBackId/:deed     take, pass, done, cancel, reopen -> CallBackView
 *   PUT    /queues/:queue                    administrator -> Queue
 *   GET    /transfer-targets                 TransferTargets
 *   POST   /events                           EventBatch -> EventReceipt
 *   PUT    /missed/:missedId/note            {note}: what the agent says of a call that the agent missed
 *   GET    /wrap-ups/mine?known=              MyWrapUps: what the agent owes
 *   PUT    /wrap-ups/:callId/draft           PutDraft -> {kept}
 *   GET    /wrap-ups/owed                    supervisor: OwedWrapUps
 *   POST   /wrap-ups/:callId/complete        supervisor: CompleteWrapUp
 *   GET    /customers?search=&limit=         {customers: CustomerSummary[]}
 *   GET    /customers/:customerId            Customer
 *   POST   /customers                        CreateCustomer -> Customer
 *   DELETE /customers/:customerId            administrator
 *   GET    /contacts?search=&show=&before=&limit=   HistoryPage: the agent's own contacts, the newest first
 *   GET    /reports?from=&to=&interval=&by=&zone=&view=&format=   supervisor -> Report, or CSV
 *   GET    /reports/mine?…                   Report of the agent's own figures
 *   GET    /favourites                       {favourites: Favourite[]}
 *   PUT    /favourites                       the whole list, in order -> the same
 *   GET    /contacts/:contactId              Contact
 *   GET    /shifts/mine?from=&to=            {shift: ShiftView | null}: what is planned
 *   POST   /shifts/import                    supervisor, ImportShifts -> ImportAnswer: CSV or iCalendar
 *   GET    /shifts/imports                   supervisor, {imports: Imported[]}
 *   DELETE /shifts/imports/:importId         administrator
 *   GET    /adherence/mine?day=              AdherenceDay: the figure, its parts and how it is made
 *   GET    /adherence/report?from=&to=&interval=&zone=&by=   supervisor, AdherenceReport
 *   POST   /adherence/exceptions             AskException -> AdherenceException
 *   GET    /adherence/exceptions?state=      supervisor, {exceptions: AdherenceException[]}
 *   PUT    /adherence/exceptions/:exceptionId  supervisor, DecideException -> AdherenceException
 *   GET    /consent/rules?version=           supervisor: the rules in force, or of a version, and every change
 *   PUT    /consent/rules                    administrator: puts rules in force -> {version}
 *   GET    /contacts/:contactId/consent      supervisor: every consent fact, with rules, words and chain
 *   GET    /customers/:customerId/consent    supervisor: the same over all contacts
 *   POST   /customers/:customerId/consent    administrator, {kind, at}: what came in writing -> StandingChoice
 *   POST   /contacts/:contactId/customer     linkCustomer -> ContactCard
 *   GET    /contacts/:contactId/recordings/:recordingId   audio/wav, Range honoured
 *   GET    /contacts/:contactId/recordings/:recordingId/listening   Listening: wave, markers, comments
 *   POST   /contacts/:contactId/recordings/:recordingId/comments    PostComment -> RecordingComment
 *   DELETE /contacts/:contactId/recordings/:recordingId/comments/:commentId   one's own; administrator: any
 *   GET    /quality                          QualityList: own scores; supervisor: the team's, and what waits
 *   GET    /contacts/:contactId/quality      ContactQuality
 *   PUT    /contacts/:contactId/quality      supervisor, PutScorecard -> ContactQuality
 *   POST   /quality/cards/:cardId/acknowledgement   {reply} -> Scorecard: the agent has read it
 *   GET    /coaching?agentId=                Coaching: notes, scores and how they go
 *   GET    /contacts/:contactId/coaching-notes   {notes: CoachingNote[]}
 *   POST   /contacts/:contactId/coaching-notes   supervisor, PostNote -> CoachingNote
 *   DELETE /coaching/notes/:noteId           supervisor: an own one, until it was read
 *   POST   /coaching/notes/:noteId/acknowledgement   {reply} -> CoachingNote
 *   POST   /payment-pauses                   OpenPause -> PauseAnswer: nothing of the call may be recorded
 *   POST   /payment-pauses/:pauseId/extend   -> PauseAnswer
 *   POST   /payment-pauses/:pauseId/end      EndPause -> PauseAnswer
 *   POST   /supervision                      supervisor, PostJoin -> JoinView: on an agent's call, by the own phone
 *   PUT    /supervision/:joinId              supervisor, {mode} -> JoinView
 *   DELETE /supervision/:joinId              supervisor: leaves
 *   POST   /supervision/:joinId/take-over    supervisor: the customer comes to the own phone
 *   GET    /supervision?contactId=&agentId=&…   JoinsPage: who was on whose calls; an agent: the own ones
 *   PUT    /agents/:userId/covert-listening  administrator, {granted}
 *   POST   /demo/customer-call (demo mode)   DemoCall -> DemoCallAnswer
 *   PUT    /demo/clock (demo mode)           {everySeconds: number|null}: customers call by themselves
 */
export const apiPrefix = '/api/v1';
