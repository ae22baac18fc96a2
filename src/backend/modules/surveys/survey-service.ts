import type {
  ContactSurvey,
  DeskSurvey,
  PostSurveyAnswer,
  SurveyLink,
  SurveyOffer,
} from '../../../shared/api/surveys.ts';
import type { User } from '../../../shared/api/records.ts';
import { languageOfCountry } from '../../../shared/domain/consent/keypad-prompt.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { surveyLink } from '../../../shared/domain/survey/link.ts';
import { isScore, scoreRange, surveyOutcome } from '../../../shared/domain/survey/survey.ts';
import { surveyDecision } from '../../../shared/domain/survey/who-is-asked.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import type { ContactRow } from '../contacts/card.ts';
import { findContact, findContactByCallKey, findPartsOf } from '../contacts/contact-repository.ts';
import { surveyTermsOf, showSurveys, type QueueSurvey } from './survey-centre.ts';
import {
  answerSurvey,
  beginSurvey,
  findLastAgent,
  findQueueOfLeg,
  findQueueSurvey,
  findSurvey,
  findSurveyFacts,
  saveOffer,
} from './survey-repository.ts';

/** What agents, pages and the company's own survey do about surveys; what the PBX does is `keypad-surveys.ts`. */
export type Surveys = {
  readonly deskPart: () => Promise<{ readonly surveys?: DeskSurvey[] }>;
  readonly offer: (user: User, callKey: string, offered: boolean) => Promise<Answer<SurveyOffer>>;
  readonly link: (user: User, callKey: string) => Promise<Answer<SurveyLink>>;
  readonly answer: (given: PostSurveyAnswer) => Promise<Answer<null>>;
};

type Needs = {
  readonly database: Database;
  /** Whether the PBX asks by keypad. */
  readonly hasKeypad: boolean;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
  readonly now: Now;
};

type Partaken = {
  readonly contact: ContactRow;
  readonly queue: string;
  readonly survey: QueueSurvey;
};

const notYours = refused('not_found', 'there is no such call among yours');

export const readContactSurvey = async (
  database: Pick<Database, 'query'>,
  contactId: string,
): Promise<ContactSurvey | null> => {
  const row = await findSurvey(database, contactId);
  if (row === null) return null;
  const { way, kind, why, asksResolved, askedAt, score, resolved } = row;
  return { way, kind, why, asksResolved, askedAt, score, resolved, outcome: surveyOutcome(row) };
};

export const createSurveys = ({ database, hasKeypad, country, now }: Needs): Surveys => {
  /** A call that this agent has, or had a moment ago, and the survey of the queue that it came from. */
  const partOf = async (user: User, callKey: string): Promise<Answer<Partaken>> => {
    const contact = await findContactByCallKey(database, callKey);
    if (contact === null) return notYours;
    if (!(await findPartsOf(database, [contact.id], user.id)).has(contact.id)) return notYours;
    const queue = await findQueueOfLeg(database, contact.id, user.id);
    const survey = await findQueueSurvey(database, queue);
    if (queue === null || survey === null)
      return refused('not_supported', 'the queue of this call has no survey');
    return success({ contact, queue, survey });
  };

  const decide = async ({ contact, survey }: Partaken) => {
    const facts = await findSurveyFacts(database, contact);
    const call = { ...facts, contactId: contact.id, direction: contact.direction };
    const decision = surveyDecision(
      surveyTermsOf(survey),
      { ...call, offered: true, talkedMs: 0, transferredOut: false },
      { way: survey.way, now: now() },
    );
    return { facts, decision };
  };

  const languageOf = (contact: ContactRow, ofRecord: string | null): string => {
    const caller = parsePhoneNumber(contact.remoteNumber, country)?.country ?? country;
    const known = [ofRecord?.split('-')[0]?.toLowerCase(), languageOfCountry(caller)];
    return known.find((language) => language !== undefined && language !== '') ?? 'en';
  };

  const answer = async (given: PostSurveyAnswer): Promise<Answer<null>> => {
    const { contactId, score = null, resolved = null } = given;
    if (score === null && resolved === null)
      return refused('invalid', 'neither score nor resolved is there');
    const contact = await findContact(database, contactId);
    if (contact === null) return refused('not_found', 'there is no such contact');
    const queue = await findQueueOfLeg(database, contactId, null);
    const survey = await findQueueSurvey(database, queue);
    const row = await findSurvey(database, contactId);
    const kind = row?.kind ?? survey?.kind;
    if (kind === undefined || queue === null || (row?.way ?? survey?.way) !== 'link')
      return refused('conflict', 'the customer of this contact was not asked by a link');
    if (score !== null && !isScore(kind, score)) {
      const { lowest, highest } = scoreRange[kind];
      return refused('invalid', `score is ${String(lowest)} to ${String(highest)} in this survey`);
    }
    return database.transaction(async (transaction): Promise<Answer<null>> => {
      if (row === null) {
        // The company handed the address out by itself.
        await beginSurvey(transaction, {
          ...{ contactId, queue, kind, way: 'link', why: 'share', wordingVersion: '' },
          agentId: await findLastAgent(transaction, contactId),
          asksResolved: survey?.resolved ?? false,
          language: '',
          at: now(),
        });
      }
      const stored = { contactId, way: 'link', score, resolved, at: now() } as const;
      return (await answerSurvey(transaction, stored))
        ? success(null)
        : refused('conflict', 'this survey was answered already');
    });
  };

  return {
    deskPart: async () => {
      const surveys = [...(await showSurveys(database))]
        .filter(([, { way }]) => way === 'link' || hasKeypad)
        .map(([queue, { way, kind }]) => ({ queue, way, kind }));
      return surveys.length === 0 ? {} : { surveys };
    },
    offer: async (user, callKey, offered) => {
      const part = await partOf(user, callKey);
      if (!part.ok) return part;
      const { contact, survey } = part.value;
      if (survey.way !== 'keypad' || !hasKeypad)
        return refused('not_supported', 'this queue does not ask by keypad');
      if (contact.endedAt !== null) return refused('conflict', 'the call is over');
      await saveOffer(database, { contactId: contact.id, agentId: user.id, offered, at: now() });
      const { decision } = await decide(part.value);
      return success({ callKey, offered, rests: !decision.ask && decision.why === 'asked_lately' });
    },
    link: async (user, callKey) => {
      const part = await partOf(user, callKey);
      if (!part.ok) return part;
      const { contact, queue, survey } = part.value;
      const { template, kind, resolved = false } = survey;
      if (survey.way !== 'link' || template === undefined)
        return refused('not_supported', 'this queue has no link to a survey');
      const { facts, decision } = await decide(part.value);
      // The same address as often as it is asked for.
      if (!decision.ask && decision.why !== 'already_asked') {
        return refused(
          'conflict',
          decision.why === 'asked_lately'
            ? 'this customer was asked a short while ago'
            : `nobody is asked after this call: ${decision.why}`,
        );
      }
      const language = languageOf(contact, facts.customerLanguage);
      const values = { contact: contact.id, queue, agent: user.username, language };
      const url = surveyLink(template, values);
      if (!url.ok) return refused('not_supported', `the template ${url.why}`);
      const begun = { contactId: contact.id, queue, agentId: user.id, way: 'link', kind } as const;
      const how = { asksResolved: resolved, why: 'agent', wordingVersion: '' } as const;
      await beginSurvey(database, { ...begun, ...how, language, at: now() });
      return success({ url: url.value });
    },
    answer,
  };
};
