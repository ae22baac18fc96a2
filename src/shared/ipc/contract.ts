import { Type, type Static, type TSchema } from 'typebox';
import type { Immutable } from '../immutable.ts';
import {
  contactSchema,
  customerSchema,
  customerSummarySchema,
  contactSummarySchema,
  wishSchema,
} from '../api/records.ts';
import { wrapUpCorrectedSchema, wrapUpWordsSchema } from '../api/events.ts';
import { adherenceDaySchema, adherenceExceptionSchema, askExceptionSchema } from '../api/shifts.ts';
import { callNoteSchema } from '../api/call-notes.ts';
import { consentWordSchema } from '../api/consent.ts';
import { putFavouritesSchema } from '../api/favourites.ts';
import { missedNoteSchema } from '../api/missed.ts';
import { ringSilences } from '../domain/missed/missed.ts';
import { historyPageSchema, historyQuerySchema } from '../api/history.ts';
import { commentSchema, listeningSchema, postCommentSchema } from '../api/listening.ts';
import { reportSchema } from '../api/reports.ts';
import {
  createCustomerSchema,
  demoCallAnswerSchema,
  demoCallSchema,
  transferTargetsSchema,
} from '../api/routes.ts';
import { answerOf, type refusalSchema } from './answer.ts';
import { callBackRequests } from './call-backs.ts';
import { coachingRequests } from './coaching.ts';
import { exceptionRequests } from './exceptions.ts';
import { deskSnapshotSchema, refusedEventSchema, settingsSchema } from './desk.ts';
import { deviceOrderSchema, deviceReportSchema, deviceRequests } from './devices.ts';
import { deedRequests } from './deeds.ts';
import { directoryRequests } from './directory.ts';
import { connectionRequests, elsewhereRequests } from './elsewhere.ts';
import { emergencyRequests } from './emergency.ts';
import { floorEvents, floorRequests } from './floor.ts';
import { checkEvents, checkOrderSchema, checkRequests, checkTellingSchema } from './shift-check.ts';
import { headsetAskedSchema } from './headset-view.ts';
import {
  headsetEvents,
  headsetNewsSchema,
  headsetRequests,
  watchHeadsetsSchema,
} from './headset.ts';
import { guidanceRequests } from './guidance.ts';
import { actingRequests, helpRequests } from './help.ts';
import { closePaymentSchema, openPaymentSchema } from './payment.ts';
import { lineRequests } from './line.ts';
import { provedSchema, proveOrderSchema } from './readiness.ts';
import { qualityRequests } from './quality.ts';
import { reportRequests } from './reports.ts';
import { joinOrderSchema, supervisionRequests } from './supervision.ts';
import { surveyRequests } from './surveys.ts';
import { updateRequests } from './update.ts';
import {
  engineSetupSchema,
  levelsSchema,
  phoneAnswerSchema,
  phoneCommandSchema,
  phoneSnapshotSchema,
} from './phone.ts';

/**
 * Every channel between the processes, once. Requests have an answer, events have none. Main checks each message for
 * its sender, then against the schema here; only `main/ipc` and `preload` touch Electron's own IPC.
 */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });

const screenPlace = Type.Integer({ minimum: -100_000, maximum: 100_000 });

/** Whether the system opens `tel:` and the like with this program. */
export const phoneLinksStateSchema = Type.Object({
  state: Type.Union([Type.Literal('on'), Type.Literal('partly'), Type.Literal('off')]),
  /** What stands in the way of a change; null: nothing does. */
  obstacle: Type.Union([
    /** Linux: no `.desktop` file says how this program is started. */
    Type.Literal('no_desktop_file'),
    /** Linux: `xdg-settings` is not installed. */
    Type.Literal('no_xdg_settings'),
    /** The system was asked and did not do it. */
    Type.Literal('refused'),
    Type.Null(),
  ]),
  /** Linux: a template of that file, and where it belongs. */
  desktopFile: Type.Union([
    Type.Object({ template: Type.String(), target: Type.String() }),
    Type.Null(),
  ]),
});
export type PhoneLinksState = Immutable<Static<typeof phoneLinksStateSchema>>;

