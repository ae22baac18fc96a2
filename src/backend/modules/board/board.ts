import type { BoardAgent, BoardPush } from '../../../shared/api/board.ts';
import type { AgentView, Role, User } from '../../../shared/api/records.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { listStandings } from '../agent/agent-repository.ts';
import { agentViewOf } from '../agent/agent-view.ts';
import { createPushHub, type PushConnection, type PushSocket } from '../push/push-hub.ts';
import { listBoardPeople, type BoardPerson } from './board-repository.ts';

/** What everybody is doing, for those who supervise them. It is kept only while somebody looks. */
export type Board = {
  /** A supervisor sees the own team; one without a team, and an administrator, everybody. */
  readonly watch: (
    user: Pick<User, 'id' | 'role'>,
    sessionId: string,
    socket: PushSocket,
  ) => PushConnection;
  /** An agent's state changed, and the change is committed. */
  readonly changed: (agentId: string, view: AgentView) => void;
  /** Closes the lines of a session that ended. */
  readonly endSession: (sessionId: string) => void;
  readonly close: () => void;
};

/** Changes of so short a time are told together: thousands of agents change hundreds of times a second. */
const togetherMs = 50;

const offline: AgentView = {
  state: { state: 'offline' },
  since: 0,
  doNotDisturb: false,
  revision: 0,
};

export const createBoard = (database: Database, log: Log): Board => {
  const hub = createPushHub<BoardPush>(log);
  const watchers = new Map<string, { readonly role: Role; lines: number }>();
  const people = new Map<string, BoardPerson>();
  const views = new Map<string, AgentView>();
  const changedIds = new Set<string>();
  let revision = 0;
  let timer: NodeJS.Timeout | null = null;

  const learn = (agentId: string, view: AgentView): void => {
    const known = views.get(agentId);
    if (known === undefined || view.revision > known.revision) views.set(agentId, view);
  };

  const load = async (): Promise<void> => {
    const [found, standings] = await Promise.all([
      listBoardPeople(database),
      listStandings(database),
    ]);
    people.clear();
    for (const person of found) people.set(person.id, person);
    for (const row of standings) learn(row.agentId, agentViewOf(row));
  };

  const agentOf = (person: BoardPerson): BoardAgent => ({
    ...person,
    ...(views.get(person.id) ?? offline),
  });

  const seenBy = (userId: string, role: Role, ids: Iterable<string>): readonly BoardAgent[] => {
    const team = role === 'administrator' ? null : (people.get(userId)?.team ?? null);
    return [...ids].flatMap((id) => {
      const person = people.get(id);
      return person === undefined || (team !== null && person.team !== team)
        ? []
        : [agentOf(person)];
    });
  };

  const tell = async (): Promise<void> => {
    const ids = [...changedIds];
    changedIds.clear();
    if (ids.some((id) => !people.has(id))) await load();
    revision += 1;
    for (const [userId, { role }] of watchers) {
      const agents = seenBy(userId, role, ids);
      if (agents.length > 0) hub.toUser(userId, { kind: 'board_changed', revision, agents });
    }
  };

  const left = (userId: string): void => {
    const watcher = watchers.get(userId);
    if (watcher === undefined) return;
    watcher.lines -= 1;
    if (watcher.lines > 0) return;
    watchers.delete(userId);
    if (watchers.size > 0) return;
    // Nobody keeps these up to date any more.
    views.clear();
    people.clear();
  };

  return {
    watch: ({ id: userId, role }, sessionId, socket) => {
      const lines = (watchers.get(userId)?.lines ?? 0) + 1;
      watchers.set(userId, { role, lines });
      const connection = hub.connect({ userId, sessionId }, socket, async () => {
        await load();
        return { kind: 'board', revision, agents: seenBy(userId, role, people.keys()) };
      });
      let open = true;
      return {
        alive: connection.alive,
        closed: () => {
          connection.closed();
          if (open) left(userId);
          open = false;
        },
      };
    },
    changed: (agentId, view) => {
      if (watchers.size === 0) return;
      learn(agentId, view);
      changedIds.add(agentId);
      timer ??= setTimeout(() => {
        timer = null;
        tell().catch((error: unknown) => {
          log.warn({ error }, 'the board was not told of a change');
        });
      }, togetherMs);
    },
    endSession: (sessionId) => {
      hub.end(sessionId, null);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      hub.close();
    },
  };
};
