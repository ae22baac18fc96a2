import { fewAnswers, surveyFigures } from '../survey/scores.ts';
import type { SumName, Sums } from './sums.ts';

/** Whose definitions a report follows. What differs is told by `definitionsOf`. */
export const reportViews = ['ringside', 'genesys', 'amazon'] as const;
export type ReportView = (typeof reportViews)[number];

/** What a line of a report stands for. */
export const reportSubjects = ['total', 'agent', 'team', 'queue', 'code'] as const;
export type ReportSubject = (typeof reportSubjects)[number];

/** `score`: 1 to 5. `points`: -100 to 100. */
export type FigureUnit = 'count' | 'milliseconds' | 'share' | 'score' | 'points';

/** Every figure of a line. */
export const figureUnits = {
  offered: 'count',
  answered: 'count',
  abandoned: 'count',
  shortAbandons: 'count',
  leftOtherwise: 'count',
  abandonRate: 'share',
  asaMs: 'milliseconds',
  longestWaitMs: 'milliseconds',
  serviceLevel: 'share',
  rang: 'count',
  handled: 'count',
  ahtMs: 'milliseconds',
  handleMs: 'milliseconds',
  talkMs: 'milliseconds',
  consultMs: 'milliseconds',
  holdMs: 'milliseconds',
  wrapUpMs: 'milliseconds',
  dialMs: 'milliseconds',
  occupancy: 'share',
  busyMs: 'milliseconds',
  readyMs: 'milliseconds',
  notReadyMs: 'milliseconds',
  transferred: 'count',
  transferRate: 'share',
  fcr: 'share',
  missed: 'count',
  missedCounted: 'count',
  surveysAsked: 'count',
  surveysAnswered: 'count',
  surveyRate: 'share',
  csatAnswers: 'count',
  csat: 'score',
  csatHighShare: 'share',
  npsAnswers: 'count',
  nps: 'points',
  resolvedAnswers: 'count',
  resolvedShare: 'share',
} as const satisfies Record<string, FigureUnit>;

export type FigureName = keyof typeof figureUnits;

export const figureNames = Object.keys(figureUnits) as readonly FigureName[];

/** Counts, milliseconds, shares from 0 to 1, scores and points. null: nothing to count from, or of no meaning for such a line. */
export type Figures = Readonly<Record<FigureName, number | null>>;

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const mean = (sum: number, count: number): number | null =>
  count > 0 ? Math.round(sum / count) : null;

type Waits = Pick<
  Figures,
  'answered' | 'abandoned' | 'shortAbandons' | 'abandonRate' | 'asaMs' | 'serviceLevel'
>;

const waitsOf = (sums: Sums, view: ReportView): Waits => {
  switch (view) {
    case 'ringside':
      return {
        answered: sums.answered,
        abandoned: sums.abandoned,
        shortAbandons: sums.abandonedShort,
        abandonRate: share(
          sums.abandoned - sums.abandonedShort,
          sums.offered - sums.abandonedShort,
        ),
        asaMs: mean(sums.answerWaitMs, sums.answered),
        serviceLevel: share(sums.answeredInTime, sums.offered - sums.abandonedShort),
      };
    case 'genesys':
      return {
        answered: sums.leftAnswered,
        abandoned: sums.leftAbandoned,
        shortAbandons: sums.leftAbandonedShort,
        abandonRate: share(sums.leftAbandoned, sums.offered),
        asaMs: mean(sums.leftAnswerWaitMs, sums.leftAnswered),
        serviceLevel: share(sums.leftAnsweredInTime, sums.leftAnswered + sums.leftAbandoned),
      };
    case 'amazon':
      return {
        answered: sums.leftAnswered,
        abandoned: sums.leftAbandoned,
        shortAbandons: sums.leftAbandonedShort,
        abandonRate: share(sums.leftAbandoned, sums.offered),
        asaMs: mean(sums.leftAnswerWaitMs, sums.leftAnswered),
        serviceLevel: share(
          sums.leftAnsweredInTime + sums.leftAbandonedInTime,
          sums.leftAnswered + sums.leftAbandoned,
        ),
      };
  }
};

const handleMsOf = (sums: Sums, view: ReportView): number => {
  const worked = sums.talkMs + sums.consultMs + sums.holdMs + sums.wrapUpMs;
  return view === 'genesys' ? worked + sums.dialMs : worked;
};

const busyMsOf = (sums: Sums): number => sums.engagedMs + sums.afterCallMs;

