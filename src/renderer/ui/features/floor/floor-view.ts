import type { BoardAgent, BoardTerms } from '../../../../shared/api/board.ts';
import {
  compareAttention,
  risksOf,
  type FloorAgent,
  type FloorLimits,
  type FloorState,
  type Risk,
} from '../../../../shared/domain/floor/attention.ts';
import { beginsWords } from '../../state/word-search.ts';

/** What of the floor is shown, and in which order. Pure: the time is given. */

export const floorStates = [
  'engaged',
  'reserved',
  'wrap_up',
  'ready',
  'not_ready',
  'offline',
] as const satisfies readonly FloorState[];

export type FloorFilter = {
  readonly team: string | null;
  readonly queue: string | null;
  readonly state: FloorState | null;
  /** Only those who want attention. */
  readonly risky: boolean;
  readonly text: string;
};

export const noFilter: FloorFilter = {
  team: null,
  queue: null,
  state: null,
  risky: false,
  text: '',
};

const minuteMs = 60_000;

export const limitsOf = (terms: BoardTerms): FloorLimits => {
  const targets = new Map(terms.queues.map((queue) => [queue.name, queue.targetHandleMs]));
  const maxima = new Map(terms.reasons.map((reason) => [reason.code, reason.maximumMinutes]));
  return {
    targetHandleMs: (queue) => (queue === null ? null : (targets.get(queue) ?? null)),
    maximumReasonMs: (reason) => {
      const minutes = maxima.get(reason) ?? null;
      return minutes === null ? null : minutes * minuteMs;
    },
  };
};

const floorAgentOf = (agent: BoardAgent): FloorAgent => ({
  ...agent,
  hand:
    agent.help === null
      ? null
      : { raisedAt: agent.help.raisedAt, taken: agent.help.takenBy !== null },
});

export const risksOfAgent = (
  agent: BoardAgent,
  limits: FloorLimits,
  now: number,
): readonly Risk[] => risksOf(floorAgentOf(agent), limits, now);

/** Whoever takes calls; a supervisor who serves no queue is not counted among agents. */
const isOnFloor = ({ role, queues, calls }: BoardAgent): boolean =>
  role === 'agent' || queues.length > 0 || calls.length > 0;

const fits = (agent: BoardAgent, { team, queue }: FloorFilter): boolean =>
  (team === null || agent.team === team) && (queue === null || agent.queues.includes(queue));

const isFound = (agent: BoardAgent, text: string): boolean =>
  text.trim() === '' ||
  beginsWords(
    [agent.name, agent.extension, ...agent.calls.map(({ customer }) => customer)].join(' '),
    text,
  );

export type FloorView = {
  /** In the order that they need attention. */
  readonly ids: readonly string[];
  /** Of the team and queue that are looked at, whatever else is filtered. */
  readonly counts: Readonly<Record<FloorState, number>>;
  readonly risky: number;
  readonly total: number;
};

export const floorView = (
  agents: Iterable<BoardAgent>,
  filter: FloorFilter,
  limits: FloorLimits,
  now: number,
): FloorView => {
  const counts = { engaged: 0, reserved: 0, wrap_up: 0, ready: 0, not_ready: 0, offline: 0 };
  let total = 0;
  let risky = 0;
  const shown: { readonly agent: BoardAgent; readonly risks: readonly Risk[] }[] = [];
  for (const agent of agents) {
    if (!isOnFloor(agent) || !fits(agent, filter)) continue;
    const risks = risksOfAgent(agent, limits, now);
    const { state } = agent.state;
    total += 1;
    counts[state] += 1;
    if (risks.length > 0) risky += 1;
    if (filter.state !== null && state !== filter.state) continue;
    if (filter.risky && risks.length === 0) continue;
    if (!isFound(agent, filter.text)) continue;
    shown.push({ agent, risks });
  }
  return {
    ids: shown.sort(compareAttention).map(({ agent }) => agent.id),
    counts,
    risky,
    total,
  };
};

/** The order as it was, while somebody is about to click: whoever left is gone, and whoever came stands at the end. */
export const heldOrder = (held: readonly string[], next: readonly string[]): readonly string[] => {
  const there = new Set(next);
  const known = new Set(held);
  return [...held.filter((id) => there.has(id)), ...next.filter((id) => !known.has(id))];
};