/** Why main could not do what the UI asked; each has a text in every language (`refusal.<code>`). */
export type Refusal = Immutable<Static<typeof refusalSchema>>;

/** UI -> main, answered. */
export const uiRequests = {
  'desk.snapshot': { payload: nothing, answer: deskSnapshotSchema },
  'phone.snapshot': { payload: nothing, answer: phoneSnapshotSchema },
  /** Server's clock, epoch ms: the UI maps its own monotonic clock to it. */
  'clock.now': { payload: nothing, answer: Type.Number() },
  'session.signIn': {
    payload: Type.Object(
      { username: Type.String({ maxLength: 64 }), password: Type.String({ maxLength: 256 }) },
      strict,
    ),
    answer: answerOf(nothing),
  },
  'session.signOut': { payload: nothing, answer: answerOf(nothing) },
  'agent.wish': { payload: wishSchema, answer: answerOf(nothing) },
  'agent.doNotDisturb': {
    payload: Type.Object({ on: Type.Boolean() }, strict),
    answer: answerOf(nothing),
  },
  'phone.command': { payload: phoneCommandSchema, answer: phoneAnswerSchema },
  'consent.record': {
    payload: Type.Object({ callId: uuid, ...consentWordSchema.properties }, strict),
    answer: answerOf(nothing),
  },
  /** A card is about to be taken. Taken on at once; whether the recording is silent is on the contact's card. */
  'payment.open': { payload: openPaymentSchema, answer: answerOf(nothing) },
  'payment.close': { payload: closePaymentSchema, answer: answerOf(nothing) },
  /** More time for what is open. */
  'payment.extend': { payload: Type.Object({ callId: uuid }, strict), answer: answerOf(nothing) },
  /** Kept on disk before it is answered. */
  'wrapUp.draft': {
    payload: Type.Object(
      {
        callId: uuid,
        ...wrapUpWordsSchema,
        code: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
      },
      strict,
    ),
    answer: answerOf(nothing),
  },
  /** `invalid` names what the queue's rules do not allow. */
  'wrapUp.complete': {
    payload: Type.Object({ callId: uuid, ...wrapUpWordsSchema }, strict),
    answer: answerOf(nothing),
  },
  /** More time for a wrap-up that ends by itself. */
  'wrapUp.extend': {
    payload: Type.Object({ callId: uuid }, strict),
    answer: answerOf(nothing),
  },
  /** Puts a complete wrap-up of one's own right; on the disk before it is answered. */
  'wrapUp.correct': {
    payload: Type.Object(
      {
        callId: uuid,
        callKey: Type.String({ minLength: 1, maxLength: 128 }),
        queue: Type.Union([Type.String({ maxLength: 80 }), Type.Null()]),
        /** When what is put right was said, epoch ms. */
        after: Type.Integer({ minimum: 0 }),
        ...wrapUpWordsSchema,
      },
      strict,
    ),
    answer: answerOf(wrapUpCorrectedSchema),
  },
  'customers.search': {
    payload: Type.Object({ text: Type.String({ maxLength: 128 }) }, strict),
    answer: answerOf(Type.Array(customerSummarySchema)),
  },
  'customers.open': {
    payload: Type.Object({ customerId: uuid }, strict),
    answer: answerOf(customerSchema),
  },
  'customers.create': { payload: createCustomerSchema, answer: answerOf(customerSchema) },
  'customers.link': {
    payload: Type.Object({ contactId: uuid, customerId: uuid }, strict),
    answer: answerOf(nothing),
  },
  'contacts.recent': { payload: nothing, answer: answerOf(Type.Array(contactSummarySchema)) },
  /** A page of the agent's own contacts, the newest first. */
  'contacts.search': {
    payload: Type.Omit(historyQuerySchema, ['limit'], strict),
    answer: answerOf(historyPageSchema),
  },
  'contacts.open': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(contactSchema),
  },
  /** The plan around now, read anew where the one that the desk holds runs out. */
  'shift.refresh': { payload: nothing, answer: answerOf(nothing) },
  /** A day of the own schedule beside how it went; null: today. */
  'shift.day': {
    payload: Type.Object(
      { day: Type.Union([Type.String({ maxLength: 10 }), Type.Null()]) },
      strict,
    ),
    answer: answerOf(adherenceDaySchema),
  },
  'shift.askException': {
    payload: askExceptionSchema,
    answer: answerOf(adherenceExceptionSchema),
  },
  /** The reminder was read. */
  'shift.dismiss': { payload: nothing, answer: answerOf(nothing) },
  /** What the agent says of a call that was missed; empty: nothing. */
  'missed.note': {
    payload: Type.Object({ missedId: uuid, note: missedNoteSchema }, strict),
    answer: answerOf(nothing),
  },
  /** This page shows the call that rings, and is on the screen itself. */
  'offer.shown': { payload: Type.Object({ callId: uuid }, strict), answer: answerOf(nothing) },
  /** What there is to a recording beside its sound. */
  'listening.open': {
    payload: Type.Object({ contactId: uuid, recordingId: uuid }, strict),
    answer: answerOf(listeningSchema),
  },
  'listening.comment': {
    payload: Type.Object(
      { contactId: uuid, recordingId: uuid, ...postCommentSchema.properties },
      strict,
    ),
    answer: answerOf(commentSchema),
  },
  'listening.removeComment': {
    payload: Type.Object({ contactId: uuid, recordingId: uuid, commentId: uuid }, strict),
    answer: answerOf(nothing),
  },
  ...qualityRequests,
  /** The agent's own figures of today: of the day as a whole, and hour by hour. */
  'reports.myDay': {
    payload: nothing,
    answer: answerOf(Type.Object({ day: reportSchema, hours: reportSchema })),
  },
  ...floorRequests,
  ...coachingRequests,
  ...surveyRequests,
  ...callBackRequests,
  ...exceptionRequests,
  ...headsetRequests,
  ...helpRequests,
  ...elsewhereRequests,
  ...directoryRequests,
  ...connectionRequests,
  ...deedRequests,
  ...guidanceRequests,
  ...actingRequests,
  ...reportRequests,
  ...lineRequests,
  ...supervisionRequests,
  ...deviceRequests,
  ...checkRequests,
  ...updateRequests,
  ...emergencyRequests,
  /** Read anew each time: states and queues move. */
  'targets.list': { payload: nothing, answer: answerOf(transferTargetsSchema) },
  /** The whole list, in order. */
  'favourites.put': { payload: putFavouritesSchema, answer: answerOf(nothing) },
  'demo.customerCall': { payload: demoCallSchema, answer: answerOf(demoCallAnswerSchema) },
  /** null: customers call only when asked to. */
  'demo.clock': {
    payload: Type.Object(
      { everySeconds: Type.Union([Type.Integer({ minimum: 10, maximum: 3600 }), Type.Null()]) },
      strict,
    ),
    answer: answerOf(nothing),
  },
  /** The agent called the number or let it be: it is asked about no more. */
  'dialRequest.settle': {
    payload: Type.Object({ id: uuid }, strict),
    answer: answerOf(nothing),
  },
  /** The page of the contact is open, or the agent was told why not. */
  'linkedContact.settle': {
    payload: Type.Object({ id: uuid }, strict),
    answer: answerOf(nothing),
  },
  /** While a key is being recorded no global key acts, or the press would not reach the page. */
  'globalKeys.pause': {
    payload: Type.Object({ paused: Type.Boolean() }, strict),
    answer: answerOf(nothing),
  },
  'phoneLinks.state': { payload: nothing, answer: answerOf(phoneLinksStateSchema) },
  /** Answers how it is afterwards, which the system may not have let be as wished. */
  'phoneLinks.set': {
    payload: Type.Object({ on: Type.Boolean() }, strict),
    answer: answerOf(phoneLinksStateSchema),
  },
  /** The strip was dragged: its upper left corner, in device-independent pixels of the screen. */
  'compact.move': {
    payload: Type.Object({ x: screenPlace, y: screenPlace }, strict),
    answer: answerOf(nothing),
  },
  /** The agent's events that the backend will never take, the latest first. */
  'journal.refused': { payload: nothing, answer: answerOf(Type.Array(refusedEventSchema)) },
  /** Asks where to and writes them to a file; answers its path, or null where the user thought better of it. */
  'journal.export': {
    payload: nothing,
    answer: answerOf(Type.Union([Type.String(), Type.Null()])),
  },
  'settings.change': { payload: Type.Partial(settingsSchema), answer: answerOf(nothing) },
} as const satisfies Record<string, { payload: TSchema; answer: TSchema }>;

