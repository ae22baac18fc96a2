import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { elsewhereSchema } from '../api/elsewhere.ts';
import { ledgerFactSchema } from '../api/events.ts';
import { missedOfferSchema } from '../api/missed.ts';
import {
  agentViewSchema,
  capabilitiesSchema,
  contactCardSchema,
  otherReasonSchema,
  parkedCallSchema,
  pbxViewSchema,
  queueSchema,
  reasonSchema,
  todaySchema,
  userSchema,
  wrapUpCodeSchema,
} from '../api/records.ts';
import { favouriteSchema } from '../api/favourites.ts';
import { demoUsersSchema, sipProblemSchema } from '../api/routes.ts';
import { wrapUpRulesSchema } from '../api/wrap-ups.ts';
import { deskJoinsSchema } from './supervision.ts';
import { deskMemosSchema } from '../api/acting.ts';
import { deskCoachingSchema } from '../api/coaching.ts';
import { deskSurveysSchema } from '../api/surveys.ts';
import { lineWordSchema } from '../api/line-quality.ts';
import { lineWarnings } from '../domain/line-quality/line-warning.ts';
import { deskGuidanceSchema, guidanceFactSchema } from '../api/guidance.ts';
import { deskHelpSchema } from '../api/help.ts';
import { deskCallBackParts } from './call-backs.ts';
import { adherenceExceptionSchema, plannedKindSchema, shiftViewSchema } from '../api/shifts.ts';
import { hindranceCauses } from '../domain/readiness/hindrance.ts';
import { phoneLinkRefusals } from '../domain/phone-number/phone-link-refusal.ts';
import { paymentRulesSchema } from '../api/payment.ts';
import { paymentStepSchema } from './payment.ts';
import { deviceSettingsSchema } from './devices.ts';
import { soundSettingsSchema } from './sound.ts';
import { headsetSettingsSchema } from './headset-view.ts';
import { deskCheckSchema } from './shift-check.ts';
import { updateViewSchema } from './update.ts';
import { deskEmergencySchema } from '../api/emergency.ts';
import { emergencyPlaceSchema } from './emergency.ts';

/** What main keeps for the desk and the UI mirrors, whole, with a rising revision. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** A call that ended and owes its wrap-up, or whose wrap-up was chosen ahead. Restored after a restart. */
export const wrapUpDraftSchema = Type.Object({
  callId: Type.String({ format: 'uuid' }),
  callKey: Type.String(),
  queue: nullable(Type.String()),
  remoteNumber: Type.String(),
  remoteName: Type.String(),
  code: nullable(Type.String()),
  /** Further codes, where the queue allows several. */
  codes: Type.Optional(Type.Array(Type.String())),
  /** What the queue asks for beside the code, by the field's key. */
  fields: Type.Optional(Type.Record(Type.String(), Type.String())),
  notes: Type.String(),
  /** How often the agent took more time. */
  extensions: Type.Optional(Type.Integer()),
  /** The agent is done with it; it ends when its time is over. */
  done: Type.Optional(Type.Boolean()),
  /** Server's clock as it was typed last, epoch ms: the newest of two machines counts. */
  revision: Type.Optional(Type.Integer()),
  /** True once the call has ended: the wrap-up clock runs. */
  ended: Type.Boolean(),
  /** What was pressed in the script and to verify the customer; absent: nothing. */
  guidance: Type.Optional(Type.Array(guidanceFactSchema)),
  /** All facts of the leg so far. */
  facts: Type.Array(ledgerFactSchema),
});

