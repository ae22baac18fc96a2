import type { ConsentFact, ConsentState } from './consent.ts';
import { consentState } from './consent.ts';
import type { ConsentRule, Need } from './rule.ts';

/** How a queue wants its calls recorded. */
export type RecordingPolicy =
  | 'never'
  | 'on_consent'
  /** Where the rule asks for nothing, without a word. */
  | 'when_rule_allows';

export type RecordedCall = {
  /** The PBX has an agent and the customer in it. */
  readonly live: boolean;
  readonly policy: RecordingPolicy;
  readonly pause: 'none' | 'payment';
  /** Whether the agent's desk can be heard: nobody could pause or withdraw at one that is lost. */
  readonly deskLine: 'there' | 'lost';
};

export type OffWhy = 'no_live_call' | 'policy' | 'refused' | 'consent_not_given';
export type PauseWhy = 'payment' | 'desk_lost';

export type RecordingDecision =
  | { readonly do: 'record' }
  | { readonly do: 'pause'; readonly why: PauseWhy }
  | { readonly do: 'off'; readonly why: OffWhy };

const off = (why: OffWhy): RecordingDecision => ({ do: 'off', why });

/** Whether nothing more has to be said before this call is recorded. */
const isAllowed = (need: Need, policy: RecordingPolicy, consent: ConsentState): boolean =>
  consent === 'granted' || (policy === 'when_rule_allows' && need === 'none');

/** Whether the call may be recorded now, and why not. What nobody knows means no. */
export const recordingDecision = (
  rule: Pick<ConsentRule, 'need'>,
  consent: ConsentState,
  { live, policy, pause, deskLine }: RecordedCall,
): RecordingDecision => {
  if (!live) return off('no_live_call');
  if (policy === 'never') return off('policy');
  // No rule and no policy is above a customer who said no.
  if (consent === 'refused' || consent === 'withdrawn') return off('refused');
  if (!isAllowed(rule.need, policy, consent)) return off('consent_not_given');
  if (pause === 'payment') return { do: 'pause', why: 'payment' };
  if (deskLine === 'lost') return { do: 'pause', why: 'desk_lost' };
  return { do: 'record' };
};

/**
 * To have been told is as good as consent only where the rule asks for no more and the queue is content with it. Where
 * nobody is asked, whoever takes consent back refuses.
 */
export const counted = (need: Need, policy: RecordingPolicy) => {
  const isUnasked = policy === 'when_rule_allows' && need === 'none';
  const noticeSuffices = policy === 'when_rule_allows' && need !== 'consent';
  return (fact: ConsentFact): ConsentFact => {
    if (fact.kind === 'withdrawn' && isUnasked) return { ...fact, kind: 'refused' };
    if (fact.kind === 'granted' && fact.how === 'notice' && !noticeSuffices)
      return { ...fact, kind: 'asked' };
    return fact;
  };
};

/**
 * What the facts add up to for recording. Consent must stand in the order in which the words were said and in the order
 * in which they came here: a client's wrong clock cannot make a refusal older than the consent that it took back.
 */
export const consentForRecording = (
  inOrderOfArrival: readonly ConsentFact[],
  { need, policy }: { readonly need: Need; readonly policy: RecordingPolicy },
): ConsentState => {
  const facts = inOrderOfArrival.map(counted(need, policy));
  const said = consentState(facts);
  const arrived = consentState(facts.map((fact, index) => ({ ...fact, at: index })));
  const denied = [said, arrived].find((state) => state === 'withdrawn' || state === 'refused');
  return denied ?? (said === 'granted' ? arrived : said);
};

const severity = (decision: RecordingDecision): number =>
  ({ record: 0, pause: 1, off: 2 })[decision.do];

/** Of those who are heard together each must be recordable: the strictest decision holds. */
export const strictestDecision = (
  decisions: readonly [RecordingDecision, ...RecordingDecision[]],
): RecordingDecision =>
  decisions.reduce((strictest, one) => (severity(one) > severity(strictest) ? one : strictest));
