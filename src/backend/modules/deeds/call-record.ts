import { otherCodes } from '../../../shared/api/connections.ts';
import type { ContactAddress } from '../contacts/contact-open-page.ts';
import type { CallContent, EscalationContent } from './deed-content.ts';
import type { CallElsewhere, CallFacts, CallLeg } from './call-facts.ts';
import { callWords, type CallLanguage } from './call-words.ts';

/** How a call reads in another system; composed here alone, so that it says the same everywhere. */

export type Wording = {
  readonly language: CallLanguage;
  readonly timeZone: string;
  /** Where the contact is opened from there, with its recording for whoever may listen; null: nowhere. */
  readonly addressOf: ContactAddress;
};

type Line = { readonly label: string; readonly value: string };

const moment = (at: number, { language, timeZone }: Omit<Wording, 'addressOf'>): string =>
  new Intl.DateTimeFormat(language, {
    ...{ dateStyle: 'medium', timeStyle: 'short' },
    timeZone,
    ...(language === 'en' ? { hourCycle: 'h23' } : {}),
  }).format(at);

/** `4:05`, `1:00:09`. */
const length = (seconds: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = two(Math.floor(seconds % 60));
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${rest}` : `${String(minutes)}:${rest}`;
};

const talkSecondsOf = ({ legs }: Pick<CallFacts, 'legs'>): number =>
  Math.round(legs.reduce((sum, { talkMs }) => sum + talkMs, 0) / 1_000);

const namesOf = (legs: readonly CallLeg[]): readonly string[] => [
  ...new Set(legs.map(({ agent }) => agent)),
];

/** With whose they are, where there are several agents'. */
const notesOf = (legs: readonly CallLeg[]): string => {
  const written = legs.filter(({ notes }) => notes.trim() !== '');
  const isOnes = namesOf(legs).length < 2;
  return written
    .map(({ agent, notes }) => (isOnes ? notes.trim() : `${agent}: ${notes.trim()}`))
    .join('\n');
};

const labelsOf = (legs: readonly CallLeg[], language: CallLanguage): readonly string[] => [
  ...new Set(legs.flatMap(({ codes }) => codes.map(({ label }) => label[language]))),
];

const directionOf = ({ direction, legs }: CallFacts) => legs[0]?.direction ?? direction;

const titleOf = (facts: CallFacts, { language }: Wording): string => {
  const words = callWords[language];
  const queue = facts.queue === null ? [] : [facts.queue[language]];
  const talk = length(talkSecondsOf(facts));
  return [words.title[directionOf(facts)], ...queue, talk].join(', ');
};

const linesOf = (facts: CallFacts, wording: Wording): readonly Line[] => {
  const { language } = wording;
  const words = callWords[language];
  const { legs, queue, number, isRecorded } = facts;
  const agents = namesOf(legs);
  const labels = labelsOf(legs, language);
  const isComplete = legs.every(({ isWrappedUp }) => isWrappedUp);
  const wrapUp = isComplete ? [words.noWrapUp] : [words.wrapUpLater];
  const notes = notesOf(legs);
  return [
    { label: agents.length === 1 ? words.agent : words.agents, value: agents.join(', ') },
    ...(queue === null ? [] : [{ label: words.queue, value: queue[language] }]),
    { label: words.number, value: number === '' ? words.hidden : number },
    { label: words.began, value: moment(facts.startedAt, wording) },
    { label: words.talk, value: length(talkSecondsOf(facts)) },
    { label: words.wrapUp, value: (labels.length === 0 ? wrapUp : labels).join(', ') },
    ...(notes === '' ? [] : [{ label: words.notes, value: notes }]),
    ...(isRecorded ? [{ label: words.recording, value: words.inRingside }] : []),
    { label: words.contact, value: wording.addressOf(facts.contactId) ?? facts.contactId },
  ];
};

/** Of what was said last. */
const dispositionOf = (legs: readonly CallLeg[], language: CallLanguage) => {
  const chosen = legs.findLast(({ codes }) => codes.length > 0)?.codes[0];
  return chosen === undefined ? undefined : { code: chosen.code, label: chosen.label[language] };
};

/** What a code is called at a vendor; unless it is mapped itself, what all others are. */
const outcomeOf = (
  code: string,
  dispositions: Readonly<Record<string, string>>,
): string | undefined => {
  const own = dispositions[code];
  return own === undefined || own === '' ? dispositions[otherCodes] : own;
};

/** The record of a call that is over, for one connection. Its recording has no address of its own: it is heard in the program. */
export const callRecord = (
  facts: CallFacts & { readonly endedAt: number },
  elsewhere: Pick<CallElsewhere, 'person' | 'ticket'> | undefined,
  dispositions: Readonly<Record<string, string>>,
  wording: Wording,
): CallContent => {
  const { legs } = facts;
  const disposition = dispositionOf(legs, wording.language);
  const mapped = disposition === undefined ? undefined : outcomeOf(disposition.code, dispositions);
  return {
    direction: directionOf(facts),
    customerNumber: facts.number,
    companyNumber: legs[0]?.extension ?? '',
    agentName: namesOf(legs).join(', '),
    ...(facts.queue === null ? {} : { queue: facts.queue[wording.language] }),
    startedAt: facts.startedAt,
    answeredAt: Math.min(...legs.map(({ answeredAt }) => answeredAt)),
    endedAt: facts.endedAt,
    talkSeconds: talkSecondsOf(facts),
    title: titleOf(facts, wording),
    lines: linesOf(facts, wording),
    ...(disposition === undefined ? {} : { disposition }),
    ...(mapped === undefined || mapped === '' ? {} : { mappedDisposition: mapped }),
    notes: notesOf(legs),
    ...(elsewhere?.person ? { person: elsewhere.person } : {}),
    ...(elsewhere?.ticket ? { ticket: elsewhere.ticket } : {}),
  };
};

export type Link = EscalationContent['links'][number];

/** What the next tier needs to know, for the agent to read and complete before it goes out. */
export const escalationDraft = (
  facts: CallFacts,
  wording: Omit<Wording, 'addressOf'>,
): Pick<EscalationContent, 'subject' | 'body'> => {
  const { language } = wording;
  const words = callWords[language];
  const labels = labelsOf(facts.legs, language);
  const queue = facts.queue === null ? [] : [facts.queue[language]];
  const about = labels.length > 0 ? labels : [words.title[directionOf(facts)]];
  const customer = [facts.name, facts.number].filter((part) => part !== '').join(', ');
  const notes = notesOf(facts.legs);
  const agents = namesOf(facts.legs).join(', ');
  const body = [
    `${words.summary}: ${[words.title[directionOf(facts)], ...queue, moment(facts.startedAt, wording)].join(', ')}`,
    ...(labels.length === 0 ? [] : [`${words.wrapUp}: ${labels.join(', ')}`]),
    `${words.customer}: ${customer === '' ? words.hidden : customer}`,
    ...(agents === '' ? [] : [`${words.agent}: ${agents}`]),
    '',
    `${words.steps}:`,
    notes === '' ? words.none : notes,
    '',
    `${words.contact}: ${facts.contactId}`,
  ].join('\n');
  return { subject: [...about, ...queue].join(', '), body };
};
