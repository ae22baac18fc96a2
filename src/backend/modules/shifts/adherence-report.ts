import type { User } from '../../../shared/api/records.ts';
import type { AdherenceReport, AdherenceReportQuery } from '../../../shared/api/shifts.ts';
import { intervalsBetween } from '../../../shared/domain/reporting/intervals.ts';
import {
  adherenceShare,
  excusedShare,
  partsOf,
  usualGraceMs,
  type JudgedSpan,
} from '../../../shared/domain/schedule/adherence.ts';
import { clipped } from '../../../shared/domain/schedule/plan.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { teamOf } from '../accounts/accounts-repository.ts';
import { listPlannedAgents, type PlannedAgent } from './adherence-repository.ts';
import { adherenceFormula, type AdherenceService } from './adherence-service.ts';

type Needs = {
  readonly database: Database;
  readonly adherence: Pick<AdherenceService, 'between'>;
  readonly now: Now;
  readonly timeZone: string;
};

const dayMs = 86_400_000;
/** Days of one agent: a floor of 300 for a week takes some seconds. */
const maximumAgentDays = 3_000;

type Judged = PlannedAgent & { readonly spans: readonly JudgedSpan[] };

/** Adherence of agents or teams, per interval; a team's is that of all of its agents' planned time. */
export const readAdherenceReport = async (
  { database, adherence, now, timeZone }: Needs,
  supervisor: User,
  query: AdherenceReportQuery,
): Promise<Answer<AdherenceReport>> => {
  const { from, to, interval = 'day', zone = timeZone, by = 'agent' } = query;
  const intervals = intervalsBetween({ from, to, interval, zone });
  if (!intervals.ok) return refused('invalid', intervals.why);
  const [first, last] = [intervals.value[0], intervals.value.at(-1)];
  if (first === undefined || last === undefined) return refused('invalid', 'empty_range');
  const team = supervisor.role === 'administrator' ? null : await teamOf(database, supervisor.id);
  const agents = await listPlannedAgents(database, team);
  if (agents.length * Math.ceil((last.to - first.from) / dayMs) > maximumAgentDays) {
    return refused('invalid', 'range_too_long');
  }
  const judged: Judged[] = [];
  for (const agent of agents) {
    const { spans } = await adherence.between(agent.id, first.from, last.to);
    judged.push({ ...agent, spans });
  }
  const groups = new Map<string, { readonly name: string; readonly members: Judged[] }>();
  for (const agent of judged) {
    const key = by === 'agent' ? agent.id : (agent.team ?? '');
    const group = groups.get(key) ?? { name: by === 'agent' ? agent.name : key, members: [] };
    group.members.push(agent);
    groups.set(key, group);
  }
  const lines = intervals.value.flatMap((each) =>
    [...groups].flatMap(([key, { name, members }]) => {
      const parts = partsOf(members.flatMap(({ spans }) => clipped(spans, each.from, each.to)));
      return parts.scheduledMs === 0
        ? []
        : [
            {
              ...{ ...each, key, name, parts },
              share: adherenceShare(parts),
              excusedShare: excusedShare(parts),
            },
          ];
    }),
  );
  return success({
    ...{ by, interval, zone, readAt: now(), lines },
    formula: adherenceFormula,
    graceMs: usualGraceMs,
  });
};
