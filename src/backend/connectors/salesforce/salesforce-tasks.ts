import { success } from '../../../shared/result.ts';
import type { RepeatedAsk } from '../ask.ts';
import { textOfCall } from '../call-text.ts';
import type { CallRecord, Connection, Logged, Opened } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { fittedPart, othersLength, ownMarksOf, withOwnPart } from '../own-part.ts';
import { idsSchema, taskSchema } from './salesforce-answers.ts';
import { soqlText } from './salesforce-queries.ts';
import { lightningPage, type SalesforceRequests } from './salesforce-requests.ts';

/** Task (Object Reference): Subject, CallDisposition and CallObject; Description. */
const longestText = 255;
const longestDescription = 32_000;
const longestDuration = 99_999_999;

/**
 * `WhoId` is a contact or a lead, `WhatId` anything else. A task of a lead has no WhatId (FIELD_INTEGRITY_EXCEPTION): where
 * both were chosen the case stays, since that is what the call was about.
 */
const relationsOf = ({ person, ticket }: CallRecord): Readonly<Record<string, string>> => {
  const what = ticket ?? (person?.type === 'Account' ? person : undefined);
  const isWho = person?.type === 'Contact' || (person?.type === 'Lead' && what === undefined);
  return {
    ...(isWho ? { WhoId: person.id } : {}),
    ...(what === undefined ? {} : { WhatId: what.id }),
  };
};

const dispositionOf = ({ mappedDisposition, disposition }: CallRecord) => {
  const word = mappedDisposition ?? disposition?.label;
  return word === undefined ? {} : { CallDisposition: word.slice(0, longestText) };
};

/** What people wrote into the task stays, and stays whole; null: it leaves no room for ours. */
const descriptionOf = (call: CallRecord, existing: string): string | null => {
  const marks = ownMarksOf(call.callId);
  const gap = '\n\n';
  const room = longestDescription - othersLength(existing, marks) - gap.length;
  const part = fittedPart(`${marks.begin}\n${textOfCall(call, marks.end)}`, marks, room);
  const whole = withOwnPart(existing, marks, part, gap);
  return whole.length > longestDescription ? null : whole;
};

const talkTimeOf = ({ talkSeconds }: CallRecord) =>
  Math.min(longestDuration, Math.max(0, Math.round(talkSeconds)));

const fieldsOf = (call: CallRecord): Readonly<Record<string, unknown>> => ({
  Subject: call.title.replaceAll(/\s+/gu, ' ').slice(0, longestText),
  Status: 'Completed',
  TaskSubtype: 'Call',
  CallType: call.direction === 'inbound' ? 'Inbound' : 'Outbound',
  CallObject: call.callId,
  CallDurationInSeconds: talkTimeOf(call),
  // A day without a time; the account's own day may be another one around midnight.
  ActivityDate: new Date(call.startedAt).toISOString().slice(0, 10),
  Description: descriptionOf(call, ''),
  ...dispositionOf(call),
  ...relationsOf(call),
});

export const tasksOf = (
  requests: SalesforceRequests,
  { settings }: Pick<Opened, 'settings'>,
): Required<Pick<Connection, 'logCall' | 'updateCall'>> => {
  const loggedAs = (id: string): Logged => {
    return { type: 'Task', id, url: lightningPage(settings, 'Task', id) };
  };

  const findLogged = async (callId: string, ask: RepeatedAsk): Promise<Outcome<string | null>> => {
    const soql = `SELECT Id FROM Task WHERE CallObject = ${soqlText(callId)} ORDER BY CreatedDate ASC LIMIT 1`;
    const found = await requests.query('find task', soql, idsSchema, ask);
    return found.ok ? success(found.value.records[0]?.Id ?? null) : found;
  };

  return {
    logCall: async (call, ask) => {
      if (ask.mayExist) {
        const found = await findLogged(call.callId, ask);
        if (!found.ok) return found;
        if (found.value !== null) return success(loggedAs(found.value));
      }
      const made = await requests.create('Task', fieldsOf(call), ask);
      return made.ok ? success(loggedAs(made.value)) : made;
    },
    updateCall: async (logged, call, ask) => {
      const task = await requests.show('Task', logged.id, 'Id,Description', taskSchema, ask);
      if (!task.ok) return task;
      const description = descriptionOf(call, task.value.Description ?? '');
      const fields = {
        CallDurationInSeconds: talkTimeOf(call),
        ...(description === null ? {} : { Description: description }),
        ...dispositionOf(call),
      };
      const changed = await requests.change('Task', logged.id, fields, ask);
      return changed.ok ? success(loggedAs(logged.id)) : changed;
    },
  };
};
