import type {
  AdherenceDay,
  AdherenceException,
  AskException,
  DecideException,
  ExceptionState,
  JudgedSpanView,
  ShiftWork,
} from '../../../shared/api/shifts.ts';
import type { User } from '../../../shared/api/records.ts';
import {
  adherenceOf,
  adherenceShare,
  excusedShare,
  offeredCause,
  partsOf,
  usualGraceMs,
  type Adherence,
  type StateSpan,
} from '../../../shared/domain/schedule/adherence.ts';
import { fittingOf } from '../../../shared/domain/schedule/activity.ts';
import { clipped } from '../../../shared/domain/schedule/plan.ts';
import { isStillYesterday, shiftDay } from '../../../shared/domain/schedule/shift-day.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { refused, type Answer } from '../../problem.ts';
import { maySupervise, teamOf } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import {
  decideException,
  findException,
  listExceptions,
  listExceptionsBetween,
  listStateSpans,
  readWork,
  saveException,
} from './adherence-repository.ts';
import { dateIn, dayIn } from './local-time.ts';
import type { Plans } from './plans.ts';
import { listReasonUses } from './shift-repository.ts';

/** Adherence, its exceptions and what became of them. */
export type AdherenceService = {
  /** What was planned between two instants and how it went; the future is not judged. */
  readonly between: (agentId: string, from: number, to: number) => Promise<Adherence>;
  /** A day in the schedule's zone; null: today. */
  readonly day: (agentId: string, day: string | null) => Promise<Answer<AdherenceDay>>;
  readonly ask: (agentId: string, asked: AskException) => Promise<Answer<AdherenceException>>;
  readonly list: (
    supervisor: User,
    state: ExceptionState | null,
  ) => Promise<readonly AdherenceException[]>;
  readonly decide: (
    supervisor: User,
    exceptionId: string,
    decision: DecideException,
  ) => Promise<Answer<AdherenceException>>;
};

type Needs = {
  readonly database: Database;
  readonly plans: Pick<Plans, 'between'>;
  readonly now: Now;
  readonly mintId: MintId;
};

/** For whoever reads an answer alone. */
export const adherenceFormula =
  'adherence = (time in a state that the schedule allows + grace) / scheduled time so far; ' +
  'grace: up to graceMs at each edge of an activity, in a state that the one before or after it allows';

const hourMs = 3_600_000;
/** As far as a shift reaches into the day before or after. */
const marginMs = 40 * hourMs;
/** Longer than any grace. */
const edgeMs = hourMs;
/** What can be excused: nobody remembers longer, and no stretch of a shift lasts longer. */
const oldestMs = 31 * 24 * hourMs;
const longestMs = 24 * hourMs;

