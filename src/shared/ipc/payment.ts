import { Type, type Static } from 'typebox';
import { paymentSteps } from '../domain/payment/payment-pause.ts';
import type { Immutable } from '../immutable.ts';

const uuid = Type.String({ format: 'uuid' });
const step = Type.Enum([...paymentSteps]);
const strict = { additionalProperties: false } as const;

/** A payment step of this desk, on its way to the backend. Whether it is silent is on the contact's card. */
export const paymentStepSchema = Type.Object({
  callId: uuid,
  step,
  /** `failed`: the backend did not take it; asked again until it does. */
  state: Type.Enum(['asking', 'open', 'failed', 'closing']),
});

export const openPaymentSchema = Type.Object(
  { callId: uuid, step: Type.Enum(['button', 'field']) },
  strict,
);
/** `step` null: everything that this agent has open in the call. */
export const closePaymentSchema = Type.Object(
  { callId: uuid, step: Type.Union([step, Type.Null()]) },
  strict,
);

export type PaymentStepView = Immutable<Static<typeof paymentStepSchema>>;
