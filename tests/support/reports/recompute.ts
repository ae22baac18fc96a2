import type { ReportSubject } from '../../../src/shared/domain/reporting/figures.ts';
import { noSums, type SumName, type Sums } from '../../../src/shared/domain/reporting/sums.ts';
import type { PlannedCall, ShiftPlan } from './shift-plan.ts';

/** What a report must say, worked out from what happened, one thing after the other, with no regard to speed. */

type Where = {
  readonly agentId?: string;
  readonly queue?: string;
  readonly code?: string;
  readonly cause?: string;
};
type Told = { readonly at: number; readonly where: Where; readonly sum: SumName; value: number };

const targetMs = 20_000;
const shortMs = 5_000;
const repeatMs = 7 * 86_400_000;

const ofWaits = ({ waits }: PlannedCall): Told[] =>
  waits.flatMap(({ queue, enteredAt, leftAt, how, agentId }) => {
    const where = { queue, ...(agentId === null ? {} : { agentId }) };
    const waitMs = leftAt - enteredAt;
    const told: Told[] = [];
    const say = (at: number, sum: SumName, value = 1) => told.push({ at, where, sum, value });
    say(enteredAt, 'offered');
    if (how === 'timed_out') say(enteredAt, 'leftOtherwise');
    if (how === 'answered') {
      say(enteredAt, 'answered');
      say(leftAt, 'leftAnswered');
      say(enteredAt, 'answerWaitMs', waitMs);
      say(leftAt, 'leftAnswerWaitMs', waitMs);
      if (waitMs <= targetMs) say(enteredAt, 'answeredInTime');
      if (waitMs <= targetMs) say(leftAt, 'leftAnsweredInTime');
    }
    if (how === 'abandoned') {
      say(enteredAt, 'abandoned');
      say(leftAt, 'leftAbandoned');
      say(enteredAt, 'abandonWaitMs', waitMs);
      say(leftAt, 'leftAbandonWaitMs', waitMs);
      if (waitMs < shortMs) say(enteredAt, 'abandonedShort');
      if (waitMs < shortMs) say(leftAt, 'leftAbandonedShort');
      if (waitMs <= targetMs) say(enteredAt, 'abandonedInTime');
      if (waitMs <= targetMs) say(leftAt, 'leftAbandonedInTime');
    }
    return told;
  });

const ofLegs = ({ legs }: PlannedCall): Told[] =>
  legs.flatMap((leg) => {
    const { agentId, queue, code, answeredAt, endedAt, wrappedUpAt } = leg;
    const told: Told[] = [];
    if (leg.direction === 'inbound' && queue !== null) {
      told.push({ at: leg.begunAt, where: { agentId, queue }, sum: 'rang', value: 1 });
    }
    if (answeredAt === null || wrappedUpAt === null || leg.isConsult) return told;
    const where = { agentId, queue: queue ?? '', code };
    const say = (sum: SumName, value: number) => told.push({ at: wrappedUpAt, where, sum, value });
    const holdMs = leg.holds.reduce((sum, [from, to]) => sum + to - from, 0);
    say('handled', 1);
    say('holdMs', holdMs);
    say('talkMs', endedAt - answeredAt - holdMs);
    say('wrapUpMs', wrappedUpAt - endedAt);
    if (leg.direction === 'outbound') say('dialMs', answeredAt - leg.begunAt);
    if (leg.outcome === 'transferred') say('transferred', 1);
    return told;
  });

const ofMisses = ({ misses }: PlannedCall): Told[] =>
  misses.flatMap(({ agentId, queue, at, causes }) => {
    const last = causes.at(-1);
    if (last === undefined) return [];
    const where = { agentId, queue, cause: last.cause };
    return [
      { at, where, sum: 'missed', value: 1 },
      { at, where, sum: 'missedCounted', value: last.counted ? 1 : 0 },
    ];
  });

const ofStates = ({ states }: ShiftPlan, now: number): Told[] => {
  const sumOf = {
    ready: 'readyMs',
    reserved: 'reservedMs',
    engaged: 'engagedMs',
    wrap_up: 'afterCallMs',
    not_ready: 'notReadyMs',
  } as const;
  return states.flatMap((line, index) => {
    const next = states[index + 1];
    const until = next?.agentId === line.agentId ? next.at : now;
    if (line.state === 'offline') return [];
    const told: Told[] = [];
    // Minute by minute, and the rest.
    for (let at = line.at; at < until;) {
      const end = Math.min(until, at - (at % 60_000) + 60_000);
      told.push({ at, where: { agentId: line.agentId }, sum: sumOf[line.state], value: end - at });
      at = end;
    }
    return told;
  });
};

