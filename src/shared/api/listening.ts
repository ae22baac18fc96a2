import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { consentFactSchema } from './events.ts';

/** Listening back to a recording. Offsets are milliseconds from its beginning. */

const id = Type.String({ format: 'uuid' });
const offsetMs = Type.Integer({ minimum: 0, maximum: 86_400_000 });

/** A thing that happened while it was recorded. */
export const markerSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('consent'),
    atMs: offsetMs,
    word: consentFactSchema.properties.kind,
    /** It was said before the recording began, and is what it began under. */
    before: Type.Boolean(),
  }),
  /** Silent on purpose, in both channels; `proven`: every sample was read and is zero, null: nobody looked. */
  Type.Object({
    kind: Type.Literal('pause'),
    why: Type.Enum(['payment', 'desk_lost']),
    atMs: offsetMs,
    toMs: offsetMs,
    proven: Type.Union([Type.Boolean(), Type.Null()]),
  }),
  Type.Object({
    kind: Type.Enum(['hold', 'consult']),
    atMs: offsetMs,
    toMs: offsetMs,
    name: Type.String(),
  }),
  /** This agent speaks with the customer from here on. */
  Type.Object({ kind: Type.Literal('joined'), atMs: offsetMs, name: Type.String() }),
  /** This agent handed the customer over. */
  Type.Object({ kind: Type.Literal('transferred'), atMs: offsetMs, name: Type.String() }),
]);

export const commentSchema = Type.Object({
  id,
  atMs: offsetMs,
  author: Type.Object({ id, name: Type.String() }),
  /** Epoch ms. */
  writtenAt: Type.Integer(),
  text: Type.String(),
});

/** GET /contacts/:contactId/recordings/:recordingId/listening */
export const listeningSchema = Type.Object({
  seconds: Type.Number(),
  /** By channel, the agent's first: the loudness of stretches of equal length, 0 to 255. */
  peaks: Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 255 }))),
  /** Where nobody speaks for longer than a breath. */
  silences: Type.Array(Type.Object({ fromMs: offsetMs, toMs: offsetMs })),
  markers: Type.Array(markerSchema),
  comments: Type.Array(commentSchema),
});

export const commentTextSchema = Type.String({ minLength: 1, maxLength: 2_000 });

/** POST /contacts/:contactId/recordings/:recordingId/comments */
export const postCommentSchema = Type.Object(
  { atMs: offsetMs, text: commentTextSchema },
  { additionalProperties: false },
);

export type Listening = Immutable<Static<typeof listeningSchema>>;
export type Marker = Immutable<Static<typeof markerSchema>>;
export type RecordingComment = Immutable<Static<typeof commentSchema>>;