/** main -> UI. */
export const uiEvents = {
  'desk.changed': deskSnapshotSchema,
  'phone.changed': phoneSnapshotSchema,
  'phone.levels': levelsSchema,
  'devices.told': deviceReportSchema,
  ...floorEvents,
  ...headsetEvents,
  ...checkEvents,
  /** A notification, the tray or a second start asked for a place in the UI. */
  'ui.show': Type.Union([Type.Literal('desk'), Type.Literal('settings')]),
} as const satisfies Record<string, TSchema>;

/** engine -> main, answered. */
export const engineRequests = {
  'engine.setup': { payload: nothing, answer: engineSetupSchema },
  'clock.now': { payload: nothing, answer: Type.Number() },
} as const satisfies Record<string, { payload: TSchema; answer: TSchema }>;

/** engine -> main, unanswered. */
export const engineReports = {
  'engine.snapshot': phoneSnapshotSchema,
  'engine.levels': levelsSchema,
  'engine.devices': deviceReportSchema,
  /** These calls ring, and are heard (null) or not. */
  'engine.rang': Type.Object({
    callIds: Type.Array(uuid, { maxItems: 100 }),
    silence: Type.Union([Type.Enum([...ringSilences]), nothing]),
  }),
  /** Something happened to the sound of this call. */
  'engine.note': Type.Object({ callId: uuid, note: callNoteSchema }),
  /** Only while they are watched. */
  'engine.headsetNews': headsetNewsSchema,
  'engine.headsetAsked': headsetAskedSchema,
  'engine.checkTold': checkTellingSchema,
  'engine.proved': provedSchema,
  /** The answer to a command, by the command's id. */
  'engine.answered': Type.Object({ commandId: uuid, answer: phoneAnswerSchema }),
  'engine.log': Type.Object({
    level: Type.Union([
      Type.Literal('error'),
      Type.Literal('warn'),
      Type.Literal('info'),
      Type.Literal('debug'),
    ]),
    message: Type.String({ maxLength: 2_000 }),
    fields: Type.Record(
      Type.String(),
      Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
    ),
  }),
} as const satisfies Record<string, TSchema>;

