import { Type, type Static } from 'typebox';
import { notedSeconds } from '../domain/line-quality/call-notes.ts';
import type { Immutable } from '../immutable.ts';
import { sipAccountSchema } from '../api/routes.ts';
import { deskSecondSchema, lineFiguresSchema, lineWordSchema } from '../api/line-quality.ts';
import { audioDeviceSchema, deviceNewsShape, deviceSettingsSchema } from './devices.ts';
import { headsetSettingsSchema, headsetViewSchema } from './headset-view.ts';
import { soundCommands, soundNewsSchema, soundSettingsSchema } from './sound.ts';
import { phoneJoinSchema } from './supervision.ts';
import { callFactSchema } from '../api/events.ts';

/** What passes between main and the phone engine, and the phone's snapshot that the UI mirrors. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const text = Type.String({ maxLength: 256 });

const callBase = {
  callId: Type.String({ format: 'uuid' }),
  callKey: Type.String({ minLength: 1, maxLength: 128 }),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  remote: Type.Object({ number: text, name: text }),
  queue: nullable(text),
  consultFor: nullable(Type.String({ format: 'uuid' })),
  facts: Type.Array(callFactSchema),
};

const [, , , , , , , endedFact] = callFactSchema.anyOf;

const transferSchema = Type.Union([
  Type.Object({
    state: Type.Union([Type.Literal('asked'), Type.Literal('ringing')]),
    to: text,
  }),
  Type.Object({ state: Type.Literal('failed'), to: text, sipCode: nullable(Type.Integer()) }),
]);

export const callSchema = Type.Union([
  Type.Object({ ...callBase, state: Type.Literal('dialing') }),
  Type.Object({ ...callBase, state: Type.Literal('alerting'), earlyMedia: Type.Boolean() }),
  Type.Object({ ...callBase, state: Type.Literal('offered') }),
  Type.Object({ ...callBase, state: Type.Literal('answering'), answeredAt: Type.Integer() }),
  Type.Object({
    ...callBase,
    state: Type.Literal('connected'),
    answeredAt: Type.Integer(),
    hold: Type.Union([
      Type.Literal('none'),
      Type.Literal('local'),
      Type.Literal('remote'),
      Type.Literal('both'),
    ]),
    muted: Type.Boolean(),
    transfer: nullable(transferSchema),
    conference: Type.Boolean(),
  }),
  Type.Object({
    ...callBase,
    state: Type.Literal('ended'),
    endedAt: Type.Integer(),
    end: Type.Pick(endedFact, ['side', 'outcome', 'sipCode', 'cause', 'rejection']),
    released: Type.Boolean(),
  }),
]);

export const registrationSchema = Type.Union([
  Type.Object({ state: Type.Literal('unregistered') }),
  Type.Object({ state: Type.Literal('registering') }),
  Type.Object({ state: Type.Literal('registered'), since: Type.Number() }),
  Type.Object({
    state: Type.Literal('failed'),
    why: Type.Union([
      Type.Literal('pbx_unreachable'),
      Type.Literal('credentials_refused'),
      Type.Literal('binding_missing'),
      Type.Literal('pbx_error'),
    ]),
    sipCode: nullable(Type.Integer()),
    retryAt: nullable(Type.Number()),
  }),
]);

/** What the PBX says of the agent's mailbox (RFC 3842). */
export const voicemailSchema = Type.Object({
  newMessages: Type.Integer({ minimum: 0 }),
  oldMessages: Type.Integer({ minimum: 0 }),
});

/** Whether a colleague's phone is in use (RFC 4235). */
export const phonePresenceSchema = Type.Enum(['idle', 'ringing', 'busy', 'unknown']);