export const sessionViewSchema = Type.Union([
  Type.Object({
    state: Type.Literal('signed_out'),
    /** null: nothing happened. */
    why: nullable(
      Type.Union([
        Type.Literal('signed_in_elsewhere'),
        Type.Literal('signed_out'),
        Type.Literal('expired'),
        Type.Literal('by_supervisor'),
      ]),
    ),
    /** The supervisor's name. */
    by: Type.Optional(Type.String()),
    demoUsers: nullable(demoUsersSchema.properties.users),
  }),
  Type.Object({ state: Type.Literal('signing_in') }),
  Type.Object({
    state: Type.Literal('signed_in'),
    user: userSchema,
    queues: Type.Array(queueSchema),
    reasons: Type.Array(reasonSchema),
    /** Reasons that this agent cannot give: colleagues may be not ready for one. */
    otherReasons: Type.Optional(Type.Array(otherReasonSchema)),
    wrapUpCodes: Type.Array(wrapUpCodeSchema),
    /** How queues want their wrap-ups, where that differs from the usual. */
    wrapUpRules: Type.Optional(Type.Array(wrapUpRulesSchema)),
    usedCodes: Type.Optional(Type.Array(Type.String())),
    /** How the centre takes cards; absent: as usual. */
    payment: Type.Optional(paymentRulesSchema),
    helpPages: deskHelpSchema.helpPages,
    ...deskGuidanceSchema,
    ...deskSurveysSchema,
    /** Where new versions of the program come from; absent: nobody said. */
    updates: Type.Optional(Type.String()),
    /** ISO 3166-1: numbers are shown and dialled as people of this country do. */
    country: Type.String(),
    capabilities: capabilitiesSchema,
    /** Whom the agent wants at hand, in the agent's own order. */
    favourites: Type.Array(favouriteSchema),
    demo: Type.Boolean(),
    /** Customers of the demo call by themselves about so often; null: only when asked to. */
    demoEverySeconds: nullable(Type.Integer()),
  }),
]);

export const backendViewSchema = Type.Union([
  Type.Object({ state: Type.Literal('connected') }),
  Type.Object({ state: Type.Literal('connecting') }),
  Type.Object({ state: Type.Literal('away'), why: Type.String(), since: Type.Number() }),
]);

const ringOrBusy = Type.Union([Type.Literal('ring'), Type.Literal('busy')]);

export const settingsSchema = Type.Object(
  {
    theme: Type.Union([Type.Literal('light'), Type.Literal('dark'), Type.Literal('system')]),
    language: Type.Union([Type.Literal('en'), Type.Literal('es'), Type.Literal('pt')]),
    audioDevices: deviceSettingsSchema,
    /** When the agent last told whether a test ring was heard here, and what rang; null: never. */
    ringProof: nullable(
      Type.Object({ at: Type.Number(), heard: Type.Boolean(), ringer: Type.String() }),
    ),
    headset: headsetSettingsSchema,
    ringVolume: Type.Number({ minimum: 0, maximum: 1 }),
    audioProcessing: Type.Object({
      echoCancellation: Type.Boolean(),
      noiseSuppression: Type.Boolean(),
      autoGainControl: Type.Boolean(),
    }),
    sound: soundSettingsSchema,
    /** Electron accelerators; empty: none. */
    globalKeys: Type.Object({
      answer: Type.String({ maxLength: 64 }),
      reject: Type.String({ maxLength: 64 }),
      end: Type.String({ maxLength: 64 }),
      hold: Type.String({ maxLength: 64 }),
      mute: Type.String({ maxLength: 64 }),
      /** Asks whether to call the number that is selected in whatever program is in front. */
      dialSelected: Type.String({ maxLength: 64 }),
      /** To the strip and back to the desk. */
      compact: Type.String({ maxLength: 64 }),
    }),
    /** While somebody is signed in, a small strip that stays on top stands for the desk. */
    compact: Type.Boolean(),
    /** Direct calls while the agent is occupied: they ring, or the caller hears that the line is busy. */
    incoming: Type.Object({ duringCall: ringOrBusy, duringWrapUp: ringOrBusy }),
    notifications: Type.Boolean(),
    /** When the page of a caller whom another system knows for certain opens by itself, beside the desk. */
    callerPage: Type.Union([
      Type.Literal('never'),
      Type.Literal('ringing'),
      Type.Literal('answered'),
    ]),
    /** Two minutes before a break, a meeting and the end of a shift. */
    shiftReminders: Type.Boolean(),
    backendUrl: Type.String({ maxLength: 512 }),
  },
  { additionalProperties: false },
);

