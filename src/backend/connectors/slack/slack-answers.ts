import { Type } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Slack's answers as is used (docs.slack.dev/reference/methods). */

/** The whole answer of an incoming webhook. */
export const webhookAnswerSchema = Type.Literal('ok');

export const identitySchema = Type.Object({
  ok: Type.Literal(true),
  team: Type.String(),
  url: maybe(Type.String()),
});

export const postedSchema = Type.Object({
  ok: Type.Literal(true),
  channel: Type.String({ minLength: 1 }),
  ts: Type.String({ minLength: 1 }),
});

/** Blocks are looked through for our mark, whatever Slack makes of them. */
export const historySchema = Type.Object({
  ok: Type.Literal(true),
  messages: Type.Array(
    Type.Object({ ts: Type.String({ minLength: 1 }), blocks: maybe(Type.Unknown()) }),
  ),
  response_metadata: maybe(Type.Object({ next_cursor: maybe(Type.String()) })),
});
