import type { Memo } from '../../../shared/api/acting.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { PushHub } from '../push/push-hub.ts';
import { listUnread, markRead } from './memo-repository.ts';

/** What agents are told of supervisors' deeds and words, until they read it. */
export type Memos = {
  readonly unread: (agentId: string) => Promise<readonly Memo[]>;
  /** Shows these agents what they have not read; to be called after the commit. */
  readonly tell: (agentIds: readonly string[]) => void;
  /** Reading it twice is the same. */
  readonly read: (agentId: string, memoId: string) => Promise<void>;
};

export type MemoNeeds = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly now: Now;
  readonly log: Log;
};

export const createMemos = ({ database, push, now, log }: MemoNeeds): Memos => {
  const tellNow = async (agentIds: readonly string[]): Promise<void> => {
    const here = agentIds.filter(push.isConnected);
    if (here.length === 0) return;
    for (const [agentId, memos] of await listUnread(database, here)) {
      push.toUser(agentId, { kind: 'memos', memos: [...memos] });
    }
  };
  const tell = (agentIds: readonly string[]): void => {
    // What was not told now is there with the desk's next state.
    tellNow(agentIds).catch((error: unknown) => log.warn({ error }, 'a memo was not shown'));
  };
  return {
    unread: async (agentId) => (await listUnread(database, [agentId])).get(agentId) ?? [],
    tell,
    read: async (agentId, memoId) => {
      if (await markRead(database, agentId, memoId, now())) tell([agentId]);
    },
  };
};