export const keyConflictSchema = Type.Object({
  name: Type.KeyOf(settingsSchema.properties.globalKeys),
  why: Type.Union([
    /** Another program, or the system, holds it. */
    Type.Literal('taken'),
    /** Another of these keys is the same. */
    Type.Literal('twice'),
    /** It would swallow what people type. */
    Type.Literal('typing'),
    Type.Literal('not_a_key'),
  ]),
});

const uuid = Type.String({ format: 'uuid' });
const dialSourceSchema = Type.Union([Type.Literal('link'), Type.Literal('selection')]);

export const dialRequestSchema = Type.Union([
  Type.Object({
    id: uuid,
    source: dialSourceSchema,
    state: Type.Literal('number'),
    number: Type.String(),
    /** To be keyed in once somebody answers. */
    extension: nullable(Type.String()),
  }),
  Type.Object({
    id: uuid,
    source: dialSourceSchema,
    state: Type.Literal('refused'),
    /** `no_number`: nothing that was selected reads as one. */
    why: Type.Enum([...phoneLinkRefusals, 'no_number']),
    /** What it said, for people to read: without what is hidden, and cut short. */
    text: Type.String({ maxLength: 80 }),
  }),
  /** Kept for a moment until somebody signs in. */
  Type.Object({
    id: uuid,
    source: dialSourceSchema,
    state: Type.Literal('waiting'),
  }),
]);

/** A contact that a link of another system leads to. */
export const linkedContactSchema = Type.Union([
  Type.Object({ id: uuid, state: Type.Literal('here'), contactId: uuid }),
  /** Kept for a moment until somebody signs in. */
  Type.Object({ id: uuid, state: Type.Literal('waiting') }),
  /** It names no contact. */
  Type.Object({ id: uuid, state: Type.Literal('refused') }),
]);

export const shiftReminderSchema = Type.Object({
  /** `end`: of the shift, or of its last part before a gap. */
  kind: Type.Union([plannedKindSchema, Type.Literal('end')]),
  label: Type.String(),
  at: Type.Integer(),
});

export const journalProblemSchema = Type.Union([
  Type.Literal('disk_full'),
  /** Another copy of the program writes it. */
  Type.Literal('in_use'),
  Type.Literal('read_only'),
  /** The system's keyring is locked, or holds another key. */
  Type.Literal('no_key'),
  Type.Literal('failed'),
]);

/** An event that the backend will never take. */
export const refusedEventSchema = Type.Object({
  id: Type.String(),
  /** What it tells; null: it cannot be read. */
  kind: nullable(Type.String()),
  /** When that was, epoch ms of the server's clock. */
  at: nullable(Type.Number()),
  /** In the backend's words. */
  why: Type.String(),
  refusedAt: Type.Number(),
});
export type RefusedEventView = Immutable<Static<typeof refusedEventSchema>>;