export const phoneSnapshotSchema = Type.Object({
  /** Rises with every snapshot of one engine process. */
  revision: Type.Integer(),
  /** Changes when the engine is born again. */
  engineId: Type.String({ format: 'uuid' }),
  registration: registrationSchema,
  /** Live calls and those that ended less than some seconds ago, oldest first. */
  calls: Type.Array(callSchema),
  /** Calls whose audio path carries nothing any more, since when; absent: none. */
  lostPaths: Type.Optional(
    Type.Array(Type.Object({ callId: Type.String({ format: 'uuid' }), since: Type.Integer() })),
  ),
  /** A supervisor's line to an agent's call; null or absent: none. */
  join: Type.Optional(nullable(phoneJoinSchema)),
  /** Those that are plugged in; absent: none was seen. */
  headsets: Type.Optional(Type.Array(headsetViewSchema)),
  /** What is wrong with the agent's voice in the call that is talked in; null or absent: nothing. */
  voice: Type.Optional(
    nullable(
      Type.Object({ callId: Type.String({ format: 'uuid' }), word: Type.Enum([...notedSeconds]) }),
    ),
  ),
  /** Absent: everything is heard and sent as it came. */
  sound: Type.Optional(soundNewsSchema),
  /** null: this PBX does not tell. */
  voicemail: nullable(voicemailSchema),
  /** By extension; of those that the setup asks to watch. */
  presence: Type.Record(Type.String(), phonePresenceSchema),
  devices: Type.Object({
    microphones: Type.Array(audioDeviceSchema),
    speakers: Type.Array(audioDeviceSchema),
    ...deviceNewsShape,
    /** Why nobody would hear the agent or the agent nobody; null when all is well. */
    problem: nullable(
      Type.Union([
        Type.Literal('no_microphone'),
        Type.Literal('microphone_denied'),
        Type.Literal('microphone_busy'),
        Type.Literal('no_speaker'),
      ]),
    ),
  }),
});

/** Ten times a second in a call. Linear peak 0 to 1. */
export const levelsSchema = Type.Object({
  microphone: Type.Number(),
  speaker: Type.Number(),
  /** What the strong noise suppression costs: the share of one core, 0 to 1. Absent: it does not run. */
  suppressionLoad: Type.Optional(Type.Number()),
  /** How well a call is heard: once a second, while it is. */
  line: Type.Optional(
    Type.Object({
      callId: Type.String({ format: 'uuid' }),
      /** null: too little is known yet. */
      word: nullable(lineWordSchema),
      figures: lineFiguresSchema,
      /** Of how many seconds the far side told in this one what came of the sending; absent: it told nothing new. */
      sentSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
      /** What the desk itself did to the sound in that second. */
      desk: Type.Optional(deskSecondSchema),
    }),
  ),
});

const callId = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false } as const;
const onCall = <const Kind extends string>(kind: Kind) =>
  Type.Object({ kind: Type.Literal(kind), callId }, strict);

/** Whom a call is handed over to, or who is asked for advice: an extension, a queue, or a number as people write it. */
export const transferTargetSchema = Type.Union([
  Type.Object(
    { kind: Type.Literal('agent'), extension: Type.String({ pattern: '^[0-9]{2,8}$' }) },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('queue'), queue: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('number'), number: Type.String({ minLength: 1, maxLength: 64 }) },
    strict,
  ),
]);

/** What the agent may ask of the phone; refused when `allowedActions` or `jointActions` says so. */
export const phoneCommandSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('dial'),
      number: Type.String({ minLength: 1, maxLength: 64 }),
      /** What was promised and is kept by this call, and whose rules it follows; null: nobody's. */
      callBack: Type.Optional(
        Type.Object({ id: Type.String({ format: 'uuid' }), queue: nullable(text) }, strict),
      ),
    },
    strict,
  ),
  /** Calls the agent's own mailbox. */
  Type.Object({ kind: Type.Literal('voicemail') }, strict),
  onCall('answer'),
  Type.Object(
    {
      kind: Type.Literal('reject'),
      callId,
      /** Heeded on a direct call; a queue goes on to the next agent whatever this one says. */
      reason: Type.Optional(
        Type.Union([Type.Literal('busy'), Type.Literal('declined'), Type.Literal('call_back')]),
      ),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('end'),
      callId,
      /** The program ends, and no guard holds that up. */
      leaving: Type.Optional(Type.Literal(true)),
    },
    strict,
  ),
  onCall('hold'),
  onCall('resume'),
  onCall('mute'),
  onCall('unmute'),
  Type.Object({ kind: Type.Literal('transfer'), callId, to: transferTargetSchema }, strict),
  /** Calls somebody for this call's sake; it goes on hold. A queue cannot be asked. */
  Type.Object({ kind: Type.Literal('consult'), callId, to: transferTargetSchema }, strict),
  /** Leaves the customer with music for any agent to pick up. */
  onCall('park'),
  /** Takes a customer from a parking place; number and name are what the screen shows meanwhile. */
  Type.Object(
    {
      kind: Type.Literal('pick_up'),
      slot: Type.String({ pattern: '^[0-9]{1,8}$' }),
      callKey: Type.String({ pattern: '^[A-Za-z0-9.@_-]{1,64}$' }),
      number: Type.String({ maxLength: 64 }),
      name: Type.String({ maxLength: 128 }),
    },
    strict,
  ),
  /** The far sides of both calls talk with each other from now on; the agent is out. */
  Type.Object({ kind: Type.Literal('complete_transfer'), callId, withCallId: callId }, strict),
  Type.Object({ kind: Type.Literal('merge'), callId, withCallId: callId }, strict),
  /** Apart again: this call goes on, the others wait on hold. */
  onCall('split'),
  Type.Object(
    {
      kind: Type.Literal('send_digits'),
      callId,
      digits: Type.String({ pattern: '^[0-9*#A-D]{1,32}$' }),
    },
    strict,
  ),
  ...soundCommands,
  /** Tells a plain SIP service whether to record this call; for main alone to say. */
  Type.Object({ kind: Type.Literal('tell_recording'), callId, on: Type.Boolean() }, strict),
]);

