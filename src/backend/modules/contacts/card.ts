import type {
  ContactCard,
  Match,
  RecordingFailure,
  RecordingView,
} from '../../../shared/api/records.ts';
import type { VerificationAttempt } from '../../../shared/api/guidance.ts';
import type { CardRescue } from '../../../shared/api/rescue.ts';
import { consentState, type ConsentFact } from '../../../shared/domain/consent/consent.ts';
import { counted, type PauseWhy } from '../../../shared/domain/consent/recording-decision.ts';
import { displayNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import type { PaymentPauseRow } from '../payment/payment-repository.ts';
import { paymentView } from '../payment/payment-view.ts';
import { serviceRecordingView } from '../telephony/service-recording.ts';

/** A contact as its table holds it. */
export type ContactRow = {
  readonly id: string;
  readonly callKey: string;
  readonly origin: 'pbx' | 'client';
  readonly direction: 'inbound' | 'outbound';
  readonly queue: string | null;
  readonly remoteNumber: string;
  readonly remoteName: string;
  readonly startedAt: number;
  readonly queuedAt: number | null;
  readonly endedAt: number | null;
  readonly revision: number;
  readonly match: Match['kind'];
  readonly customerId: string | null;
  readonly candidateIds: readonly string[];
};

export type RecordingRow = {
  readonly id: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly state: 'starting' | 'recording' | 'paused' | 'stopped' | 'failed' | 'sealed' | 'deleted';
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly seconds: number | null;
  readonly channels: number;
  /** Empty where nothing failed. */
  readonly why: RecordingFailure | '';
  /** In the order of time; a card that is made anew has none. */
  readonly pauses?: readonly RecordingPause[] | null;
};

export type RecordingPause = {
  readonly why: PauseWhy;
  readonly pausedAt: number;
  /** null: it is silent now. */
  readonly resumedAt: number | null;
};

/** The state that consent is in, when it came into it and how. */
export const consentView = (facts: readonly ConsentFact[]): ContactCard['consent'] => {
  const inTime = [...facts].sort((a, b) => a.at - b.at);
  let view: ContactCard['consent'] = { state: 'not_asked', at: null };
  for (const [index, fact] of inTime.entries()) {
    // A later fact of the same instant may be the stricter one, so each instant is folded whole.
    if (inTime[index + 1]?.at === fact.at) continue;
    const state = consentState(inTime.slice(0, index + 1));
    if (state === view.state) continue;
    const word = inTime.find((each) => each.at === fact.at && each.kind === state);
    view = { state, at: fact.at, ...(word?.how === undefined ? {} : { how: word.how }) };
  }
  const isKept = facts.some((each) => each.standing === true && each.kind === view.state);
  return isKept ? { ...view, standing: true } : view;
};

export const recordingView = (latest: RecordingRow | undefined): RecordingView => {
  if (latest === undefined) return { state: 'off' };
  switch (latest.state) {
    case 'starting':
      return { state: 'starting' };
    case 'recording':
      return { state: 'recording', since: latest.startedAt };
    case 'paused': {
      const pause = latest.pauses?.at(-1);
      const { why = 'payment', pausedAt: since = latest.startedAt } = pause ?? {};
      return { state: 'paused', since, why };
    }
    case 'stopped':
      return { state: 'stopped', seconds: latest.seconds ?? 0 };
    case 'sealed':
    case 'deleted':
      return { state: latest.state };
    case 'failed':
      return { state: 'failed', why: latest.why === '' ? 'file_missing' : latest.why };
  }
};

export type CardParts = {
  readonly contact: ContactRow;
  readonly match: Match;
  readonly consentFacts: readonly ConsentFact[];
  /** The rule that holds and the words to read. */
  readonly terms: Required<Pick<ContactCard['consent'], 'rule' | 'wordings' | 'policy'>>;
  readonly recording: RecordingRow | undefined;
  /** Who vanished in it; null or absent: nobody. */
  readonly rescue?: CardRescue | null;
  /** Attempts to verify the customer; absent: none. */
  readonly attempts?: readonly VerificationAttempt[];
  /** Pauses that are open while a card is taken. */
  readonly pauses: readonly PaymentPauseRow[];
  /** Recorded, if at all, by a SIP service that phones tell. */
  readonly isByService: boolean;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
};

const paymentPart = (
  pauses: readonly PaymentPauseRow[],
  recording: RecordingRow['state'] | null,
): Pick<ContactCard, 'payment'> =>
  pauses.length === 0 ? {} : { payment: paymentView(pauses, recording) };

export const cardOf = ({
  contact,
  match,
  consentFacts,
  terms,
  recording,
  pauses,
  rescue = null,
  attempts = [],
  isByService,
  country,
}: CardParts): ContactCard => ({
  contactId: contact.id,
  callKey: contact.callKey,
  revision: contact.revision,
  direction: contact.direction,
  queue: contact.queue,
  remoteNumber: contact.remoteNumber,
  remoteName: contact.remoteName,
  displayNumber: displayNumber(contact.remoteNumber, country),
  startedAt: contact.startedAt,
  queuedAt: contact.queuedAt,
  match,
  consent: {
    ...consentView(consentFacts.map(counted(terms.rule.need, terms.policy))),
    ...terms,
  },
  recording: isByService
    ? serviceRecordingView(consentFacts, terms, {
        isOver: contact.endedAt !== null,
        isPaused: pauses.length > 0,
      })
    : recordingView(recording),
  // Whether a service that is told to be silent is silent, nobody can say.
  ...paymentPart(pauses, isByService ? 'recording' : (recording?.state ?? null)),
  ...(rescue === null ? {} : { rescue }),
  ...(attempts.length === 0 ? {} : { verifications: attempts }),
});