/** main -> engine. */
export const engineOrders = {
  'engine.setupChanged': engineSetupSchema,
  'engine.command': Type.Object({ commandId: uuid, command: phoneCommandSchema }),
  'engine.join': joinOrderSchema,
  'engine.watchHeadsets': watchHeadsetsSchema,
  'engine.deviceOrder': deviceOrderSchema,
  'engine.prove': proveOrderSchema,
  'engine.check': checkOrderSchema,
  /** The machine woke, or its network changed: trust nothing, prove everything again. */
  'engine.wake': Type.Object({
    why: Type.Union([Type.Literal('resume'), Type.Literal('network'), Type.Literal('moved')]),
  }),
} as const satisfies Record<string, TSchema>;

export type UiRequestName = keyof typeof uiRequests;
export type UiPayload<Name extends UiRequestName> = Immutable<
  Static<(typeof uiRequests)[Name]['payload']>
>;
export type UiAnswer<Name extends UiRequestName> = Immutable<
  Static<(typeof uiRequests)[Name]['answer']>
>;
export type UiEventName = keyof typeof uiEvents;
export type UiEvent<Name extends UiEventName> = Immutable<Static<(typeof uiEvents)[Name]>>;
export type EngineRequestName = keyof typeof engineRequests;
export type EngineAnswer<Name extends EngineRequestName> = Immutable<
  Static<(typeof engineRequests)[Name]['answer']>
>;
export type EngineReportName = keyof typeof engineReports;
export type EngineReport<Name extends EngineReportName> = Immutable<
  Static<(typeof engineReports)[Name]>
>;
export type EngineOrderName = keyof typeof engineOrders;
export type EngineOrder<Name extends EngineOrderName> = Immutable<
  Static<(typeof engineOrders)[Name]>
>;
