import { setTimeout as wait } from 'node:timers/promises';
import { keypadLanguage, languageOfCountry } from '../../../shared/domain/consent/keypad-prompt.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { resolvedOfKeys, scoreOfKeys } from '../../../shared/domain/survey/keys.ts';
import { surveyDecision } from '../../../shared/domain/survey/who-is-asked.ts';
import { surveyWordingVersion } from '../../../shared/domain/survey/wordings.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import type { KeypadSurvey } from '../../pbx/survey.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { endContact, findContactByCallKey } from '../contacts/contact-repository.ts';
import { surveyTermsOf, type QueueSurvey } from './survey-centre.ts';
import {
  answerSurvey,
  beginSurvey,
  findQueueSurvey,
  findSurveyFacts,
  findSurveyQueues,
  forgetSurvey,
} from './survey-repository.ts';
import { createSurveyTalks } from './survey-talks.ts';

/** Has customers asked by keypad after their calls, and keeps what they say. */
export type KeypadSurveys = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly extensions: Pick<Extensions, 'find'>;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
  readonly now: Now;
  readonly log: Log;
};

type EventOf<Kind extends PbxEvent['kind']> = Extract<PbxEvent, { readonly kind: Kind }>;

/** Which queues ask may have been changed by a command: looked at as somebody calls, and not more often than this. */
const queuesEveryMs = 10_000;
const databaseRetryMs = 500;
const databasePatienceMs = 120_000;

export const createKeypadSurveys = (needs: Needs): KeypadSurveys => {
  const { database, pbx, extensions, country, now, log } = needs;
  /** What the PBX was told of each queue; it may have forgotten when it comes back. */
  const told = new Map<string, boolean>();
  let toldAt = Number.NEGATIVE_INFINITY;
  let unsubscribe: (() => void) | null = null;
  const talks = createSurveyTalks();
  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a customer could not be asked, or not be heard');
  });

  const languageOf = (survey: QueueSurvey, number: string, ofRecord: string | null) => {
    const caller = parsePhoneNumber(number, country)?.country ?? country;
    const { language = 'customer' } = survey;
    const own = [ofRecord ?? '', languageOfCountry(caller)];
    return keypadLanguage([
      ...(language === 'customer' ? own : [language]),
      languageOfCountry(country),
    ]);
  };

  type Begun = { readonly contactId: string; readonly plan: KeypadSurvey };

  /** Writes down that this customer is asked; null: is not. */
  const begin = async ({
    callKey,
    at,
    ...event
  }: EventOf<'survey_wanted'>): Promise<Begun | null> => {
    const talk = talks.of(callKey, at);
    const contact = await findContactByCallKey(database, callKey);
    if (contact === null) return null;
    const [survey, facts, agent] = await Promise.all([
      findQueueSurvey(database, event.queue),
      findSurveyFacts(database, contact),
      talk === null ? null : extensions.find(talk.extension),
    ]);
    const terms = survey === null ? null : surveyTermsOf(survey);
    const decision = surveyDecision(
      terms,
      {
        ...facts,
        contactId: contact.id,
        direction: contact.direction,
        talkedMs: talk?.talkedMs ?? null,
        transferredOut: talk?.transferredOut ?? false,
      },
      { way: 'keypad', now: now() },
    );
    if (!decision.ask || survey === null || terms === null) {
      log.debug({ callKey, why: decision.ask ? 'off' : decision.why }, 'nobody is asked');
      return null;
    }
    const { kind, asksResolved } = terms;
    const language = languageOf(survey, contact.remoteNumber, facts.customerLanguage);
    const isNew = await beginSurvey(database, {
      ...{ contactId: contact.id, queue: event.queue, agentId: agent?.id ?? null },
      ...{ way: 'keypad', kind, asksResolved, why: decision.why },
      ...{ language, wordingVersion: surveyWordingVersion, at },
    });
    return isNew ? { contactId: contact.id, plan: { kind, language, asksResolved } } : null;
  };

  /** A supervisor who listened has heard the call: nobody listens to what the customer presses. */
  const endJoins = async (callKey: string): Promise<void> => {
    const joins = await pbx.runningSupervisions();
    if (!joins.ok) return;
    for (const join of joins.value) {
      if (join.callKey === callKey) await pbx.endSupervision(join.joinId);
    }
  };

  const wanted = (event: EventOf<'survey_wanted'>): void => {
    const { callKey, at } = event;
    void queue.add(callKey, async () => {
      const begun = await begin(event);
      const played = await pbx.playSurvey(callKey, begun?.plan ?? null);
      // For everybody but the customer the call is over.
      await endContact(database, callKey, at);
      if (begun === null) return;
      if (played.ok) await endJoins(callKey);
      else {
        await forgetSurvey(database, begun.contactId);
        if (played.why.code !== 'no_such_call')
          log.warn({ callKey, why: played.why.message }, 'nobody was asked');
      }
    });
  };

  const keep = async ({ callKey, question, keys, at }: EventOf<'survey_answered'>) => {
    const contact = await findContactByCallKey(database, callKey);
    if (contact === null) return;
    const score = question === 'resolved' ? null : scoreOfKeys(question, keys);
    const resolved = question === 'resolved' ? resolvedOfKeys(keys) : null;
    await answerSurvey(database, { contactId: contact.id, way: 'keypad', score, resolved, at });
  };

  const answered = (event: EventOf<'survey_answered'>): void => {
    void queue.add(event.callKey, async () => {
      for (;;) {
        try {
          await keep(event);
          return;
        } catch (error) {
          const isPatient = isDatabaseAway(error) && now() - event.at < databasePatienceMs;
          if (!isPatient || unsubscribe === null) throw error;
          await wait(databaseRetryMs, undefined, { ref: false });
        }
      }
    });
  };

  const tellQueues = async (): Promise<void> => {
    toldAt = now();
    for (const [name, asks] of await findSurveyQueues(database)) {
      if (told.get(name) === asks) continue;
      const set = await pbx.setSurveyQueue(name, asks);
      if (set.ok) told.set(name, asks);
      else log.warn({ queue: name, why: set.why.message }, 'the PBX was not told who is asked');
    }
  };

  const take = (event: PbxEvent): void => {
    talks.take(event);
    switch (event.kind) {
      case 'connected':
        told.clear();
        void queue.add('', tellQueues);
        break;
      case 'queue_entered':
        if (now() - toldAt > queuesEveryMs) void queue.add('', tellQueues);
        break;
      case 'survey_wanted':
        wanted(event);
        break;
      case 'survey_answered':
        answered(event);
        break;
      default:
    }
  };

  return {
    start: () => {
      unsubscribe ??= pbx.subscribe(take);
    },
    stop: async () => {
      unsubscribe?.();
      unsubscribe = null;
      await queue.idle();
    },
    idle: queue.idle,
  };
};
