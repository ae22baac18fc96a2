/** What was said about recording, in order; appended and never changed. */
export type ConsentFactKind = 'asked' | 'granted' | 'refused' | 'withdrawn';

/**
 * `voice`: said to the agent. `keypad`: a key pressed in answer to the phone system. `written_before`: in a contract or a
 * form, before the call. `notice`: was told, and went on.
 */
export type ConsentHow = 'voice' | 'keypad' | 'written_before' | 'notice';

export type ConsentFact = {
  /** UUIDv7. */
  readonly id: string;
  readonly callId: string;
  readonly callKey: string;
  /** Epoch ms of the server's clock. */
  readonly at: number;
  readonly kind: ConsentFactKind;
  /** Absent in facts of desks that did not tell: by voice. */
  readonly how?: ConsentHow;
  /** Who made it known: the agent who heard it, the customer's own key, or an administrator from a paper. */
  readonly by?: 'agent' | 'customer' | 'administrator';
  /** Version of the jurisdictions under which it was asked. */
  readonly ruleVersion?: string;
  /** Version of the words that were read or played, and their language (BCP 47). */
  readonly wordingVersion?: string;
  readonly language?: string;
  /** How far into the call it was said, ms from the answer. */
  readonly offsetMs?: number;
  /** Meant for later calls as well. */
  readonly standing?: true;
  /** Nobody makes the phone system obey it: a plain SIP service was only told. */
  readonly enforced?: false;
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
