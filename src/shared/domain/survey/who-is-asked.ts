import type { SurveyTerms, SurveyWay } from './survey.ts';

/** What is known of a call as somebody could be asked. Times in epoch ms. */
export type CallToSurvey = {
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  /** With the customer, from the first answer to the last agent's end; null: nobody talked. */
  readonly talkedMs: number | null;
  /** The customer was with somebody outside when the call ended. */
  readonly transferredOut: boolean;
  /** What the agent said of it: null, nothing. */
  readonly offered: boolean | null;
  /** When this customer, or this number, was asked last; null: never, or not known who it is. */
  readonly askedLastAt: number | null;
  /** A survey of this very call was begun. */
  readonly wasAsked: boolean;
};

export type SurveyRefusal =
  | 'off'
  | 'not_inbound'
  | 'nobody_talked'
  | 'transferred_out'
  | 'already_asked'
  | 'agent_declined'
  | 'asked_lately'
  | 'too_short'
  | 'not_in_share';

/** `share`: the draw of the contact. `agent`: offered by hand. */
export type SurveyDecision =
  | { readonly ask: true; readonly why: 'share' | 'agent' }
  | { readonly ask: false; readonly why: SurveyRefusal };

const dayMs = 86_400_000;
const drawn = 0x1_0000_0000;

/**
 * Where a contact stands between 0 and 100, by the last eight digits of its id, read as a hexadecimal number: those are
 * random (RFC 9562 §5.7), and anybody can work out afterwards why this customer was asked and that one was not.
 */
export const surveyDraw = (contactId: string): number => {
  const tail = /[0-9a-f]{8}$/iu.exec(contactId)?.[0];
  return tail === undefined ? 100 : (Number.parseInt(tail, 16) / drawn) * 100;
};

const no = (why: SurveyRefusal): SurveyDecision => ({ ask: false, why });

/**
 * Whether a customer is asked after this call. What an agent offers goes beyond the share and the shortest call, never
 * beyond the customer's rest.
 */
export const surveyDecision = (
  terms: SurveyTerms | null,
  call: CallToSurvey,
  { way, now }: { readonly way: SurveyWay; readonly now: number },
): SurveyDecision => {
  if (terms?.way !== way) return no('off');
  if (call.direction !== 'inbound') return no('not_inbound');
  if (call.talkedMs === null) return no('nobody_talked');
  if (call.transferredOut) return no('transferred_out');
  if (call.wasAsked) return no('already_asked');
  if (call.offered === false) return no('agent_declined');
  if (call.askedLastAt !== null && now - call.askedLastAt < terms.restDays * dayMs)
    return no('asked_lately');
  if (call.offered === true) return { ask: true, why: 'agent' };
  if (call.talkedMs < terms.minimumSeconds * 1_000) return no('too_short');
  if (surveyDraw(call.contactId) >= terms.sharePercent) return no('not_in_share');
  return { ask: true, why: 'share' };
};
