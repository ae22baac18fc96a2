import type {
  OwnReportQuery,
  Report,
  ReportLine,
  ReportQuery,
} from '../../../shared/api/reports.ts';
import type { User } from '../../../shared/api/records.ts';
import { definitionsOf } from '../../../shared/domain/reporting/definitions.ts';
import {
  figuresOf,
  type ReportScope,
  type ReportSubject,
  type ReportView,
} from '../../../shared/domain/reporting/figures.ts';
import {
  dayAround,
  intervalsBetween,
  type Interval,
  type RangeProblem,
} from '../../../shared/domain/reporting/intervals.ts';
import { addSums, type Sums } from '../../../shared/domain/reporting/sums.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { readLongestWaits, readNames, readSums, type SumsRow } from './report-repository.ts';
import { sightOf, type Sight } from './report-sight.ts';

export type Reports = {
  /** As far as this user may see: a supervisor the own team, one without a team and an administrator everything. */
  readonly of: (user: User, query: ReportQuery) => Promise<Answer<Report>>;
  /** The user's own figures; of today where no range is given. */
  readonly mine: (user: User, query: OwnReportQuery) => Promise<Answer<Report>>;
  readonly lines: ReportLines;
};

export type LinesAsked = {
  /** One behind the other. */
  readonly intervals: readonly Interval[];
  readonly by: ReportSubject;
  readonly view: ReportView;
  readonly sight: Sight;
  /** All keys of an interval in one line. */
  readonly merged?: boolean;
  /** That one alone. */
  readonly key?: string;
};

export type ReportLines = (asked: LinesAsked) => Promise<Answer<readonly ReportLine[]>>;

type Needs = {
  readonly database: Database;
  readonly now: Now;
  /** The centre's own. */
  readonly timeZone: string;
};

/** Nobody reads more; whoever computes with them asks piece by piece. */
const maximumLines = 50_000;

const words: Readonly<Record<RangeProblem, string>> = {
  unknown_zone: 'query/zone unknown_zone: it is no name of the IANA time zone database',
  not_a_time:
    'query/from or query/to not_a_time: a date, a date with time, or an instant with Z or an offset is needed',
  empty_range: 'query/to empty_range: it must be later than query/from',
  range_too_long: 'query/to range_too_long: the range is too long for this interval',
  interval_does_not_divide:
    'query/interval interval_does_not_divide: query/from and query/to must be where an interval begins in this zone',
};

type Group = { sums: Sums; readonly missedByCause: Record<string, number> };

const groupsOf = (rows: readonly SumsRow[], merged: boolean): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>();
  for (const { place, key, cause, ...sums } of rows) {
    const name = `${String(place)} ${merged ? '' : key}`;
    const known = groups.get(name);
    const group = known ?? { sums, missedByCause: {} };
    if (known !== undefined) known.sums = addSums(known.sums, sums);
    if (cause !== '' && sums.missed !== 0) {
      group.missedByCause[cause] = (group.missedByCause[cause] ?? 0) + sums.missed;
    }
    groups.set(name, group);
  }
  return groups;
};

export const createReports = ({ database, now, timeZone }: Needs): Reports => {
  const longestWaits = async ({
    scope,
    intervals,
    bounds,
    sight: { queues },
    merged,
  }: Pick<LinesAsked, 'intervals' | 'sight'> & {
    readonly scope: ReportScope;
    readonly bounds: readonly number[];
    readonly merged: boolean;
  }): Promise<ReadonlyMap<string, number>> => {
    const { subject } = scope;
    if (scope.someAgents || (subject !== 'total' && subject !== 'queue')) return new Map();
    const longest = new Map<string, number>();
    for (const { place, queue, waitMs } of await readLongestWaits(database, {
      bounds,
      queues,
      now: now(),
    })) {
      if (place > intervals.length) continue;
      const name = `${String(place)} ${subject === 'queue' && !merged ? queue : ''}`;
      longest.set(name, Math.max(waitMs, longest.get(name) ?? 0));
    }
    return longest;
  };

  const linesOf: ReportLines = async ({ intervals, by, view, sight, merged = false, key }) => {
    const last = intervals.at(-1);
    if (last === undefined) return success([]);
    const bounds = [...intervals.map((each) => each.from), last.to];
    const scope: ReportScope = { subject: by, someAgents: sight.agentIds !== null };
    const [read, longest, names] = await Promise.all([
      readSums(database, { by, bounds, ...sight, now: now(), limit: maximumLines + 1 }),
      longestWaits({ scope, intervals, bounds, sight, merged }),
      readNames(database, by),
    ]);
    if (read.length > maximumLines) {
      return refused('invalid', 'query/interval too_many_lines: ask for less at once');
    }
    const rows = key === undefined ? read : read.filter((row) => row.key === key);
    const lines: ReportLine[] = [];
    for (const [name, { sums, missedByCause }] of groupsOf(rows, merged)) {
      const space = name.indexOf(' ');
      const own = name.slice(space + 1);
      const place = intervals[Number(name.slice(0, space)) - 1];
      if (place === undefined) continue;
      const longestWaitMs = longest.get(name) ?? null;
      const figures = figuresOf({ sums, longestWaitMs, view, scope });
      // Corrected to nothing, or nothing of what such a line tells.
      if (Object.values(figures).every((value) => value === null || value === 0)) continue;
      const causes = figures.missed === null ? {} : missedByCause;
      const named = { key: own, name: names.get(own) ?? '' };
      lines.push({ ...place, ...named, figures, missedByCause: causes });
    }
    return success(lines);
  };

  const report = async (query: ReportQuery, sight: Sight): Promise<Answer<Report>> => {
    const { from, to, interval = 'day', by = 'total', zone = timeZone, view = 'ringside' } = query;
    const found = intervalsBetween({ from, to, interval, zone });
    if (!found.ok) return refused('invalid', words[found.why]);
    const intervals = found.value;
    const [first] = intervals;
    const last = intervals.at(-1);
    if (first === undefined || last === undefined) return refused('invalid', words.empty_range);
    const readAt = now();
    const lines = await linesOf({ intervals, by, view, sight });
    if (!lines.ok) return lines;
    const scope: ReportScope = { subject: by, someAgents: sight.agentIds !== null };
    return success({
      view,
      by,
      interval,
      zone,
      from: first.from,
      to: last.to,
      readAt,
      definitions: definitionsOf(view, scope),
      lines: lines.value,
    });
  };

  return {
    of: async (user, query) => report(query, await sightOf(database, user, query.by)),
    lines: linesOf,
    mine: async (user, { from, to, ...query }) => {
      const sight: Sight = { agentIds: [user.id], queues: null };
      if (from !== undefined && to !== undefined) return report({ ...query, from, to }, sight);
      if (from !== undefined || to !== undefined) return refused('invalid', words.not_a_time);
      const today = dayAround(now(), query.zone ?? timeZone);
      return today.ok
        ? report({ ...query, ...today.value }, sight)
        : refused('invalid', words[today.why]);
    },
  };
};
