/** What was said about recording, in order; appended and never changed. */
export type ConsentFactKind = 'asked' | 'granted' | 'refused' | 'withdrawn';

export type ConsentFact = {
  /** UUIDv7. */
  readonly id: string;
  readonly callId: string;
  readonly callKey: string;
  /** Epoch ms of the server's clock. */
  readonly at: number;
  readonly kind: ConsentFactKind;
};

export type ConsentState = 'not_asked' | 'asked' | 'granted' | 'refused' | 'withdrawn';

/** The state that the facts add up to: the latest word counts; at the same instant the stricter one. */
export const consentState = (facts: readonly ConsentFact[]): ConsentState => {
  const strictness: Record<ConsentFactKind, number> = {
    asked: 0,
    granted: 1,
    refused: 2,
    withdrawn: 3,
  };
  const latest = [...facts].sort((a, b) => a.at - b.at || strictness[a.kind] - strictness[b.kind]);
  let state: ConsentState = 'not_asked';
  for (const fact of latest) {
    // Asking again does not take back an answer.
    if (fact.kind === 'asked' && state !== 'not_asked') continue;
    if (fact.kind === 'withdrawn' && state !== 'granted') continue;
    state = fact.kind;
  }
  return state;
};

export type RecordingDecision =
  | { readonly record: true }
  | { readonly record: false; readonly why: 'consent_not_given' | 'no_live_call' };

/** Whether the call may be recorded now. Unknown means no. */
export const recordingDecision = (
  consent: ConsentState,
  call: 'live' | 'not_live',
): RecordingDecision => {
  if (consent !== 'granted') return { record: false, why: 'consent_not_given' };
  if (call !== 'live') return { record: false, why: 'no_live_call' };
  return { record: true };
};
