import { randomUUID } from 'node:crypto';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { people } from '../centre.ts';
import { seededRandom } from '../seeded-random.ts';

/** What happens in a contact centre in some days, as it will be told; and, beside it, what is true of it. */

export type PlannedLeg = {
  readonly callId: string;
  readonly agentId: string;
  readonly queue: string | null;
  readonly direction: 'inbound' | 'outbound';
  readonly isConsult: boolean;
  readonly begunAt: number;
  readonly answeredAt: number | null;
  readonly holds: readonly (readonly [from: number, to: number])[];
  readonly endedAt: number;
  readonly outcome: 'completed' | 'transferred' | 'no_answer';
  readonly wrappedUpAt: number | null;
  /** The last one that was said. */
  readonly code: string;
  readonly facts: readonly LedgerFact[];
};

export type PlannedWait = {
  readonly queue: string;
  readonly enteredAt: number;
  readonly leftAt: number;
  readonly how: 'answered' | 'abandoned' | 'timed_out';
  readonly agentId: string | null;
};

export type PlannedMiss = {
  readonly id: string;
  readonly agentId: string;
  readonly queue: string;
  readonly at: number;
  readonly causes: readonly { readonly cause: string; readonly counted: boolean }[];
};

export type PlannedCall = {
  readonly contactId: string;
  readonly callKey: string;
  readonly startedAt: number;
  readonly direction: 'inbound' | 'outbound';
  /** Whom it was taken for, one after the other; the last one is right. */
  readonly customers: readonly (string | null)[];
  readonly waits: readonly PlannedWait[];
  readonly legs: readonly PlannedLeg[];
  readonly misses: readonly PlannedMiss[];
};

export type PlannedState = {
  readonly agentId: string;
  readonly at: number;
  readonly state: 'offline' | 'not_ready' | 'ready' | 'reserved' | 'engaged' | 'wrap_up';
};

export type ShiftPlan = {
  readonly calls: readonly PlannedCall[];
  /** In order of time for each agent. */
  readonly states: readonly PlannedState[];
};

const agentIds = [people.alice.id, people.bruno.id, people.sofia.id];
const queues = ['support', 'sales'];
const codes = ['resolved', 'call_back', ''];
const causes = ['not_answered', 'asleep', 'offline'];
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const planShift = (
  seed: number,
  customerIds: readonly string[],
  { from, days, calls }: { readonly from: number; readonly days: number; readonly calls: number },
): ShiftPlan => {
  const random = seededRandom(seed);
  const between = (least: number, most: number) =>
    Math.floor(least + random() * (most - least + 1));
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  const perhaps = (share: number) => random() < share;

  const legOf = (
    callKey: string,
    queue: string | null,
    direction: 'inbound' | 'outbound',
    begunAt: number,
    agentId: string,
  ): PlannedLeg => {
    const callId = randomUUID();
    const isConsult = direction === 'outbound' && perhaps(0.15);
    const isAnswered = perhaps(0.85);
    const answeredAt = isAnswered ? begunAt + between(0, 20 * second) : null;
    const holds: [number, number][] = [];
    let at = answeredAt ?? begunAt;
    for (let count = isAnswered && !isConsult ? between(0, 2) : 0; count > 0; count -= 1) {
      const held = at + between(1, 5 * minute);
      at = held + between(1, 3 * minute);
      holds.push([held, at]);
    }
    const endedAt = at + between(1, 10 * minute);
    const outcome = !isAnswered ? 'no_answer' : perhaps(0.2) ? 'transferred' : 'completed';
    const isDone = isAnswered && !isConsult && perhaps(0.9);
    const wrappedUpAt = isDone ? endedAt + between(0, 5 * minute) : null;
    const said = perhaps(0.3) ? [pick(codes), pick(codes)] : [pick(codes)];
    const fact = (when: number) => ({ id: randomUUID(), callId, callKey, at: when });
    const facts: LedgerFact[] = [
      direction === 'inbound'
        ? { kind: 'offered', ...fact(begunAt), queue, remoteNumber: '1', remoteName: '' }
        : {
            kind: 'dialed',
            ...fact(begunAt),
            remoteNumber: '1',
            ...(isConsult ? { consultFor: randomUUID() } : {}),
          },
      ...(answeredAt === null ? [] : [{ kind: 'answered', ...fact(answeredAt) } as const]),
      ...holds.flatMap(([held, resumed]): LedgerFact[] => [
        { kind: 'held', ...fact(held) },
        { kind: 'resumed', ...fact(resumed) },
      ]),
      { kind: 'ended', ...fact(endedAt), side: 'remote', outcome, sipCode: null, cause: null },
      ...(wrappedUpAt === null
        ? []
        : said.map((code, index): LedgerFact => ({
            ...fact(wrappedUpAt + index),
            kind: index === 0 ? 'wrap_up_completed' : 'wrap_up_corrected',
            code,
            notes: '',
          }))),
    ];
    return {
      ...{ callId, agentId, queue, direction, isConsult, begunAt, answeredAt, holds, endedAt },
      ...{ outcome, wrappedUpAt, code: said.at(-1) ?? '', facts },
    };
  };

  const callOf = (): PlannedCall => {
    const callKey = randomUUID();
    const direction = perhaps(0.85) ? 'inbound' : 'outbound';
    const queue = direction === 'inbound' && perhaps(0.9) ? pick(queues) : null;
    const startedAt = from + between(0, days * day - 1);
    const waits: PlannedWait[] = [];
    const legs: PlannedLeg[] = [];
    const misses: PlannedMiss[] = [];
    let at = startedAt;
    for (let round = perhaps(0.15) ? 2 : 1; round > 0; round -= 1) {
      const agentId = pick(agentIds);
      const waitMs = pick([0, between(0, 8 * second), 20 * second, between(0, 30 * minute)]);
      if (queue !== null) {
        const how = pick(['answered', 'answered', 'abandoned', 'timed_out'] as const);
        const leftAt = at + waitMs;
        const by = how === 'answered' ? agentId : null;
        waits.push({ queue, enteredAt: at, leftAt, how, agentId: by });
        at = leftAt;
        if (perhaps(0.2)) {
          const told = perhaps(0.5) ? [pick(causes), pick(causes)] : [pick(causes)];
          misses.push({
            id: randomUUID(),
            agentId: pick(agentIds),
            queue,
            at,
            causes: told.map((cause) => ({ cause, counted: cause === 'not_answered' })),
          });
        }
        if (how !== 'answered') break;
      }
      const leg = legOf(callKey, queue, direction, at, agentId);
      legs.push(leg);
      at = leg.endedAt;
    }
    const known = () => (perhaps(0.8) ? pick(customerIds) : null);
    const customers = perhaps(0.4) ? [known(), known()] : [known()];
    const base = { contactId: randomUUID(), callKey, startedAt, direction } as const;
    return { ...base, customers, waits, legs, misses };
  };

  const states = agentIds.flatMap((agentId) => {
    const lines: PlannedState[] = [];
    let at = from + between(0, 2 * hour);
    for (let count = between(5, 40); count > 0; count -= 1) {
      const state = pick([
        ...(['ready', 'ready', 'reserved', 'engaged', 'wrap_up'] as const),
        ...(['not_ready', 'offline'] as const),
      ]);
      lines.push({ agentId, at, state });
      at += pick([between(0, minute), between(0, hour), between(0, 6 * hour)]);
    }
    return lines;
  });
  return { calls: Array.from({ length: calls }, callOf), states };
};
