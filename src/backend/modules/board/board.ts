import type { BoardPush } from '../../../shared/api/board.ts';
import type { AgentView, User } from '../../../shared/api/records.ts';
import { createPushHub, type PushConnection, type PushSocket } from '../push/push-hub.ts';
import type { BoardNeeds } from './board-sources.ts';
import { createBoardState, type BoardChanges } from './board-state.ts';
import { createSights } from './sights.ts';

/** What everybody is doing, for those who supervise them. It is kept only while somebody looks. */
export type Board = {
  /** A supervisor sees the own team; one without a team, and an administrator, everybody. */
  readonly watch: (user: Pick<User, 'id'>, sessionId: string, socket: PushSocket) => PushConnection;
  /** An agent's state changed, and the change is committed. */
  readonly changed: (agentId: string, view: AgentView) => void;
  /** Something else of an agent changed, and is committed: a hold, a join, a hand, the line. */
  readonly touched: (agentId: string) => void;
  /** Somebody waits or waits no longer. */
  readonly queuesChanged: () => void;
  /** People, teams, queues: anything may have changed. */
  readonly allChanged: () => void;
  /** Closes the lines of a session that ended. */
  readonly endSession: (sessionId: string) => void;
  readonly close: () => void;
};

/** Changes of so short a time are told together: thousands of agents change hundreds of times a second. */
const togetherMs = 50;
/**
 * Everything is read again so often while somebody looks: figures move with the clock, people change their teams, and
 * other backends serve agents as well.
 */
const refreshMs = 15_000;
const sweptAtOnce = 50;

export const createBoard = (needs: BoardNeeds): Board => {
  const { log } = needs;
  const hub = createPushHub<BoardPush>(log);
  const state = createBoardState(needs);
  const sights = createSights(state);
  let touched = new Set<string>();
  /** Agents who are still to be read again, some with each reading: changes are not kept waiting for them. */
  let sweep: string[] = [];
  let queuesDue = false;
  let allDue = false;
  let timer: NodeJS.Timeout | null = null;
  let later: NodeJS.Timeout | null = null;
  let refresh: NodeJS.Timeout | null = null;
  /** One reading after the other: what is told later was read later. */
  let readings: Promise<unknown> = Promise.resolve();

  const inTurn = <Value>(read: () => Promise<Value>): Promise<Value> => {
    const turn = readings.then(read);
    readings = turn.catch(() => undefined);
    return turn;
  };

  const tellOf = (changes: BoardChanges): void => {
    for (const { userId, push } of sights.newsOf(changes)) hub.toUser(userId, push);
    if (changes.figuresDueMs === null) return;
    later ??= setTimeout(() => {
      later = null;
      queuesDue = true;
      schedule();
    }, changes.figuresDueMs);
  };

  const tell = async (): Promise<void> => {
    const [ids, people, queues] = [touched, allDue, queuesDue];
    touched = new Set();
    [allDue, queuesDue] = [false, false];
    if (sights.isEmpty()) return;
    for (const id of sweep.splice(0, sweptAtOnce)) ids.add(id);
    tellOf(await state.read({ agentIds: [...ids], people, queues }));
    if (people) sweep = [...state.ids()];
    if (sweep.length > 0) schedule();
  };

  const schedule = (): void => {
    if (sights.isEmpty()) return;
    timer ??= setTimeout(() => {
      inTurn(async () => {
        // What comes while this is read waits for the next turn.
        timer = null;
        await tell();
      }).catch((error: unknown) => {
        allDue = true;
        log.warn({ error }, 'the board was not told of a change');
      });
    }, togetherMs);
  };

  const allChanged = (): void => {
    allDue = true;
    schedule();
  };

  const left = (userId: string): void => {
    sights.remove(userId);
    if (!sights.isEmpty()) return;
    // Nobody keeps it up to date any more.
    if (refresh !== null) clearInterval(refresh);
    refresh = null;
    sweep = [];
    // A reading that goes on would put back what it reads.
    void inTurn(() => {
      if (sights.isEmpty()) state.clear();
      return Promise.resolve();
    });
  };

  return {
    watch: (user, sessionId, socket) => {
      sights.add(user.id);
      refresh ??= setInterval(allChanged, refreshMs).unref();
      const connection = hub.connect({ userId: user.id, sessionId }, socket, () =>
        inTurn(async () => {
          // Whoever looks already is told of what is found with it.
          tellOf(await state.read({ agentIds: [], people: true, everybody: true, queues: true }));
          return sights.whole(user.id);
        }),
      );
      let open = true;
      return {
        alive: connection.alive,
        closed: () => {
          connection.closed();
          if (open) left(user.id);
          open = false;
        },
      };
    },
    changed: (agentId, view) => {
      if (sights.isEmpty()) return;
      state.learn(agentId, view);
      touched.add(agentId);
      schedule();
    },
    touched: (agentId) => {
      if (sights.isEmpty()) return;
      touched.add(agentId);
      schedule();
    },
    queuesChanged: () => {
      queuesDue = true;
      schedule();
    },
    allChanged,
    endSession: (sessionId) => {
      hub.end(sessionId, null);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      if (later !== null) clearTimeout(later);
      if (refresh !== null) clearInterval(refresh);
      hub.close();
    },
  };
};
