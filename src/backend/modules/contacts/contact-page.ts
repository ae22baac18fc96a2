import type { Contact, ContactCard, Leg, User } from '../../../shared/api/records.ts';
import { handleTimeOf, segmentsOf } from '../../../shared/domain/handle-time/segments.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { findStanding } from '../agent/agent-repository.ts';
import { mayListen } from '../listening/listening-access.ts';
import { findCustomerSummaries } from '../directory/customer-repository.ts';
import type { ContactRow, RecordingRow } from './card.ts';
import { maySee } from './contact-access.ts';
import {
  findConsentFacts,
  findContact,
  findContactByCallKey,
  findRecordings,
  setCustomer,
} from './contact-repository.ts';
import type { Contacts } from './contact-service.ts';
import { findLinesOf } from '../line-quality/line-summaries.ts';
import { findJudgedOf } from '../line-quality/line-verdicts.ts';
import { findPaymentHistory } from '../payment/payment-repository.ts';
import { readContactSurvey } from '../surveys/survey-service.ts';
import { findLegsOfContact } from './leg-repository.ts';

export type ContactPages = {
  readonly open: (user: User, contactId: string) => Promise<Answer<Contact>>;
  readonly link: (
    user: User,
    contactId: string,
    customerId: string,
  ) => Promise<Answer<ContactCard>>;
  /** The recording, where this user may hear it. */
  readonly recording: (
    user: User,
    contactId: string,
    recordingId: string,
  ) => Promise<Answer<RecordingRow>>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly now: Now;
};

/** The same for what does not exist and for what is not shown: ids tell nothing. */
const noContact = refused('not_found', 'there is no such contact among those you may see');
const noRecording = refused('not_found', 'there is no such recording');

const withdrawnOf = ({ state }: RecordingRow) =>
  state === 'sealed' || state === 'deleted' ? { withdrawn: state } : {};

const pausesOf = ({ pauses, startedAt }: RecordingRow) => {
  const over = (pauses ?? []).flatMap(({ why, pausedAt, resumedAt }) =>
    resumedAt === null
      ? []
      : [
          {
            why,
            fromMs: Math.max(0, pausedAt - startedAt),
            toMs: Math.max(0, resumedAt - startedAt),
          },
        ],
  );
  return over.length === 0 ? {} : { pauses: over };
};

/**
 * What of other people's work somebody sees: what `maySee` says, and, while a customer is on the own desk, the earlier
 * contacts of that customer. Who may play recordings is `mayListen`'s to say.
 */
export const createContactPages = ({ database, contacts, now }: Needs): ContactPages => {
  const isOnDesk = async (user: User, customerId: string): Promise<boolean> => {
    const { standing } = await findStanding(database, user.id);
    if (!standing.signedIn) return false;
    const callKeys = [...standing.offers, ...standing.calls, ...standing.wrapUps];
    const onDesk = await Promise.all(callKeys.map((key) => findContactByCallKey(database, key)));
    return onDesk.some((contact) => contact?.customerId === customerId);
  };

  const visible = async (user: User, contactId: string): Promise<ContactRow | null> => {
    const contact = await findContact(database, contactId);
    if (contact === null || (await maySee(database, user, contact.id))) return contact;
    const { customerId } = contact;
    return customerId !== null && (await isOnDesk(user, customerId)) ? contact : null;
  };

  const legOf = ({
    agent,
    callId,
    outcome,
    code,
    notes,
    facts,
    afterPbx,
  }: Omit<Leg, 'segments' | keyof ReturnType<typeof handleTimeOf>>): Leg => {
    const segments = segmentsOf(facts);
    return {
      callId,
      agent,
      segments,
      ...handleTimeOf(segments, now()),
      outcome,
      code,
      notes,
      facts,
      afterPbx,
    };
  };

  return {
    open: async (user, contactId) => {
      const contact = await visible(user, contactId);
      if (contact === null) return noContact;
      const [card, legs, consentFacts, recordings, payment, mayPlay, lines, judged, survey] =
        await Promise.all([
          contacts.cardOf(contact),
          findLegsOfContact(database, contact.id),
          findConsentFacts(database, contact.id),
          findRecordings(database, contact.id),
          findPaymentHistory(database, contact.id),
          mayListen(database, user, contact.id),
          findLinesOf(database, contact.id),
          findJudgedOf(database, contact.id),
          readContactSurvey(database, contact.id),
        ]);
      return success({
        card,
        endedAt: contact.endedAt,
        legs: legs.map((leg) => {
          const line = lines.get(leg.callId);
          const verdict = judged.get(leg.callId);
          if (line === undefined) return legOf(leg);
          return { ...legOf(leg), line: { ...line, ...(verdict && { judged: verdict }) } };
        }),
        consentFacts,
        ...(survey === null ? {} : { survey }),
        ...(payment.pauses.length + payment.gaps.length === 0 ? {} : { payment }),
        recordings: recordings
          .filter((recording) => recording.state !== 'failed')
          .map((recording) => ({
            id: recording.id,
            startedAt: recording.startedAt,
            endedAt: recording.endedAt,
            seconds: recording.seconds,
            channels: recording.channels,
            playable: recording.state === 'stopped' && mayPlay,
            ...withdrawnOf(recording),
            ...pausesOf(recording),
          })),
      });
    },
    link: async (user, contactId, customerId) => {
      const contact = await findContact(database, contactId);
      if (contact === null || !(await maySee(database, user, contact.id))) return noContact;
      const [customer] = await findCustomerSummaries(database, [customerId]);
      if (customer === undefined) return refused('not_found', 'there is no such customer');
      await setCustomer(database, contact.id, customerId);
      const card = await contacts.changed(contact.callKey);
      return card === null ? noContact : success(card);
    },
    recording: async (user, contactId, recordingId) => {
      if (!(await mayListen(database, user, contactId))) return noRecording;
      const recording = (await findRecordings(database, contactId)).find(
        (each) => each.id === recordingId && each.state === 'stopped',
      );
      return recording === undefined ? noRecording : success(recording);
    },
  };
};