const topicsOf = (calls: readonly PlannedCall[]) =>
  calls.flatMap((call) => {
    const customer = call.customers.at(-1) ?? null;
    const done = call.legs
      .filter((leg) => leg.answeredAt !== null && leg.wrappedUpAt !== null && !leg.isConsult)
      .sort((a, b) => (a.wrappedUpAt ?? 0) - (b.wrappedUpAt ?? 0));
    const last = done.at(-1);
    if (customer === null || last === undefined || call.direction !== 'inbound') return [];
    return [{ call, customer, last, topic: `${last.queue ?? ''} ${last.code}` }];
  });

const ofResolution = ({ calls }: ShiftPlan): Told[] => {
  const topics = topicsOf(calls);
  return topics.flatMap(({ call, customer, last, topic }): Told[] => {
    const { agentId, queue, code, wrappedUpAt } = last;
    const at = wrappedUpAt ?? 0;
    const where = { agentId, queue: queue ?? '', code };
    const cameBack = topics.some(
      (other) =>
        other.customer === customer &&
        other.topic === topic &&
        other.call.startedAt > call.startedAt &&
        other.call.startedAt <= call.startedAt + repeatMs,
    );
    return [
      { at, where, sum: 'firstContacts', value: 1 },
      { at, where, sum: 'firstRepeated', value: cameBack ? 1 : 0 },
    ];
  });
};

const keyOf = (by: ReportSubject, where: Where): string | null => {
  switch (by) {
    case 'total':
      return '';
    case 'agent':
      return where.agentId ?? null;
    case 'team':
      return where.agentId === undefined ? null : '';
    case 'queue':
      return where.queue ?? '';
    case 'code':
      return where.code ?? '';
  }
};

export type Recomputed = ReadonlyMap<
  string,
  { readonly sums: Sums; readonly missedByCause: Readonly<Record<string, number>> }
>;

/** By `place key`, places from 1; of one agent alone, or of everybody. */
export const recompute = (
  plan: ShiftPlan,
  by: ReportSubject,
  intervals: readonly { readonly from: number; readonly to: number }[],
  now: number,
  agentId: string | null = null,
): Recomputed => {
  const told = [
    ...plan.calls.flatMap((call) => [...ofWaits(call), ...ofLegs(call), ...ofMisses(call)]),
    ...ofStates(plan, now),
    ...ofResolution(plan),
  ];
  const groups = new Map<
    string,
    { sums: Record<SumName, number>; missedByCause: Record<string, number> }
  >();
  for (const { at, where, sum, value } of told) {
    const place = intervals.findIndex(({ from, to }) => at >= from && at < to) + 1;
    const key = keyOf(by, where);
    if (place === 0 || key === null) continue;
    if (agentId !== null && where.agentId !== agentId) continue;
    const name = `${String(place)} ${key}`;
    const group = groups.get(name) ?? { sums: { ...noSums }, missedByCause: {} };
    group.sums[sum] += value;
    if (sum === 'missed' && where.cause !== undefined) {
      group.missedByCause[where.cause] = (group.missedByCause[where.cause] ?? 0) + value;
    }
    groups.set(name, group);
  }
  return groups;
};

/** The longest wait of those that entered in each interval, by `place queue`, and by `place all`. */
export const longestWaits = (
  plan: ShiftPlan,
  intervals: readonly { readonly from: number; readonly to: number }[],
): ReadonlyMap<string, number> => {
  const longest = new Map<string, number>();
  for (const { queue, enteredAt, leftAt } of plan.calls.flatMap((call) => call.waits)) {
    const place = intervals.findIndex(({ from, to }) => enteredAt >= from && enteredAt < to) + 1;
    if (place === 0) continue;
    for (const name of [`${String(place)} all`, `${String(place)} ${queue}`]) {
      longest.set(name, Math.max(longest.get(name) ?? 0, leftAt - enteredAt));
    }
  }
  return longest;
};
