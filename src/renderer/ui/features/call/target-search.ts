import type { TransferTargets } from '../../../../shared/api/routes.ts';
import type { TransferTarget } from '../../../../shared/ipc/phone.ts';
import { beginsWords } from '../../state/word-search.ts';

type Agent = TransferTargets['agents'][number];
type Queue = TransferTargets['queues'][number];

/** Somebody or something that a call can be handed to. */
export type TargetOption =
  | { readonly kind: 'agent'; readonly key: string; readonly agent: Agent }
  | { readonly kind: 'queue'; readonly key: string; readonly queue: Queue }
  | { readonly kind: 'number'; readonly key: string; readonly number: string };

/** Those who would take a call now come first, those whom none can reach last. */
const rank = ({ reachable, state }: Agent): number => {
  if (!reachable) return 3;
  if (state === 'ready') return 0;
  return state === 'not_ready' || state === 'offline' ? 2 : 1;
};

const isNumber = (typed: string): boolean =>
  /^[+*#\d\s().-]+$/u.test(typed) && typed.replace(/\D/gu, '').length >= 2;

/** What fits the words typed: colleagues by name or extension, queues by name, and the number itself where it is one. */
export const findTargets = (
  targets: TransferTargets | null,
  typed: string,
  queueName: (queue: Queue) => string,
): readonly TargetOption[] => {
  const wanted = typed.trim();
  const agents = (targets?.agents ?? [])
    .filter((agent) => beginsWords(`${agent.name} ${agent.extension}`, wanted))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const queues = (targets?.queues ?? []).filter((queue) =>
    beginsWords(`${queueName(queue)} ${queue.name}`, wanted),
  );
  const known = agents.some((agent) => agent.extension === wanted);
  return [
    ...agents.map((agent) => ({ kind: 'agent' as const, key: `agent-${agent.id}`, agent })),
    ...queues.map((queue) => ({ kind: 'queue' as const, key: `queue-${queue.name}`, queue })),
    ...(isNumber(wanted) && !known
      ? [{ kind: 'number' as const, key: 'number', number: wanted.slice(0, 64) }]
      : []),
  ];
};

export const canTake = (option: TargetOption): boolean =>
  option.kind !== 'agent' || option.agent.reachable;

export const targetOf = (option: TargetOption): TransferTarget => {
  switch (option.kind) {
    case 'agent':
      return { kind: 'agent', extension: option.agent.extension };
    case 'queue':
      return { kind: 'queue', queue: option.queue.name };
    case 'number':
      return { kind: 'number', number: option.number };
  }
};
