import type {
  ReportSheet,
  ReportSheetQuery,
  ReportTarget,
} from '../../../shared/api/report-sheet.ts';
import type { ReportLine } from '../../../shared/api/reports.ts';
import type { User } from '../../../shared/api/records.ts';
import { intervalsBetween, type Interval } from '../../../shared/domain/reporting/intervals.ts';
import {
  datesBefore,
  datesOf,
  instantBefore,
  wallBefore,
  weeksBefore,
  type Dates,
} from './periods.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { listAgentsOfTeam } from './report-repository.ts';
import { sightOf, type Sight } from './report-sight.ts';
import type { LinesAsked, Reports } from './reports.ts';
import { readTargets } from './service-level-centre.ts';

export type ReportSheets = {
  readonly of: (user: User, query: ReportSheetQuery) => Promise<Answer<ReportSheet>>;
  /** The same for a summary, which nobody in particular asked for. */
  readonly seenBy: (sight: Sight, query: ReportSheetQuery) => Promise<Answer<ReportSheet>>;
};

type Needs = {
  readonly database: Database;
  readonly reports: Pick<Reports, 'lines'>;
  readonly now: Now;
  readonly timeZone: string;
};

const noTarget: ReportTarget = { serviceLevel: null, ahtMs: null };

/** Of lines with different targets there is none. */
const commonTarget = (targets: readonly ReportTarget[]): ReportTarget => {
  const [first, ...others] = targets;
  if (first === undefined) return noTarget;
  const common = <Name extends keyof ReportTarget>(name: Name): ReportTarget[Name] | null =>
    others.every((other) => other[name] === first[name]) ? first[name] : null;
  return { serviceLevel: common('serviceLevel'), ahtMs: common('ahtMs') };
};

const startOf = (day: string, zone: string): Interval | null => {
  const found = intervalsBetween({
    from: day,
    to: `${day}T00:15`,
    interval: '15',
    zone,
  });
  return found.ok ? (found.value[0] ?? null) : null;
};

/** The whole of some days as one interval. */
const wholeOf = ({ from, to }: Dates, zone: string): Interval | null => {
  const [first, end] = [startOf(from, zone), startOf(to, zone)];
  return first === null || end === null ? null : { ...first, to: end.from };
};

const nameOrder = (a: { readonly name: string; readonly key: string }, b: typeof a): number =>
  (a.name || a.key).localeCompare(b.name || b.key, 'en') || (a.key < b.key ? -1 : 1);

export const createReportSheets = ({ database, reports, now, timeZone }: Needs): ReportSheets => {
  const zone = timeZone;

  /** What of a sight belongs to one key; null: nothing that may be seen. */
  const narrowed = async (
    { by, key }: Pick<ReportSheetQuery, 'by' | 'key'>,
    sight: Sight,
  ): Promise<Pick<LinesAsked, 'sight' | 'key'> | null> => {
    if (key === undefined || by === 'total') return { sight };
    const { agentIds, queues } = sight;
    switch (by) {
      case 'agent':
        return agentIds === null || agentIds.includes(key)
          ? { sight: { agentIds: [key], queues }, key }
          : null;
      case 'team': {
        const members = await listAgentsOfTeam(database, key);
        const seen = members.filter((id) => agentIds === null || agentIds.includes(id));
        return seen.length === 0 ? null : { sight: { agentIds: seen, queues }, key };
      }
      case 'queue':
        return queues === null || queues.includes(key)
          ? { sight: { agentIds, queues: [key] }, key }
          : null;
      case 'code':
        return { sight, key };
    }
  };

  const seenBy: ReportSheets['seenBy'] = async (sight, query) => {
    const { period, by, view, interval, key } = query;
    const dates =
      period !== 'days'
        ? datesOf(period, now(), zone)
        : query.from !== undefined && query.to !== undefined
          ? { from: query.from, to: query.to }
          : null;
    if (dates === null) return refused('invalid', 'query/from and query/to go with days');
    const intervals = intervalsBetween({ ...dates, interval, zone });
    if (!intervals.ok) return refused('invalid', `query/interval ${intervals.why}`);
    const weeks = weeksBefore(dates);
    const earlier = datesBefore(dates, weeks);
    const intervalsEarlier = intervalsBetween({ ...earlier, interval, zone });
    const [whole, wholeEarlier] = [wholeOf(dates, zone), wholeOf(earlier, zone)];
    if (!intervalsEarlier.ok || whole === null || wholeEarlier === null) {
      return refused('invalid', 'query/from is not a day that can be compared');
    }
    const readAt = now();
    // A period that goes on is compared with as much of the earlier one.
    const before = {
      ...wholeEarlier,
      to: Math.max(
        wholeEarlier.from,
        Math.min(
          wholeEarlier.to,
          readAt < whole.to ? instantBefore(readAt, weeks, zone) : Infinity,
        ),
      ),
    };
    const one = await narrowed(query, sight);
    if (one === null) return refused('not_found', 'there is no such line among those you may see');
    const ask = (asked: Omit<LinesAsked, 'by' | 'view'>) => reports.lines({ by, view, ...asked });
    const merged = { ...one, merged: true };
    const beforeOnly = before.to > before.from ? [before] : [];
    const answers = await Promise.all([
      ask({ intervals: [whole], sight }),
      ask({ intervals: beforeOnly, sight }),
      ask({ intervals: [whole], ...merged }),
      ask({ intervals: beforeOnly, ...merged }),
      ask({ intervals: intervals.value, ...merged }),
      ask({ intervals: intervalsEarlier.value, ...merged }),
    ]);
    const lines: (readonly ReportLine[])[] = [];
    for (const answer of answers) {
      if (!answer.ok) return answer;
      lines.push(answer.value);
    }
    const [rows = [], rowsBefore = [], total = [], totalBefore = [], trend = [], trendBefore = []] =
      lines;
    const targets: ReadonlyMap<string, ReportTarget> =
      by === 'queue' || by === 'total' ? await readTargets(database) : new Map();
    const targetOf = (queue: string): ReportTarget => targets.get(queue) ?? noTarget;
    const figuresBefore = new Map(rowsBefore.map(({ key: name, figures }) => [name, figures]));
    const figuresAt = new Map(trend.map(({ from, figures }) => [from, figures]));
    const figuresEarlier = new Map(
      trendBefore.map(({ local, figures }) => [local.slice(0, 16), figures]),
    );
    return success({
      ...{ view, by, interval, zone, readAt },
      key: key ?? null,
      ...{ from: whole.from, to: whole.to },
      before: { from: before.from, to: before.to, weeks },
      total: { now: total[0]?.figures ?? null, before: totalBefore[0]?.figures ?? null },
      target:
        by === 'queue' && key !== undefined
          ? targetOf(key)
          : commonTarget(
              [...targets]
                .filter(([queue]) => sight.queues === null || sight.queues.includes(queue))
                .map(([, target]) => target),
            ),
      trend: intervals.value.map((each) => ({
        ...each,
        now: figuresAt.get(each.from) ?? null,
        before: figuresEarlier.get(wallBefore(each.local, weeks)) ?? null,
      })),
      rows: rows
        .map(({ key: name, name: words, figures, missedByCause }) => ({
          ...{ key: name, name: words, now: figures, missedByCause },
          before: figuresBefore.get(name) ?? null,
          target: by === 'queue' ? targetOf(name) : noTarget,
        }))
        .toSorted(nameOrder),
    });
  };

  return {
    of: async (user, query) => seenBy(await sightOf(database, user, query.by), query),
    seenBy,
  };
};
