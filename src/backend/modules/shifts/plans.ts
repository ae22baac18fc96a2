import type { ShiftView } from '../../../shared/api/shifts.ts';
import {
  activityKinds,
  fittingReasons,
  type Occurrence,
  type PlannedKind,
} from '../../../shared/domain/schedule/activity.ts';
import { clipped, planOf, type Stretch } from '../../../shared/domain/schedule/plan.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { zoneClock } from './local-time.ts';
import { occurrencesOf } from './recurrence.ts';
import { hasEntries, listEntries, listReasonUses, type KeptEntry } from './shift-repository.ts';

const hourMs = 3_600_000;
/** What the desk keeps: the shift that began last evening, and the one that begins tomorrow. */
const behindMs = 18 * hourMs;
const aheadMs = 48 * hourMs;
/** An occurrence that began so long ago may still matter to the plan of now. */
const marginMs = 36 * hourMs;

export type AgentPlan = {
  /** Of the schedule; the backend's where there is none. */
  readonly zone: string;
  readonly plan: readonly Stretch[];
};

export type Plans = {
  readonly between: (agentId: string, from: number, to: number) => Promise<AgentPlan>;
  /** What the desk needs; null: this agent has no schedule. */
  readonly view: (agentId: string) => Promise<ShiftView | null>;
  /** As `view`, for a time that the agent names. */
  readonly viewBetween: (agentId: string, from: number, to: number) => Promise<ShiftView | null>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
};

type Dated = Occurrence & { readonly own: boolean; readonly date: string };

/** A zone that only a calendar explains has no name that others know. */
const displayZone = (entry: KeptEntry | undefined, usual: string): string =>
  entry?.zone.definition === null ? entry.zone.name : usual;

const plannedKinds = activityKinds.filter((kind): kind is PlannedKind => kind !== 'off');

export const createPlans = ({ database, now, timeZone, log }: Needs): Plans => {
  const occurrences = (entry: KeptEntry, from: number, to: number): readonly Dated[] => {
    try {
      const { localOf } = zoneClock(entry.zone);
      return occurrencesOf(entry, from, to).map((occurrence) => ({
        ...occurrence,
        own: entry.own,
        date: localOf(occurrence.startsAt).slice(0, 10),
      }));
    } catch (error) {
      // Rules are tried at their import; one that fails later must not take the rest of the plan with it.
      log.warn({ error, entryId: entry.id }, 'an entry of a schedule could not be read');
      return [];
    }
  };

  const between: Plans['between'] = async (agentId, from, to) => {
    const entries = await listEntries(database, agentId, from - marginMs, to + marginMs);
    const all = entries.flatMap((entry) => occurrences(entry, from - marginMs, to + marginMs));
    const ownDays = new Set(
      all.filter(({ own, kind }) => own && kind === 'work').map(({ date }) => date),
    );
    // A day with hours of the agent's own is planned by those alone; the team's meetings and pauses stay.
    const counting = all.filter(
      ({ own, kind, date }) => own || kind !== 'work' || !ownDays.has(date),
    );
    const work = entries.find(({ own, kind }) => own && kind === 'work');
    return {
      zone: displayZone(
        work ?? entries.find(({ kind }) => kind === 'work') ?? entries[0],
        timeZone,
      ),
      plan: clipped(planOf(counting), from, to),
    };
  };

  const viewBetween: Plans['viewBetween'] = async (agentId, from, to) => {
    if (!(await hasEntries(database, agentId))) return null;
    const [{ zone, plan }, reasons] = await Promise.all([
      between(agentId, from, to),
      listReasonUses(database),
    ]);
    const fitting = plannedKinds.map((kind) => ({
      kind,
      reasons: [...fittingReasons(kind, reasons)],
    }));
    return { zone, plan: [...plan], from, to, fitting };
  };

  return {
    between,
    viewBetween,
    view: (agentId) => {
      // On the minute, so that the same plan is told in the same words.
      const at = Math.floor(now() / 60_000) * 60_000;
      return viewBetween(agentId, at - behindMs, at + aheadMs);
    },
  };
};
