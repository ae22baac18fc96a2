import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/**
 * What the page of diagnostics is shown of headsets: their descriptors, and what went in and out. The same is exported as
 * a file, which a test replays. Nothing of a call or a customer is in it.
 */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
/** 16 bit usages, or both halves of an extended one. */
const usage = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
const byte = Type.Integer({ minimum: 0, maximum: 0xff });
const text = Type.String({ maxLength: 256 });

/** An item of a report as WebHID tells it (`HIDReportItem`), without units. */
const reportItemSchema = Type.Object({
  usages: Type.Array(usage, { maxItems: 512 }),
  /** Of a range (`isRange`), which then has no list. */
  usageMinimum: Type.Union([usage, nothing]),
  usageMaximum: Type.Union([usage, nothing]),
  reportSize: Type.Integer({ minimum: 0 }),
  reportCount: Type.Integer({ minimum: 0 }),
  logicalMinimum: Type.Integer(),
  logicalMaximum: Type.Integer(),
  isAbsolute: Type.Boolean(),
  isArray: Type.Boolean(),
  isConstant: Type.Boolean(),
  isRange: Type.Boolean(),
  hasNull: Type.Boolean(),
  hasPreferredState: Type.Boolean(),
});

const reportInfoSchema = Type.Object({
  reportId: byte,
  items: Type.Array(reportItemSchema, { maxItems: 256 }),
});

const collectionShape = {
  usagePage: Type.Integer({ minimum: 0, maximum: 0xffff }),
  usage: Type.Integer({ minimum: 0, maximum: 0xffff }),
  /** 0 physical, 1 application, 2 logical (HID 1.11 §6.2.2.6). */
  type: byte,
  inputReports: Type.Array(reportInfoSchema, { maxItems: 256 }),
  outputReports: Type.Array(reportInfoSchema, { maxItems: 256 }),
  featureReports: Type.Array(reportInfoSchema, { maxItems: 256 }),
};

/** Depth first, each with the place of its parent in the list; null for one of the top. */
export const headsetCollectionSchema = Type.Object({
  ...collectionShape,
  parent: Type.Union([Type.Integer({ minimum: 0 }), nothing]),
});

export const headsetDescriptionSchema = Type.Object({
  /** Of this plugging, as the engine numbers them. */
  headset: Type.Integer({ minimum: 0 }),
  vendorId: Type.Integer({ minimum: 0, maximum: 0xffff }),
  productId: Type.Integer({ minimum: 0, maximum: 0xffff }),
  productName: text,
  collections: Type.Array(headsetCollectionSchema, { maxItems: 64 }),
  /** It is plugged in now. */
  present: Type.Boolean(),
});

/** Without its report id. */
const bytes = Type.Array(byte, { maxItems: 512 });

const entryBase = {
  /** Milliseconds since the engine began. */
  at: Type.Number(),
  headset: Type.Integer({ minimum: 0 }),
};

/** In the order in which they happened. */
export const headsetEntrySchema = Type.Union([
  Type.Object({
    ...entryBase,
    kind: Type.Literal('device'),
    what: Type.Union([
      Type.Literal('connected'),
      Type.Literal('opened'),
      /** It would not open. */
      Type.Literal('refused'),
      Type.Literal('gone'),
    ]),
  }),
  /** What the calls want the headset to show from here on. */
  Type.Object({
    ...entryBase,
    kind: Type.Literal('wish'),
    ringing: Type.Boolean(),
    offHook: Type.Boolean(),
    muted: Type.Boolean(),
    held: Type.Boolean(),
  }),
  Type.Object({ ...entryBase, kind: Type.Literal('in'), reportId: byte, bytes }),
  Type.Object({
    ...entryBase,
    kind: Type.Literal('out'),
    reportId: byte,
    bytes,
    /** False: it was not taken, or not in time. */
    taken: Type.Boolean(),
  }),
  /** What a button was understood to ask for. */
  Type.Object({
    ...entryBase,
    kind: Type.Literal('press'),
    action: Type.String({ maxLength: 40 }),
  }),
]);

/** The latest of a log: older ones are dropped. */
export const headsetLogLength = 500;

/** What a page that watches is sent: everything at first, then what is new. */
export const headsetNewsSchema = Type.Object({
  /** True: what was told before is void. */
  whole: Type.Boolean(),
  headsets: Type.Array(headsetDescriptionSchema, { maxItems: 32 }),
  entries: Type.Array(headsetEntrySchema, { maxItems: headsetLogLength }),
});

/** main -> engine. */
export const watchHeadsetsSchema = Type.Object({ on: Type.Boolean() });

export const headsetRequests = {
  /** Answers with `headsets.news` events until it is closed. */
  'headsets.watch': { payload: nothing, answer: answerOf(nothing) },
  'headsets.unwatch': { payload: nothing, answer: answerOf(nothing) },
  /** Asks where to; answers the path, or null where the user thought better of it. */
  'headsets.export': {
    payload: Type.Object({ note: Type.String({ maxLength: 2_000 }) }, strict),
    answer: answerOf(Type.Union([Type.String(), nothing])),
  },
} as const;

export const headsetEvents = { 'headsets.news': headsetNewsSchema } as const;

/** What is exported, and replayed by tests. */
export const headsetLogSchema = Type.Object({
  format: Type.Literal('ringside-headset-log'),
  version: Type.Literal(1),
  program: text,
  system: text,
  /** In the sender's own words: what was pressed, and what happened. */
  note: Type.String({ maxLength: 2_000 }),
  headsets: headsetNewsSchema.properties.headsets,
  entries: headsetNewsSchema.properties.entries,
});

export type HeadsetCollection = Immutable<Static<typeof headsetCollectionSchema>>;
export type HeadsetDescription = Immutable<Static<typeof headsetDescriptionSchema>>;
export type HeadsetEntry = Immutable<Static<typeof headsetEntrySchema>>;
export type HeadsetNews = Immutable<Static<typeof headsetNewsSchema>>;
export type HeadsetLog = Immutable<Static<typeof headsetLogSchema>>;
