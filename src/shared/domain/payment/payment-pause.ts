/** A recording is silent while a card is taken: what opens such a pause, what ends it, and what is known of it. */

/** What opened it: the agent, a field or a page for payments, keys of the telephone. */
export const paymentSteps = ['button', 'field', 'page', 'keypad'] as const;
export type PaymentStep = (typeof paymentSteps)[number];

/** `limit`: nobody ended it in time; `quiet`: no key was pressed for a while. */
export const pauseEnds = ['agent', 'step_closed', 'limit', 'quiet', 'call_ended'] as const;
export type PauseEnd = (typeof pauseEnds)[number];

/**
 * Whether something of the call is being kept while a pause is open. Only the first two are a reason to take a card:
 * `silent`, the PBX confirmed that both channels hold nothing; `not_recorded`, there is no recording; `not_confirmed`,
 * nobody knows.
 */
export const silences = ['silent', 'not_recorded', 'not_confirmed'] as const;
export type Silence = (typeof silences)[number];

/** How a centre wants its pauses. */
export type PaymentRules = {
  /** A pause that nobody ends is over after so long. */
  readonly limitSeconds: number;
  /** So long before that the desk warns. */
  readonly warnSeconds: number;
  /** So many keys, each soon after the one before, are a number that is keyed in; 0: keys are of no account. */
  readonly keypadDigits: number;
  /** The number is complete when no key was pressed for so long. */
  readonly quietSeconds: number;
  /** Addresses where cards are taken; `*` stands for anything within the path. */
  readonly pages: readonly string[];
};

export const usualPaymentRules: PaymentRules = {
  limitSeconds: 180,
  warnSeconds: 20,
  keypadDigits: 4,
  quietSeconds: 15,
  pages: [],
};

type RecordingStage =
  'starting' | 'recording' | 'paused' | 'stopped' | 'failed' | 'sealed' | 'deleted';

/** What the recording of the call says of the silence; null: there is none. */
export const silenceOf = (recording: RecordingStage | null): Silence => {
  if (recording === 'paused') return 'silent';
  return recording === 'starting' || recording === 'recording' ? 'not_confirmed' : 'not_recorded';
};

/** Keys pressed one after the other, without which ones: that is nobody's business. */
export type KeysPressed = { readonly count: number; readonly lastAt: number };

/** One more key; one that comes late begins anew. */
export const keyPressed = (
  before: KeysPressed | null,
  at: number,
  { quietSeconds }: Pick<PaymentRules, 'quietSeconds'>,
): KeysPressed => ({
  count: before !== null && at - before.lastAt <= quietSeconds * 1_000 ? before.count + 1 : 1,
  lastAt: at,
});

export const isNumberKeyedIn = (
  keys: KeysPressed,
  { keypadDigits }: Pick<PaymentRules, 'keypadDigits'>,
): boolean => keypadDigits > 0 && keys.count >= keypadDigits;
