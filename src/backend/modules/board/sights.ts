import type { BoardAgent, BoardPush, BoardTerms } from '../../../shared/api/board.ts';
import type { BoardChanges, BoardState } from './board-state.ts';

/** What each of those who look sees of the board, and has been told. */
export type Sights = {
  readonly add: (userId: string) => void;
  readonly remove: (userId: string) => void;
  readonly isEmpty: () => boolean;
  /** Everything that this user sees. */
  readonly whole: (userId: string) => BoardPush;
  readonly newsOf: (
    changes: BoardChanges,
  ) => readonly { readonly userId: string; readonly push: BoardPush }[];
};

type Sight = {
  lines: number;
  revision: number;
  /** Agents; null: nothing was told yet. */
  known: Set<string> | null;
  queues: ReadonlySet<string>;
};

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each));

const withoutJoins = (agent: BoardAgent): BoardAgent => ({
  ...agent,
  calls: agent.calls.map((call) => ({ ...call, joins: [] })),
});

export const createSights = (state: BoardState): Sights => {
  const sights = new Map<string, Sight>();

  /** Null: everybody; undefined: nobody, any more. */
  const teamSeenBy = (userId: string): string | null | undefined => {
    const person = state.person(userId);
    if (person === undefined || person.role === 'agent') return undefined;
    return person.role === 'administrator' ? null : person.team;
  };

  const seenAgents = (userId: string, ids: Iterable<string>) => {
    const team = teamSeenBy(userId);
    if (team === undefined) return [];
    const agents = state.agents();
    return [...ids].flatMap((id) => {
      const agent = agents.get(id);
      if (agent === undefined || (team !== null && agent.team !== team)) return [];
      // Who is on one's own call is told by policy, at the call.
      return [id === userId ? withoutJoins(agent) : agent];
    });
  };

  /** Queues that somebody of the team serves. */
  const seenQueues = (userId: string): ReadonlySet<string> => {
    const team = teamSeenBy(userId);
    if (team === undefined) return new Set();
    const all = state.terms().queues.map(({ name }) => name);
    if (team === null) return new Set(all);
    const served = new Set<string>();
    for (const agent of state.agents().values()) {
      if (agent.team === team) for (const queue of agent.queues) served.add(queue);
    }
    return new Set(all.filter((queue) => served.has(queue)));
  };

  const seenTerms = (userId: string, queues: ReadonlySet<string>): BoardTerms => {
    const terms = state.terms();
    const team = teamSeenBy(userId);
    return {
      ...terms,
      queues: terms.queues.filter(({ name }) => queues.has(name)),
      teams: terms.teams.filter(({ name }) => team === null || name === team),
    };
  };

  const wholeOf = (userId: string, sight: Sight): BoardPush => {
    const agents = seenAgents(userId, state.agents().keys());
    sight.queues = seenQueues(userId);
    sight.known = new Set(agents.map(({ id }) => id));
    return {
      kind: 'board',
      revision: sight.revision,
      terms: seenTerms(userId, sight.queues),
      agents,
      queues: [...state.queues().values()].filter(({ name }) => sight.queues.has(name)),
    };
  };

  const newsFor = (userId: string, sight: Sight, changes: BoardChanges): BoardPush | null => {
    const { known } = sight;
    // The first message, which says everything, is on its way.
    if (known === null) return null;
    const servesOther = changes.whole && !isSame(seenQueues(userId), sight.queues);
    if (changes.terms || servesOther) {
      sight.revision += 1;
      return wholeOf(userId, sight);
    }
    // Whoever supervises another team now sees other agents, of whom nothing changed.
    const looked = changes.whole ? state.agents().keys() : changes.agentIds;
    const shown = new Set(seenAgents(userId, looked).map(({ id }) => id));
    const changed = new Set(changes.agentIds);
    const agents = seenAgents(
      userId,
      [...shown].filter((id) => changed.has(id) || !known.has(id)),
    );
    const gone = [...(changes.whole ? known : changes.agentIds)].filter(
      (id) => known.has(id) && !shown.has(id),
    );
    const queues = changes.queues.flatMap((name) =>
      sight.queues.has(name) ? (state.queues().get(name) ?? []) : [],
    );
    if (agents.length + gone.length + queues.length === 0) return null;
    for (const { id } of agents) known.add(id);
    for (const id of gone) known.delete(id);
    sight.revision += 1;
    return { kind: 'board_changed', revision: sight.revision, agents, gone, queues };
  };

  return {
    add: (userId) => {
      const sight = sights.get(userId);
      if (sight === undefined) {
        sights.set(userId, { lines: 1, revision: 0, known: null, queues: new Set() });
      } else sight.lines += 1;
    },
    remove: (userId) => {
      const sight = sights.get(userId);
      if (sight === undefined) return;
      sight.lines -= 1;
      if (sight.lines <= 0) sights.delete(userId);
    },
    isEmpty: () => sights.size === 0,
    whole: (userId) => {
      const sight = sights.get(userId);
      if (sight === undefined) throw new Error('the line closed before its first message');
      return wholeOf(userId, sight);
    },
    newsOf: (changes) =>
      [...sights].flatMap(([userId, sight]) => {
        const push = newsFor(userId, sight, changes);
        return push === null ? [] : [{ userId, push }];
      }),
  };
};
