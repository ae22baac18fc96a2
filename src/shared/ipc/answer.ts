import { Type, type TSchema } from 'typebox';

/** How main answers the UI, for every slice of the contract. */

/** Why main could not do what the UI asked; each has a text in every language (`refusal.<code>`). */
export const refusalSchema = Type.Object({
  code: Type.Union([
    Type.Literal('backend_away'),
    Type.Literal('not_signed_in'),
    Type.Literal('wrong_password'),
    Type.Literal('too_many_tries'),
    Type.Literal('not_found'),
    Type.Literal('not_allowed'),
    Type.Literal('invalid'),
    Type.Literal('conflict'),
    Type.Literal('call_in_progress'),
    /** Every customer of the demo is on the phone. */
    Type.Literal('customers_busy'),
    Type.Literal('not_supported'),
    Type.Literal('no_such_call'),
    Type.Literal('journal_failed'),
    Type.Literal('pbx_away'),
    Type.Literal('failed'),
  ]),
  /** For the log and the details line; never shown alone. */
  detail: Type.String(),
});

export const answerOf = <Value extends TSchema>(value: Value) =>
  Type.Union([
    Type.Object({ ok: Type.Literal(true), value }),
    Type.Object({ ok: Type.Literal(false), why: refusalSchema }),
  ]);
