import type { Favourite, FavouriteGiven } from '../../../../shared/api/favourites.ts';
import type { TransferTargets } from '../../../../shared/api/routes.ts';
import type { TransferTarget } from '../../../../shared/ipc/phone.ts';
import { isSameTarget } from '../../state/favourites.ts';
import { beginsWords } from '../../state/word-search.ts';

type Agent = TransferTargets['agents'][number];
type Queue = TransferTargets['queues'][number];

/** Somebody or something that a call can be handed to. */
export type TargetOption =
  | { readonly kind: 'agent'; readonly key: string; readonly agent: Agent }
  | { readonly kind: 'queue'; readonly key: string; readonly queue: Queue }
  | {
      readonly kind: 'number';
      readonly key: string;
      readonly number: string;
      /** Whose it is; absent where it was typed. */
      readonly label?: string;
    };

/** The options by where they stand in the list. */
export type TargetGroup = {
  readonly name: 'favourite' | TargetOption['kind'];
  readonly options: readonly TargetOption[];
};

/** Those who would take a call now come first, those whom none can reach last. */
const rank = ({ reachable, doNotDisturb, state }: Agent): number => {
  if (!reachable || doNotDisturb) return 3;
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

/** What stars a target. */
export const favouriteOf = (
  option: TargetOption,
  queueName: (queue: Queue) => string,
): FavouriteGiven => {
  switch (option.kind) {
    case 'agent':
      return { kind: 'agent', target: option.agent.extension, label: option.agent.name };
    case 'queue':
      return { kind: 'queue', target: option.queue.name, label: queueName(option.queue) };
    case 'number':
      return { kind: 'number', target: option.number, label: option.label ?? option.number };
  }
};

/** The same with favourites apart and first, in their own order; a favourite number is one to choose by its name. */
export const groupTargets = (
  found: readonly TargetOption[],
  favourites: readonly Favourite[],
  typed: string,
): readonly TargetGroup[] => {
  const isFavourite = (option: TargetOption, favourite: Favourite): boolean =>
    isSameTarget(
      favouriteOf(option, (queue) => queue.name),
      favourite,
    );
  const chosen = favourites
    .filter(({ gone }) => !gone)
    .flatMap((favourite): readonly TargetOption[] => {
      const known = found.find((option) => isFavourite(option, favourite));
      const { kind, target, label } = favourite;
      if (kind !== 'number') return known === undefined ? [] : [known];
      const fits = known !== undefined || beginsWords(`${label} ${target}`, typed.trim());
      return fits
        ? [{ kind, key: `favourite-${target.replace(/\W/gu, '')}`, number: target, label }]
        : [];
    });
  const others = found.filter(
    (option) => !favourites.some((favourite) => !favourite.gone && isFavourite(option, favourite)),
  );
  const kinds = ['agent', 'queue', 'number'] as const;
  return [
    { name: 'favourite' as const, options: chosen },
    ...kinds.map((name) => ({ name, options: others.filter(({ kind }) => kind === name) })),
  ].filter(({ options }) => options.length > 0);
};

export const canTake = (option: TargetOption): boolean =>
  option.kind !== 'agent' || (option.agent.reachable && !option.agent.doNotDisturb);

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
