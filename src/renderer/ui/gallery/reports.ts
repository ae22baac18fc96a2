import type {
  ReportChoice,
  ReportContact,
  ReportSheet,
  ReportSheetQuery,
  ReportViewKept,
} from '../../../shared/api/report-sheet.ts';
import type { UiPayload } from '../../../shared/ipc/contract.ts';
import { figuresOf, type Figures } from '../../../shared/domain/reporting/figures.ts';
import { addSums, noSums, type Sums } from '../../../shared/domain/reporting/sums.ts';
import { uuid } from './people.ts';

/** A made-up day of a centre with three queues and six agents, and the same day a week before. */

const hourMs = 3_600_000;
const queues = ['support', 'sales', 'billing'] as const;
const agents = [
  'Ana Ferreira',
  'Carla Nunes',
  'Felix Braun',
  'Hugo Salas',
  'Tom Okafor',
  'Vera Lund',
];
const perHour = [14, 22, 31, 28, 17, 12, 24, 33, 21];

/** The same for the same place: a picture is to be compared with the one before. */
const waved = (...place: readonly number[]): number => {
  const angle = place.reduce((sum, each, index) => sum + each * (1.7 + index * 2.3), 0.9);
  return (Math.sin(angle) + 1) / 2;
};

/** The first line is asked a lot, the others hardly; the last one nobody. */
const surveysOf = (line: number, hour: number): Partial<Sums> => {
  const csatAnswers = line === 0 ? 3 : line === 1 && hour < 3 ? 1 : 0;
  const surveysAsked = csatAnswers * 2;
  const csatHigh = csatAnswers === 3 ? 2 : csatAnswers;
  return {
    ...{ surveysAsked, surveysAnswered: csatAnswers, csatAnswers, csatHigh },
    ...{ csatPoints: csatAnswers === 3 ? 12 : csatAnswers * 5, npsAnswers: csatAnswers },
    ...{ npsPromoters: csatHigh, npsDetractors: csatAnswers - csatHigh },
  };
};

const sumsAt = (week: number, line: number, hour: number): Sums => {
  const base = (perHour[hour] ?? 0) / (line + 1);
  const offered = Math.round(
    base * (week === 0 ? 1 : 0.9) * (0.85 + 0.3 * waved(week, line, hour)),
  );
  const abandonedShort = Math.round(offered * 0.02);
  const abandoned = abandonedShort + Math.round(offered * 0.08 * waved(hour, line, week));
  const answered = offered - abandoned;
  const inTime = Math.round(answered * (0.72 + 0.27 * waved(line, week, hour)));
  const missed = Math.round(waved(hour, week, line) * 2);
  const talkMs = answered * (190_000 + line * 30_000 + 40_000 * waved(hour, line));
  return addSums(noSums, {
    ...{ offered, answered, abandoned, abandonedShort, answeredInTime: inTime },
    ...{ leftAnswered: answered, leftAbandoned: abandoned, leftAbandonedShort: abandonedShort },
    ...{ leftAnsweredInTime: inTime, answerWaitMs: answered * 13_400, rang: answered + missed },
    ...{ leftAnswerWaitMs: answered * 13_400, abandonWaitMs: abandoned * 44_000 },
    ...{ handled: answered, talkMs, holdMs: talkMs * 0.08, wrapUpMs: answered * 46_000 },
    ...{ transferred: Math.round(answered * 0.07), missed, missedCounted: Math.min(missed, 1) },
    ...{ engagedMs: talkMs, afterCallMs: answered * 46_000, readyMs: talkMs * 0.35 },
    ...{
      notReadyMs: talkMs * 0.1,
      firstContacts: answered,
      firstRepeated: Math.round(answered / 9),
    },
    ...surveysOf(line, hour),
  });
};

const added = (parts: readonly Sums[]): Sums => parts.reduce((a, b) => addSums(a, b), noSums);

