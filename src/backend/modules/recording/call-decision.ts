import type { ConsentFact, ConsentState } from '../../../shared/domain/consent/consent.ts';
import {
  consentForRecording,
  recordingDecision,
  strictestDecision,
  type RecordingDecision,
} from '../../../shared/domain/consent/recording-decision.ts';
import type { ConsentRule } from '../../../shared/domain/consent/rule.ts';
import type { Queryable } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { ContactRow, RecordingRow } from '../contacts/card.ts';
import { findConsentFacts, findContactByCallKey } from '../contacts/contact-repository.ts';
import { findOpenPauses } from '../payment/payment-repository.ts';
import type { ConsultLegs } from '../telephony/consult-legs.ts';
import {
  findLiveLegs,
  findPolicy,
  findRunning,
  type LiveLeg,
  type QueuePolicy,
} from './recording-repository.ts';

/** What was decided of one call, and what it rests on. */
export type CallDecision = {
  readonly contactId: string;
  readonly callKey: string;
  readonly decision: RecordingDecision;
  readonly running: RecordingRow | null;
  /** Agents who have the customer. */
  readonly legs: readonly LiveLeg[];
  readonly rule: Pick<ConsentRule, 'need' | 'rulesVersion'>;
  readonly consent: ConsentState;
  readonly policy: QueuePolicy;
  /** Other calls whose customers hear this one. */
  readonly heardIn: readonly string[];
};

type Needs = {
  readonly database: Queryable;
  readonly consultLegs: Pick<ConsultLegs, 'has'>;
  /** The rule for the customer of the contact and these agents. */
  readonly ruleOf: (contact: ContactRow, agentIds: readonly string[]) => Promise<ConsentRule>;
  readonly isDeskThere: (agentId: string) => Promise<boolean>;
  readonly heardWith: Pbx['heardWith'];
};

const unknownCall: RecordingDecision = { do: 'off', why: 'consent_not_given' };

/** What was agreed to before somebody else came to hear it was not agreed to with them. */
const saidSince =
  (since: number) =>
  (fact: ConsentFact): ConsentFact =>
    fact.kind === 'granted' && fact.at < since ? { ...fact, kind: 'asked' } : fact;

/** Decides by what is known now; null: nobody knows the call. */
export const createCallDecision = (needs: Needs) => {
  const { database, consultLegs, ruleOf, isDeskThere, heardWith } = needs;

  const legsOf = async (callKey: string): Promise<readonly LiveLeg[]> =>
    // Consent is for what the customer says and hears: agents among themselves are not recorded.
    (await findLiveLegs(database, callKey)).filter(
      (leg) => !consultLegs.has(callKey, leg.extension),
    );

  /** `newcomerSince`: somebody of whom nobody knows anything hears the call as well. */
  const decideAlone = async (
    contact: ContactRow,
    legs: readonly LiveLeg[],
    newcomerSince: number | null,
  ): Promise<Omit<CallDecision, 'heardIn' | 'legs'>> => {
    const { id: contactId, callKey } = contact;
    const [facts, running, policy, pauses, parties] = await Promise.all([
      findConsentFacts(database, contactId),
      findRunning(database, callKey),
      findPolicy(database, contact.queue),
      findOpenPauses(database, callKey),
      ruleOf(
        contact,
        legs.map(({ agentId }) => agentId),
      ),
    ]);
    const isAlone = newcomerSince === null;
    const rule = isAlone ? parties : { ...parties, need: 'consent' as const };
    const recorded = running === null ? legs[0]?.agentId : running.agentId;
    const isThere = recorded === undefined || (await isDeskThere(recorded));
    const said = isAlone ? facts : facts.map(saidSince(newcomerSince));
    const consent = consentForRecording(said, {
      need: rule.need,
      policy: policy.policy,
    });
    const decision = recordingDecision(rule, consent, {
      live: legs.length > 0,
      policy: policy.policy,
      pause: pauses.length > 0 ? 'payment' : 'none',
      deskLine: isThere ? 'there' : 'lost',
    });
    return { contactId, callKey, decision, running, rule, consent, policy };
  };

  return async (callKey: string): Promise<CallDecision | null> => {
    const contact = await findContactByCallKey(database, callKey);
    if (contact === null) return null;
    const legs = await legsOf(callKey);
    const heard = legs.flatMap(({ extension }) => heardWith(callKey, extension));
    const newcomers = heard.filter((party) => party.callKey === callKey);
    const own = await decideAlone(
      contact,
      legs,
      newcomers.length === 0 ? null : Math.max(...newcomers.map(({ since }) => since)),
    );
    const others: RecordingDecision[] = [];
    const heardIn = [...new Set(heard.map((party) => party.callKey))].filter(
      (other) => other !== callKey,
    );
    for (const other of heardIn) {
      const joined = await findContactByCallKey(database, other);
      others.push(
        joined === null
          ? unknownCall
          : (await decideAlone(joined, await legsOf(other), null)).decision,
      );
    }
    return { ...own, legs, heardIn, decision: strictestDecision([own.decision, ...others]) };
  };
};