/** `code` is stable and has a text in each language (`phone.refusal.<code>`). */
export const phoneAnswerSchema = Type.Union([
  Type.Object({ ok: Type.Literal(true), value: Type.Object({ callId: nullable(callId) }) }),
  Type.Object({
    ok: Type.Literal(false),
    why: Type.Union([
      Type.Literal('no_such_call'),
      Type.Literal('not_allowed'),
      Type.Literal('not_registered'),
      Type.Literal('no_microphone'),
      Type.Literal('not_a_number'),
      Type.Literal('busy'),
      /** Answered by itself a moment ago: a reflex must not end it. */
      Type.Literal('just_answered'),
      /** The PBX would not hand the call over; it is with us still. */
      Type.Literal('transfer_refused'),
      Type.Literal('phone_failed'),
      Type.Literal('phone_restarting'),
    ]),
  }),
]);

/** What main tells the engine to be; sent whole, at its birth and on every change. */
export const engineSetupSchema = Type.Object({
  /** null: unregister and stay away. */
  account: nullable(sipAccountSchema),
  devices: deviceSettingsSchema,
  /** 0 to 1. */
  ringVolume: Type.Number({ minimum: 0, maximum: 1 }),
  audioProcessing: Type.Object({
    echoCancellation: Type.Boolean(),
    noiseSuppression: Type.Boolean(),
    autoGainControl: Type.Boolean(),
  }),
  /** Absent: the usual. */
  sound: Type.Optional(soundSettingsSchema),
  /** What to do with calls that come in. */
  incoming: Type.Object({
    autoAnswerQueues: Type.Array(Type.String({ maxLength: 80 })),
    directCalls: Type.Union([Type.Literal('ring'), Type.Literal('refuse')]),
    duringCall: Type.Union([Type.Literal('ring'), Type.Literal('refuse')]),
  }),
  /** Absent: as usual. */
  headset: Type.Optional(headsetSettingsSchema),
  /** Where the agent is, for calls for help, as it was confirmed; absent: not known. */
  location: Type.Optional(Type.String({ maxLength: 1_000, pattern: '^[A-Za-z0-9%=,._~-]*$' })),
  /** The PBX is not to offer anything here; absent: it may. */
  away: Type.Optional(Type.Boolean()),
  /** Extensions whose phones are watched (`presence` in the snapshot). */
  watch: Type.Array(Type.String({ pattern: '^[0-9]{2,8}$' }), { maxItems: 200 }),
});

export type PhoneSnapshot = Immutable<Static<typeof phoneSnapshotSchema>>;
export type Voicemail = Immutable<Static<typeof voicemailSchema>>;
export type PhonePresence = Immutable<Static<typeof phonePresenceSchema>>;
export type LineReading = NonNullable<Levels['line']>;
export type Levels = Immutable<Static<typeof levelsSchema>>;
export type PhoneCommand = Immutable<Static<typeof phoneCommandSchema>>;
export type TransferTarget = Immutable<Static<typeof transferTargetSchema>>;
export type PhoneAnswer = Immutable<Static<typeof phoneAnswerSchema>>;
export type EngineSetup = Immutable<Static<typeof engineSetupSchema>>;
