import { setTimeout as wait } from 'node:timers/promises';
import {
  keypadLanguage,
  keypadPromptFor,
  keypadWordingVersion,
  languageOfCountry,
} from '../../../shared/domain/consent/keypad-prompt.ts';
import type { ConsentRule } from '../../../shared/domain/consent/rule.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database, type Queryable } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { KeypadPrompt, Pbx, PbxEvent } from '../../pbx/pbx.ts';
import { storeConsentFact } from '../consent/keep-consents.ts';
import type { ContactRow } from '../contacts/card.ts';
import { findConsentFacts } from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { findPolicy } from '../recording/recording-repository.ts';
import type { Recordings } from '../recording/recording-service.ts';
import { keypadFacts, type KeypadAnswer } from './keypad-facts.ts';
import { findKeypadQueues, findKeypadTerms } from './keypad-repository.ts';

/** Has callers asked about recording by keypad, and keeps what they say. */
export type KeypadConsent = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly contacts: Pick<Contacts, 'ensure' | 'changed'>;
  readonly recordings: Pick<Recordings, 'reconsider'>;
  readonly ruleOf: (contact: ContactRow, agentIds: readonly string[]) => Promise<ConsentRule>;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
  readonly now: Now;
  readonly log: Log;
};

type PromptWanted = Extract<PbxEvent, { readonly kind: 'prompt_wanted' }>;

/** Which queues ask may have been changed by a command: looked at as somebody calls, and not more often than this. */
const queuesEveryMs = 10_000;
const databaseRetryMs = 500;
const databasePatienceMs = 120_000;

export const createKeypadConsent = (needs: Needs): KeypadConsent => {
  const { database, pbx, contacts, recordings, ruleOf, country, now, log } = needs;
  /** What the PBX was told of each queue; it may have forgotten when it comes back. */
  const told = new Map<string, boolean>();
  let toldAt = Number.NEGATIVE_INFINITY;
  let unsubscribe: (() => void) | null = null;
  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a caller could not be asked by keypad, or not be heard');
  });

  const contactOf = (
    queryable: Queryable,
    event: PromptWanted | KeypadAnswer,
  ): Promise<ContactRow> => {
    const { remoteNumber, remoteName } =
      event.kind === 'prompt_wanted' ? event : { remoteNumber: '', remoteName: '' };
    const { callKey, at, queue: name } = event;
    const call = { callKey, at, queue: name, remoteNumber, remoteName, queued: false };
    return contacts.ensure(queryable, { ...call, origin: 'pbx', direction: 'inbound' });
  };

  const promptOf = async (event: PromptWanted): Promise<KeypadPrompt | null> => {
    const contact = await contactOf(database, event);
    const [terms, facts, { policy }] = await Promise.all([
      findKeypadTerms(database, event.queue, contact.customerId),
      findConsentFacts(database, contact.id),
      // The queue that the recording goes by: the first one of the call.
      findPolicy(database, contact.queue),
    ]);
    if (terms.language === null) return null;
    const { need, rulesVersion } = await ruleOf(contact, terms.agentIds);
    const kind = keypadPromptFor(facts, { need, policy });
    if (kind === null) return null;
    const caller = parsePhoneNumber(contact.remoteNumber, country)?.country ?? country;
    const own = [terms.customerLanguage ?? '', languageOfCountry(caller)];
    const language = keypadLanguage([
      ...(terms.language === 'customer' ? own : [terms.language]),
      languageOfCountry(country),
    ]);
    return { kind, language, wordingVersion: keypadWordingVersion, ruleVersion: rulesVersion };
  };

  const wanted = (event: PromptWanted): void => {
    void queue.add(event.callKey, async () => {
      const prompt = await promptOf(event);
      const played = await pbx.playPrompt(event.callKey, prompt);
      if (!played.ok && played.why.code !== 'no_such_call')
        log.warn({ callKey: event.callKey, why: played.why.message }, 'no prompt was played');
    });
  };

  /** Whether it was news. */
  const keep = (event: KeypadAnswer): Promise<boolean> =>
    database.transaction(async (transaction) => {
      const contact = await contactOf(transaction, event);
      const who = { contactId: contact.id, customerId: null, agentId: null };
      let isNews = false;
      for (const fact of keypadFacts(event, contact)) {
        if (await storeConsentFact(transaction, { fact, ...who }, now())) isNews = true;
      }
      return isNews;
    });

  const keepPatiently = async (event: KeypadAnswer): Promise<boolean> => {
    for (;;) {
      try {
        return await keep(event);
      } catch (error) {
        const isPatient = isDatabaseAway(error) && now() - event.at < databasePatienceMs;
        if (!isPatient || unsubscribe === null) throw error;
        await wait(databaseRetryMs, undefined, { ref: false });
      }
    }
  };

  const answered = (event: KeypadAnswer): void => {
    const { callKey } = event;
    void queue.add(callKey, async () => {
      if (!(await keepPatiently(event))) return;
      recordings.reconsider(callKey);
      await contacts.changed(callKey);
    });
  };

  const tellQueues = async (): Promise<void> => {
    toldAt = now();
    for (const [name, asks] of await findKeypadQueues(database)) {
      if (told.get(name) === asks) continue;
      const set = await pbx.setPromptQueue(name, asks);
      if (set.ok) told.set(name, asks);
      else log.warn({ queue: name, why: set.why.message }, 'the PBX was not told who is asked');
    }
  };

  const take = (event: PbxEvent): void => {
    switch (event.kind) {
      case 'connected':
        told.clear();
        void queue.add('', tellQueues);
        break;
      case 'prompt_wanted':
        wanted(event);
        break;
      case 'keypad_answered':
        answered(event);
        break;
      case 'queue_entered':
        if (now() - toldAt > queuesEveryMs) void queue.add('', tellQueues);
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