export const reportSheetOf = (now: number, query: ReportSheetQuery): ReportSheet => {
  const { by, view, interval, key } = query;
  const from = now - (now % 86_400_000);
  const lines: readonly (readonly [key: string, name: string])[] =
    by === 'queue'
      ? queues.map((name) => [name, name])
      : by === 'agent'
        ? agents.map((name, index) => [uuid(700 + index), name])
        : by === 'team'
          ? [['north', 'North']]
          : by === 'code'
            ? [
                ['resolved', 'Resolved'],
                ['follow_up', 'Follow-up'],
              ]
            : [['', '']];
  const scope = { subject: by, someAgents: false } as const;
  const figures = (sums: Sums, longestWaitMs = 94_000): Figures =>
    figuresOf({ sums, longestWaitMs, view, scope });
  const hours = perHour.map((_, hour) => hour);
  const places = lines.flatMap(([name], line) => (key === undefined || key === name ? [line] : []));
  const whole = (week: number, of: readonly number[]): Figures =>
    figures(added(of.flatMap((line) => hours.map((hour) => sumsAt(week, line, hour)))));
  const ofQueues = by === 'queue' || by === 'total';
  const target = {
    serviceLevel: ofQueues ? 0.8 : null,
    ahtMs: by === 'queue' && key !== undefined ? 270_000 : null,
  };
  return {
    ...{ by, view, interval, key: key ?? null, zone: 'UTC', from, to: from + 24 * hourMs },
    before: { from: from - 168 * hourMs, to: from - 151 * hourMs, weeks: 1 },
    readAt: from + 16.6 * hourMs,
    total: { now: whole(0, places), before: whole(1, places) },
    target,
    trend: Array.from({ length: 24 }, (_, hour) => {
      const at = (week: number): Figures | null =>
        hour < 8 || hour > 16
          ? null
          : figures(added(places.map((line) => sumsAt(week, line, hour - 8))));
      const begun = from + hour * hourMs;
      return {
        ...{ from: begun, to: begun + hourMs, local: new Date(begun).toISOString().slice(0, 16) },
        ...{ now: at(0), before: at(1) },
      };
    }),
    rows: lines.map(([name, words], line) => ({
      ...{ key: name, name: words, now: whole(0, [line]), before: whole(1, [line]) },
      missedByCause: { not_answered: 3 + line, offline: line % 2, asleep: 1 },
      target: { serviceLevel: ofQueues ? 0.8 : null, ahtMs: ofQueues ? 270_000 : null },
    })),
  };
};

export const reportContactsOf = (
  now: number,
  { figure, cause, after }: UiPayload<'reports.contacts'>,
): { readonly contacts: ReportContact[]; readonly next: string | null } => {
  const isMissed = figure === 'missed' || figure === 'missedCounted';
  const isWait = ['offered', 'serviceLevel', 'abandoned', 'asaMs', 'answered'].includes(figure);
  const first = after === undefined ? 0 : 6;
  return {
    contacts: [
      'Marta Villanueva Ruiz',
      '+44 20 7946 0120',
      'José Núñez',
      'Nora Whitfield',
      '',
      'Ian Holt',
    ].map((who, index) => ({
      id: String(first + index),
      contactId: who === '' ? null : uuid(600),
      at: now - (first + index) * 1_900_000,
      who,
      queue: queues[index % 3] ?? null,
      agent: who === '' ? null : { id: uuid(700), name: agents[index] ?? '' },
      how: isWait ? (index % 3 === 0 ? 'abandoned' : 'answered') : null,
      waitMs: isWait || isMissed ? 94_000 - index * 9_000 : null,
      code: isWait || isMissed ? null : 'resolved',
      handleMs: isWait || isMissed ? null : 512_000 - index * 41_000,
      partMs: null,
      cause: isMissed ? (cause ?? 'not_answered') : null,
    })),
    next: after === undefined ? '5_5' : null,
  };
};

const choice: ReportChoice = {
  ...{ section: 'figures', period: 'last_week', interval: 'day', by: 'queue', view: 'ringside' },
  figure: 'serviceLevel',
};

export const reportViewsOf = (): ReportViewKept[] => [
  {
    ...{ id: uuid(810), name: 'Monday’s numbers', shared: true, choice },
    owner: { id: uuid(1), name: 'Lucía Prado' },
  },
  {
    ...{ id: uuid(811), name: 'Who called again', shared: true },
    choice: { ...choice, figure: 'fcr', period: 'last_28_days' },
    owner: { id: uuid(2), name: 'Rosa Lindqvist' },
  },
];
