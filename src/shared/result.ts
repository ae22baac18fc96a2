/** An expected outcome: what was asked for, or why it could not be had. Bugs throw instead. */
export type Result<Value, Why> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: Why };

export const success = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

export const failure = <Why>(why: Why): { readonly ok: false; readonly why: Why } => ({
  ok: false,
  why,
});