/** A contact that was abandoned waited for no agent in particular. */
const ofNoAgent: readonly FigureName[] = [
  'offered',
  'abandoned',
  'shortAbandons',
  'leftOtherwise',
  'abandonRate',
  'serviceLevel',
  'longestWaitMs',
];
/** Sums that only such figures are made of. */
export const ofNoAgentSums: readonly SumName[] = [
  'offered',
  'abandoned',
  'abandonedShort',
  'leftOtherwise',
  'answeredInTime',
  'abandonedInTime',
  'abandonWaitMs',
  'leftAbandoned',
  'leftAbandonedShort',
  'leftAnsweredInTime',
  'leftAbandonedInTime',
  'leftAbandonWaitMs',
];

/** An agent's time in a state is spent for no queue and no topic in particular. */
const ofAgentsOnly: readonly FigureName[] = ['occupancy', 'busyMs', 'readyMs', 'notReadyMs'];

/** A survey is about an agent and a queue, not about a topic. */
const ofSurveys: readonly FigureName[] = [
  'surveysAsked',
  'surveysAnswered',
  'surveyRate',
  'csatAnswers',
  'csat',
  'csatHighShare',
  'npsAnswers',
  'nps',
  'resolvedAnswers',
  'resolvedShare',
];

const meaningless: Readonly<Record<ReportSubject, readonly FigureName[]>> = {
  total: [],
  queue: ofAgentsOnly,
  agent: ofNoAgent,
  team: ofNoAgent,
  // What a contact is about is known when it is over.
  code: [
    ...ofNoAgent,
    ...ofAgentsOnly,
    ...ofSurveys,
    ...(['answered', 'asaMs', 'rang', 'missed', 'missedCounted'] as const),
  ],
};

/** What the lines of a report stand for, and whether they tell of some agents alone. */
export type ReportScope = { readonly subject: ReportSubject; readonly someAgents: boolean };

export const isMeaningful = (figure: FigureName, { subject, someAgents }: ReportScope): boolean =>
  !meaningless[subject].includes(figure) && !(someAgents && ofNoAgent.includes(figure));

type Line = {
  readonly sums: Sums;
  readonly longestWaitMs: number | null;
  readonly view: ReportView;
  readonly scope: ReportScope;
};

/** The figures of one line, by the definitions of a view. */
export const figuresOf = ({ sums, longestWaitMs, view, scope }: Line): Figures => {
  const handleMs = handleMsOf(sums, view);
  const all: Figures = {
    offered: sums.offered,
    leftOtherwise: sums.leftOtherwise,
    ...waitsOf(sums, view),
    longestWaitMs,
    rang: sums.rang,
    handled: sums.handled,
    ahtMs: mean(handleMs, sums.handled),
    handleMs,
    talkMs: sums.talkMs,
    consultMs: sums.consultMs,
    holdMs: sums.holdMs,
    wrapUpMs: sums.wrapUpMs,
    dialMs: sums.dialMs,
    occupancy: share(busyMsOf(sums), busyMsOf(sums) + sums.readyMs),
    busyMs: busyMsOf(sums),
    readyMs: sums.readyMs,
    notReadyMs: sums.notReadyMs,
    transferred: sums.transferred,
    transferRate: share(sums.transferred, sums.handled),
    fcr: share(sums.firstContacts - sums.firstRepeated, sums.firstContacts),
    missed: sums.missed,
    missedCounted: sums.missedCounted,
    surveysAsked: sums.surveysAsked,
    surveysAnswered: sums.surveysAnswered,
    csatAnswers: sums.csatAnswers,
    npsAnswers: sums.npsAnswers,
    resolvedAnswers: sums.resolvedAnswers,
    ...surveyFigures(sums),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      isMeaningful(name as FigureName, scope) ? value : null,
    ]),
  ) as Figures;
};

/** From how many answers a figure is made, where few of them make it say little. */
const answersOf = {
  surveyRate: 'surveysAsked',
  csat: 'csatAnswers',
  csatHighShare: 'csatAnswers',
  nps: 'npsAnswers',
  resolvedShare: 'resolvedAnswers',
} as const satisfies Partial<Record<FigureName, FigureName>>;

/** How many answers stand behind a figure of surveys, and whether those are too few; null: another figure. */
export const answersBehind = (
  figure: FigureName,
  figures: Figures,
): { readonly count: number; readonly few: boolean } | null => {
  if (!(figure in answersOf)) return null;
  // Asked for just now.
  const count = figures[answersOf[figure as keyof typeof answersOf]] ?? 0;
  return { count, few: count < fewAnswers };
};