export const deskSnapshotSchema = Type.Object({
  revision: Type.Integer(),
  backend: backendViewSchema,
  backendUrl: Type.String(),
  session: sessionViewSchema,
  pbx: nullable(pbxViewSchema),
  /** Why the phone has no account; null: it has one, or nobody is signed in. */
  sipProblem: nullable(sipProblemSchema),
  agent: nullable(agentViewSchema),
  today: nullable(todaySchema),
  /** What is planned around now; null: nothing, or nobody is signed in. */
  shift: nullable(shiftViewSchema),
  /** What is about to begin or to end, until it was read or is over. */
  shiftReminder: nullable(shiftReminderSchema),
  /** The last decision about an exception since the sign-in. */
  exceptionDecided: nullable(adherenceExceptionSchema),
  cards: Type.Array(contactCardSchema),
  /** What other systems know of their callers. */
  elsewhere: Type.Optional(Type.Array(elsewhereSchema)),
  /** What the agent said of surveys after calls, the latest last; absent: nothing. */
  surveyOffers: Type.Optional(
    Type.Array(Type.Object({ callKey: Type.String(), offered: Type.Boolean() })),
  ),
  parked: Type.Array(parkedCallSchema),
  /** The latest that this agent missed, the newest first. */
  missed: Type.Optional(Type.Array(missedOfferSchema)),
  /** As far as the backend told: the agent's own, and for a supervisor those of the team. */
  hands: deskHelpSchema.hands,
  /** How well the call is heard; null or absent: there is none, or too little is known. */
  line: Type.Optional(
    nullable(
      Type.Object({
        callId: Type.String({ format: 'uuid' }),
        word: lineWordSchema,
        /** What is the matter; absent: nothing that can be named. */
        warning: Type.Optional(Type.Enum([...lineWarnings])),
      }),
    ),
  ),
  /** What supervisors wrote and scored, not acknowledged yet. */
  coaching: deskCoachingSchema.coaching,
  /** What supervisors did and wrote, not read yet. */
  memos: deskMemosSchema.memos,
  ...deskCallBackParts,
  ...deskJoinsSchema,
  /** What keeps calls from ringing and being heard here; null or absent: nothing, or nobody is signed in. */
  hindrance: Type.Optional(nullable(Type.Enum([...hindranceCauses]))),
  ...deskCheckSchema,
  /** The system slows this machine down, mostly for heat; absent: not that it said. */
  slowed: Type.Optional(Type.Boolean()),
  wrapUps: Type.Array(wrapUpDraftSchema),
  /** Payment steps that this desk opened; absent: none. */
  paymentSteps: Type.Optional(Type.Array(paymentStepSchema)),
  /** The leg whose wrap-up was completed last, with all of its facts: its handle time can still be read. */
  finished: nullable(wrapUpDraftSchema),
  journal: Type.Object({
    waiting: Type.Integer(),
    /** How many of them have been waiting for longer than sending takes. */
    late: Type.Integer(),
    refused: Type.Integer(),
    /** Set when the journal cannot be written: nothing is promised then. */
    problem: nullable(journalProblemSchema),
  }),
  engine: Type.Union([Type.Literal('running'), Type.Literal('restarting')]),
  settings: settingsSchema,
  /** Global keys that do nothing, and why. */
  keyConflicts: Type.Array(keyConflictSchema),
  /** A number that a link or a selection brought: nothing is dialled until the agent says so. */
  dialRequest: nullable(dialRequestSchema),
  /** Until the page of it is open; null or absent: there is none. */
  linkedContact: Type.Optional(nullable(linkedContactSchema)),
  /** What happened to this installation's own files, while nothing else tells of it. Absent: nothing. */
  notices: Type.Optional(
    Type.Array(
      Type.Union([
        /** The settings could not be read: kept aside, defaults in use. */
        Type.Literal('settings_reset'),
        /** A change of the settings could not be written. */
        Type.Literal('settings_not_saved'),
        /** The journal could not be read: kept aside, a new one begun. */
        Type.Literal('journal_reset'),
      ]),
    ),
  ),
  /** Where the agent is, for calls for help; null or absent: not asked here, or there is no network. */
  emergencyPlace: Type.Optional(nullable(emergencyPlaceSchema)),
  ...deskEmergencySchema,
  /** New versions of the program; absent: not known yet. */
  update: Type.Optional(updateViewSchema),
  versions: Type.Object({ app: Type.String(), electron: Type.String(), chrome: Type.String() }),
});

export type WrapUpDraft = Immutable<Static<typeof wrapUpDraftSchema>>;
export type SessionView = Immutable<Static<typeof sessionViewSchema>>;
export type BackendView = Immutable<Static<typeof backendViewSchema>>;
export type Settings = Immutable<Static<typeof settingsSchema>>;
export type ShiftReminder = Immutable<Static<typeof shiftReminderSchema>>;
export type KeyConflict = Immutable<Static<typeof keyConflictSchema>>;
export type DialRequest = Immutable<Static<typeof dialRequestSchema>>;
export type LinkedContact = Immutable<Static<typeof linkedContactSchema>>;
export type JournalProblem = Static<typeof journalProblemSchema>;
export type DeskSnapshot = Immutable<Static<typeof deskSnapshotSchema>>;