export const createAdherence = ({ database, plans, now, mintId }: Needs): AdherenceService => {
  type ShiftDay = Pick<AdherenceDay, 'day' | 'zone' | 'from' | 'to'>;

  const judge = async (agentId: string, from: number, to: number) => {
    const until = Math.max(from, Math.min(to, now()));
    // Judged beyond both ends and cut afterwards: where a question ends is no edge of an activity.
    const [first, last] = [from - edgeMs, to + edgeMs];
    const [{ plan }, states, exceptions, reasons] = await Promise.all([
      plans.between(agentId, first, last),
      listStateSpans(database, agentId, first, until),
      listExceptionsBetween(database, agentId, from, to),
      listReasonUses(database),
    ]);
    const whole = adherenceOf({
      plan,
      states,
      excused: exceptions.filter(({ state }) => state === 'approved'),
      reasons,
      graceMs: usualGraceMs,
    });
    const spans = clipped(whole.spans, from, until);
    const isPause = ({ state, reason }: StateSpan): boolean =>
      state === 'not_ready' &&
      fittingOf(reason, reasons).some((kind) => kind === 'break' || kind === 'meal');
    return {
      plan: clipped(plan, from, to),
      exceptions,
      adherence: { spans, parts: partsOf(spans) },
      pauses: clipped(states.filter(isPause), from, until),
    };
  };

  /** The day that is wanted, or that of the shift which goes on or ended just now. */
  const dayOf = async (agentId: string, wanted: string | null): Promise<Answer<ShiftDay>> => {
    const at = now();
    const { zone } = await plans.between(agentId, at, at + 1);
    const date = dayIn(zone, wanted ?? dateIn(zone, at));
    if (date === null) return refused('invalid', `there is no day ${wanted ?? ''}`);
    const { plan } = await plans.between(agentId, date.from - marginMs, date.to + marginMs);
    if (wanted === null && isStillYesterday(plan, date.from, at)) {
      return dayOf(agentId, dateIn(zone, date.from - 1));
    }
    const { startsAt: from, endsAt: to } = shiftDay(plan, { startsAt: date.from, endsAt: date.to });
    return success({ day: date.day, zone, from, to });
  };

  const day: AdherenceService['day'] = async (agentId, wanted) => {
    const shown = await dayOf(agentId, wanted);
    if (!shown.ok) return shown;
    const { zone, from, to } = shown.value;
    const { plan, exceptions, adherence, pauses } = await judge(agentId, from, to);
    const work: ShiftWork = {
      ...(await readWork(database, agentId, from, to)),
      breaks: pauses.length,
      breakMs: pauses.reduce((ms, { startsAt, endsAt }) => ms + endsAt - startsAt, 0),
    };
    const spans = adherence.spans.map((span): JudgedSpanView => ({
      ...span,
      offer: offeredCause(span),
    }));
    const { parts } = adherence;
    return success({
      ...{ day: shown.value.day, zone, from, to, plan, spans, parts, exceptions, work },
      formula: adherenceFormula,
      share: adherenceShare(parts),
      excusedShare: excusedShare(parts),
      graceMs: usualGraceMs,
    });
  };

  const found = async (exceptionId: string): Promise<Answer<AdherenceException>> => {
    const exception = await findException(database, exceptionId);
    return exception === null ? refused('not_found', 'no such exception') : success(exception);
  };

  return {
    between: async (agentId, from, to) => (await judge(agentId, from, to)).adherence,
    day,
    ask: async (agentId, asked) => {
      const { startsAt, endsAt, cause } = asked;
      const at = now();
      if (endsAt <= startsAt || endsAt - startsAt > longestMs) {
        return refused('invalid', 'an exception begins before it ends, within a day');
      }
      if (startsAt < at - oldestMs || endsAt > at) {
        return refused('invalid', 'an exception is for time that has passed, of the last 31 days');
      }
      const note = asked.note.trim();
      if (cause === 'note' && note === '') return refused('invalid', 'body/note says nothing');
      return found(
        await saveException(database, { ...asked, note, id: mintId(), agentId, askedAt: at }),
      );
    },
    list: async (supervisor, state) =>
      listExceptions(
        database,
        supervisor.id,
        supervisor.role === 'administrator' ? null : await teamOf(database, supervisor.id),
        state,
      ),
    decide: (supervisor, exceptionId, decision) =>
      database.transaction(async (transaction) => {
        const exception = await findException(transaction, exceptionId);
        if (exception === null) return refused('not_found', 'no such exception');
        if (!(await maySupervise(transaction, supervisor, exception.agentId))) {
          return refused('not_allowed', 'this agent is not of your team');
        }
        const at = now();
        await decideException(transaction, exceptionId, {
          ...decision,
          decidedBy: supervisor.id,
          decidedAt: at,
        });
        await appendAudit(transaction, {
          at,
          actor: supervisor.id,
          action: `adherence_exception_${decision.state}`,
          subject: exception.agentId,
          details: { exceptionId, before: exception.state, note: decision.note ?? '' },
        });
        const decided = await findException(transaction, exceptionId);
        return decided === null ? refused('not_found', 'no such exception') : success(decided);
      }),
  };
};
