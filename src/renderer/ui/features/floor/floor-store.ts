import { create } from 'zustand';
import type { BoardAgent, BoardQueue, BoardTerms } from '../../../../shared/api/board.ts';
import type { FloorEvent } from '../../../../shared/ipc/floor.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ask } from '../../state/orders.ts';

export type FloorKept = {
  /** `refused`: there is no board for this user, or nobody could ask for it. */
  readonly line: 'opening' | 'up' | 'away' | 'refused';
  /** Since when what is shown stands still, epoch ms; null: it does not. */
  readonly awaySince: number | null;
  readonly revision: number;
  /** null: nothing has come yet. */
  readonly terms: BoardTerms | null;
  readonly agents: ReadonlyMap<string, BoardAgent>;
  readonly queues: ReadonlyMap<string, BoardQueue>;
};

const nothing: FloorKept = {
  line: 'opening',
  awaySince: null,
  revision: 0,
  terms: null,
  agents: new Map(),
  queues: new Map(),
};

/** What everybody is doing, by id; each row reads its own agent, and is drawn when that one changed. */
export const useFloor = create<FloorKept>(() => nothing);

/** What is on screen once this message was taken in; null: one before it is missing. */
export const floorAfter = (kept: FloorKept, event: FloorEvent): FloorKept | null => {
  switch (event.kind) {
    case 'away':
      return { ...kept, line: 'away', awaySince: event.since };
    case 'board':
      return {
        line: 'up',
        awaySince: null,
        revision: event.revision,
        terms: event.terms,
        agents: new Map(event.agents.map((agent) => [agent.id, agent])),
        queues: new Map(event.queues.map((queue) => [queue.name, queue])),
      };
    case 'board_changed': {
      // Told already with the whole, or of a line that is no more.
      if (event.revision <= kept.revision || kept.line !== 'up') return kept;
      if (event.revision !== kept.revision + 1) return null;
      const agents = new Map(kept.agents);
      for (const agent of event.agents) agents.set(agent.id, agent);
      for (const id of event.gone) agents.delete(id);
      const queues = new Map(kept.queues);
      for (const queue of event.queues) queues.set(queue.name, queue);
      return { ...kept, revision: event.revision, agents, queues };
    }
  }
};

const askForBoard = async (): Promise<void> => {
  const answer = await ask('floor.open', null);
  if (!answer.ok) useFloor.setState({ line: 'refused' });
};

/** Looks at the floor from now on. Answers how to stop; meanwhile main holds the line. */
export const openFloor = (): (() => void) => {
  useFloor.setState(nothing);
  const stop = bridge().on('floor.changed', (event) => {
    const kept = useFloor.getState();
    const next = floorAfter(kept, event);
    if (next !== null) {
      if (next !== kept) useFloor.setState(next);
      return;
    }
    // A message is missing: everything comes anew.
    useFloor.setState({ line: 'opening' });
    void askForBoard();
  });
  void askForBoard();
  return () => {
    stop();
    void ask('floor.close', null);
    useFloor.setState(nothing);
  };
};

export const reopenFloor = (): void => {
  useFloor.setState({ line: 'opening' });
  void askForBoard();
};
