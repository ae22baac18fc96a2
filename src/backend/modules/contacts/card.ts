import type {
  ContactCard,
  Match,
  RecordingFailure,
  RecordingView,
} from '../../../shared/api/records.ts';
import { consentState, type ConsentFact } from '../../../shared/domain/consent/consent.ts';
import { displayNumber } from '../../../shared/domain/phone-number/phone-number.ts';

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
  readonly state: 'starting' | 'recording' | 'stopped' | 'failed';
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly seconds: number | null;
  readonly channels: number;
  /** Empty where nothing failed. */
  readonly why: RecordingFailure | '';
};

/** The state that consent is in, and when it came into it. */
export const consentView = (facts: readonly ConsentFact[]): ContactCard['consent'] => {
  const inTime = [...facts].sort((a, b) => a.at - b.at);
  let view: ContactCard['consent'] = { state: 'not_asked', at: null };
  for (const [index, fact] of inTime.entries()) {
    // A later fact of the same instant may be the stricter one, so each instant is folded whole.
    if (inTime[index + 1]?.at === fact.at) continue;
    const state = consentState(inTime.slice(0, index + 1));
    if (state !== view.state) view = { state, at: fact.at };
  }
  return view;
};

export const recordingView = (latest: RecordingRow | undefined): RecordingView => {
  if (latest === undefined) return { state: 'off' };
  switch (latest.state) {
    case 'starting':
      return { state: 'starting' };
    case 'recording':
      return { state: 'recording', since: latest.startedAt };
    case 'stopped':
      return { state: 'stopped', seconds: latest.seconds ?? 0 };
    case 'failed':
      return { state: 'failed', why: latest.why === '' ? 'file_missing' : latest.why };
  }
};

export type CardParts = {
  readonly contact: ContactRow;
  readonly match: Match;
  readonly consentFacts: readonly ConsentFact[];
  readonly recording: RecordingRow | undefined;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
};

export const cardOf = ({
  contact,
  match,
  consentFacts,
  recording,
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
  consent: consentView(consentFacts),
  recording: recordingView(recording),
});
