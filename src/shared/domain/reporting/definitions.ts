import {
  figureNames,
  figureUnits,
  isMeaningful,
  type FigureName,
  type FigureUnit,
  type ReportScope,
  type ReportView,
} from './figures.ts';

/**
 * What each figure of a report means, as data that the answer of the API carries; `key` names the figure for good. Where
 * vendors count the same word differently, each view has its own words.
 */
export type Definition = {
  readonly key: string;
  readonly unit: FigureUnit;
  /** The formula in words. */
  readonly text: string;
};

type Words = string | Readonly<Record<ReportView, string>>;

const atEntry = 'Counted in the interval in which it entered the queue.';
const atLeaving = 'Counted in the interval in which it left the queue.';
const atWrapUp = 'Counted in the interval in which the wrap-up was completed.';
const asItPassed = 'in the interval in which it passed.';

const ofWait = (text: string): Words => ({
  ringside: `${text} ${atEntry}`,
  genesys: `${text} ${atLeaving}`,
  amazon: `${text} ${atLeaving}`,
});

const atAsking = 'Counted in the interval in which it was asked, however late it is answered.';

const figures: Readonly<Record<FigureName, Words>> = {
  offered: `Contacts that entered the queue; one that is handed to another queue enters that one as well. ${atEntry}`,
  answered: ofWait('Contacts from the queue that an agent answered; for an agent, by that agent.'),
  abandoned: ofWait('Contacts that hung up in the queue before an answer, short ones included.'),
  shortAbandons: ofWait(
    "Abandoned contacts that waited less than the queue's limit for short abandons.",
  ),
  leftOtherwise: `Contacts that the queue gave up, or that vanished while nobody was told how. ${atEntry}`,
  abandonRate: {
    ringside: '(abandoned - short abandons) / (offered - short abandons)',
    genesys: 'abandoned / offered, short abandons included',
    amazon: 'abandoned / offered, short abandons included',
  },
  asaMs:
    'Average speed of answer: time from entering the queue to the answer, over answered contacts / answered',
  longestWaitMs:
    'The longest time that a contact which entered in the interval waited, whatever became of it; one that still waits counts up to now.',
  serviceLevel: {
    ringside:
      "answered within the queue's target / (offered - short abandons); a contact that still waits is not within it yet",
    genesys: "answered within the queue's target / (answered + abandoned)",
    amazon:
      "(answered within the queue's target + abandoned within it) / (answered + abandoned): a contact that gave up in time counts as a success",
  },
  rang: "Calls of a queue that rang at the agent's phone. Counted in the interval in which they began to ring.",
  handled: `Calls that were answered and whose wrap-up is complete, of both directions, questions to colleagues left out; after a transfer, one for each agent. ${atWrapUp}`,
  ahtMs: {
    ringside: '(talk + consult + hold + wrap-up) / handled',
    genesys: '(talk + consult + hold + wrap-up + dialling) / handled',
    amazon: '(talk + consult + hold + after contact work) / handled',
  },
  handleMs: {
    ringside: `talk + consult + hold + wrap-up. ${atWrapUp}`,
    genesys: `talk + consult + hold + wrap-up + dialling. ${atWrapUp}`,
    amazon: `talk + consult + hold + after contact work. ${atWrapUp}`,
  },
  talkMs: `Connected and not on hold. ${atWrapUp}`,
  consultMs: `With a colleague about the customer, who is on hold meanwhile. ${atWrapUp}`,
  holdMs: `On hold, consults left out. ${atWrapUp}`,
  wrapUpMs: `From the end of the call to the completion of its wrap-up. ${atWrapUp}`,
  dialMs: `From dialling to the answer, of calls that were answered. ${atWrapUp}`,
  occupancy:
    "busy / (busy + ready), by the agent's state: however many calls at once, a minute counts once. Ringing is neither.",
  busyMs: `Time in calls and wrap-ups by the agent's state, ${asItPassed}`,
  readyMs: `Time in the state ready, ${asItPassed}`,
  notReadyMs: `Time in the state not ready, ${asItPassed}`,
  transferred: `Handled calls that the agent handed over. ${atWrapUp}`,
  transferRate: 'transferred / handled',
  fcr: 'First contact resolution: inbound contacts of known customers after which the same customer did not call again about the same topic (queue and wrap-up code) within the days that the queue sets, seven unless it says otherwise / inbound contacts of known customers. Later contacts still change it for so long. Neither Genesys nor Amazon has such a figure.',
  missed: {
    ringside:
      'Offers that the agent did not take, whatever the cause; missedByCause tells the causes apart. Counted in the interval in which they ended.',
    genesys:
      'Offers that were not answered in the alerting time, whatever the cause. Counted in the interval in which they ended.',
    amazon:
      'Agent non-response: offers that were not answered, human and technical together. Counted in the interval in which they ended.',
  },
  missedCounted:
    'Missed offers that a person did not answer; technical causes are left out. Counted in the interval in which they ended.',
  surveysAsked: `Contacts whose customer was asked after the call, by keypad or by a link; for an agent, who had the customer last. ${atAsking}`,
  surveysAnswered: `Surveys with an answer to at least one question. ${atAsking}`,
  surveyRate: 'surveysAnswered / surveysAsked',
  csatAnswers: `Answers to the question how satisfied the customer is. ${atAsking}`,
  csat: 'Customer satisfaction: sum of the scores, 1 to 5 / csatAnswers',
  csatHighShare: 'scores of 4 and 5 / csatAnswers',
  npsAnswers: `Answers to the question how likely the customer is to recommend the company. ${atAsking}`,
  nps: 'Net promoter score: (scores of 9 and 10 - scores of 0 to 6) / npsAnswers, in points from -100 to 100',
  resolvedAnswers: `Answers to the question whether the matter is resolved. ${atAsking}`,
  resolvedShare: 'answers that it is resolved / resolvedAnswers',
};

export type Definitions = Readonly<Partial<Record<FigureName, Definition>>>;

/** The definitions of the figures that such lines have. */
export const definitionsOf = (view: ReportView, scope: ReportScope): Definitions =>
  Object.fromEntries(
    figureNames
      .filter((name) => isMeaningful(name, scope))
      .map((name): [FigureName, Definition] => {
        const words = figures[name];
        const text = typeof words === 'string' ? words : words[view];
        return [name, { key: `report.${name}`, unit: figureUnits[name], text }];
      }),
  );
