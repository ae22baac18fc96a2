import type { BoardAgent, BoardJoin, BoardQueue, BoardTerms } from '../../../shared/api/board.ts';
import type { AgentView } from '../../../shared/api/records.ts';
import { groupBy } from '../../../shared/group-by.ts';
import { listStandings } from '../agent/agent-repository.ts';
import { agentViewOf } from '../agent/agent-view.ts';
import {
  listBoardPeople,
  readBoardCalls,
  readBoardTerms,
  type BoardCallRow,
  type BoardPerson,
  type WaitingRow,
} from './board-repository.ts';
import { boardAgentOf, boardCallOf, callsOfState, offlineView } from './board-view.ts';
import type { BoardNeeds } from './board-sources.ts';
import { createQueueFigures, noCounts, type QueueCounts } from './queue-figures.ts';

/** What a reading found changed. */
export type BoardChanges = {
  readonly agentIds: readonly string[];
  readonly queues: readonly string[];
  /** Queues, teams or reasons are called or held to something else, or another day began. */
  readonly terms: boolean;
  /** Everything was read: who serves what may have changed. */
  readonly whole: boolean;
  /** Figures of queues are older than what is known of them, and can be read again then; null: they are not. */
  readonly figuresDueMs: number | null;
};

/** The board as it was read last, for everybody who looks. */
export type BoardState = {
  readonly learn: (agentId: string, view: AgentView) => void;
  readonly read: (what: {
    readonly agentIds: readonly string[];
    /** Who works here and what queues are held to; agents of whom that says something else are read with it. */
    readonly people: boolean;
    /** And every agent. */
    readonly everybody?: boolean;
    readonly queues: boolean;
  }) => Promise<BoardChanges>;
  readonly ids: () => readonly string[];
  readonly person: (id: string) => BoardPerson | undefined;
  readonly agents: () => ReadonlyMap<string, BoardAgent>;
  readonly queues: () => ReadonlyMap<string, BoardQueue>;
  readonly terms: () => BoardTerms;
  readonly clear: () => void;
};

/** Figures of queues take some reading: no more often than so. */
const figuresEveryMs = 2_000;

const checkPart = (check: BoardAgent['check']): Pick<BoardAgent, 'check'> =>
  check === undefined ? {} : { check };

const noRows: readonly BoardCallRow[] = [];
const noJoins: ReadonlyMap<string, readonly BoardJoin[]> = new Map();

const emptyTerms: BoardTerms = {
  queues: [],
  teams: [],
  reasons: [],
  day: { from: 0, to: 0, zone: 'UTC' },
};

/** Keeps values by their keys, and tells which of them are not what they were. */
const createKept = <Value>() => {
  const values = new Map<string, Value>();
  const texts = new Map<string, string>();
  return {
    values: values as ReadonlyMap<string, Value>,
    put: (key: string, value: Value): boolean => {
      const text = JSON.stringify(value);
      if (texts.get(key) === text) return false;
      texts.set(key, text);
      values.set(key, value);
      return true;
    },
    remove: (key: string): void => {
      values.delete(key);
      texts.delete(key);
    },
    clear: (): void => {
      values.clear();
      texts.clear();
    },
  };
};

export const createBoardState = (needs: BoardNeeds): BoardState => {
  const { database, sources, country, timeZone, now } = needs;
  const figures = createQueueFigures(database, now, timeZone);
  const people = new Map<string, BoardPerson>();
  const views = new Map<string, AgentView>();
  const agents = createKept<BoardAgent>();
  const queues = createKept<BoardQueue>();
  let terms = emptyTerms;
  let waiting: ReadonlyMap<string, WaitingRow> = new Map();
  let counts: ReadonlyMap<string, QueueCounts> = new Map();
  let countedAt = -Infinity;

  /** Answers whether it is news. */
  const learn = (agentId: string, view: AgentView): boolean => {
    const known = views.get(agentId);
    if (known !== undefined && view.revision <= known.revision) return false;
    views.set(agentId, view);
    return true;
  };

  /** Answers who is gone, and of whom it says something else than was known. */
  const readPeople = async (): Promise<{
    readonly gone: readonly string[];
    readonly other: readonly string[];
  }> => {
    const [found, standings] = await Promise.all([
      listBoardPeople(database),
      listStandings(database),
    ]);
    const ids = new Set(found.map(({ id }) => id));
    const gone = [...people.keys()].filter((id) => !ids.has(id));
    for (const id of gone) people.delete(id);
    const other = found
      .filter((person) => JSON.stringify(person) !== JSON.stringify(people.get(person.id)))
      .map(({ id }) => id);
    for (const person of found) people.set(person.id, person);
    const moved = standings.filter((row) => learn(row.agentId, agentViewOf(row)));
    return { gone, other: [...new Set([...other, ...moved.map(({ agentId }) => agentId)])] };
  };

  const readTerms = async (): Promise<boolean> => {
    const next = { ...(await readBoardTerms(database)), day: figures.day() };
    const changed = JSON.stringify(next) !== JSON.stringify(terms);
    terms = next;
    return changed;
  };

  const readAgents = async (ids: readonly string[]): Promise<readonly string[]> => {
    const known = ids.flatMap((id) => people.get(id) ?? []);
    const calls = known.flatMap(({ id }) => callsOfState(id, views.get(id) ?? offlineView));
    const callKeys = calls.map(({ callKey }) => callKey);
    const [rows, joins, help, checks] = await Promise.all([
      calls.length === 0 ? noRows : readBoardCalls(database, calls),
      calls.length === 0 ? noJoins : sources.joins(callKeys),
      sources.help(known.map(({ id }) => id)),
      sources.checks(known.map(({ id }) => id)),
    ]);
    const callsOf = groupBy(rows, ({ agentId }) => agentId);
    return known
      .filter((person) => {
        const view = views.get(person.id) ?? offlineView;
        const own = (callsOf.get(person.id) ?? []).map((row) =>
          boardCallOf(row, joins.get(row.callKey) ?? [], country),
        );
        return agents.put(
          person.id,
          boardAgentOf(person, view, {
            calls: own.sort((a, b) => (a.since ?? 0) - (b.since ?? 0)),
            quality: own.some(({ stage }) => stage === 'talking')
              ? sources.quality(person.id)
              : null,
            help: help.get(person.id) ?? null,
            ...checkPart(checks.get(person.id)),
          }),
        );
      })
      .map(({ id }) => id);
  };

  const readyOf = (): ReadonlyMap<string, number> => {
    const ready = new Map<string, number>();
    for (const [id, person] of people) {
      if (views.get(id)?.state.state !== 'ready') continue;
      for (const queue of person.queues) ready.set(queue, (ready.get(queue) ?? 0) + 1);
    }
    return ready;
  };

  /** Answers when the figures may be read again, where they are older than this. */
  const readWaits = async (): Promise<number | null> => {
    const dueMs = countedAt + figuresEveryMs - now();
    const [found, counted] = await Promise.all([
      figures.waiting(),
      dueMs > 0 ? counts : figures.read(),
    ]);
    [waiting, counts] = [found, counted];
    if (dueMs > 0) return dueMs;
    countedAt = now();
    return null;
  };

  const putQueues = (): readonly string[] => {
    const ready = readyOf();
    return terms.queues
      .map(({ name }) => name)
      .filter((name) =>
        queues.put(name, {
          name,
          waiting: waiting.get(name)?.waiting ?? 0,
          waitingSince: waiting.get(name)?.since ?? null,
          ready: ready.get(name) ?? 0,
          ...(counts.get(name) ?? noCounts),
        }),
      );
  };

  return {
    learn: (agentId, view) => void learn(agentId, view),
    ids: () => [...people.keys()],
    read: async ({ agentIds, people: peopleToo, everybody = false, queues: queuesToo }) => {
      const isWhole = peopleToo || agentIds.some((id) => !people.has(id));
      const { gone, other } = isWhole ? await readPeople() : { gone: [], other: [] };
      const termsChanged = isWhole && (await readTerms());
      for (const id of gone) agents.remove(id);
      const ids = everybody ? people.keys() : new Set([...agentIds, ...other]);
      const changed = await readAgents([...ids]);
      const figuresDueMs = isWhole || queuesToo ? await readWaits() : null;
      return {
        agentIds: [...changed, ...gone],
        // Who became ready, or is not any more, changes what queues have.
        queues: putQueues(),
        terms: termsChanged,
        whole: isWhole,
        figuresDueMs,
      };
    },
    person: (id) => people.get(id),
    agents: () => agents.values,
    queues: () => queues.values,
    terms: () => terms,
    clear: () => {
      people.clear();
      views.clear();
      agents.clear();
      queues.clear();
      terms = emptyTerms;
      waiting = new Map();
      counts = new Map();
      countedAt = -Infinity;
    },
  };
};
