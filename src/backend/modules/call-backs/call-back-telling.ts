import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { findUser } from '../accounts/accounts-repository.ts';
import { listSupervisorsOf } from '../help/help-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { TouchedCallBack } from './call-back-facts.ts';
import { readCallBack, readDeskCallBacks } from './call-back-views.ts';

/** Tells the desks that show a call-back what became of it. */
export type CallBackTelling = {
  readonly touched: (touched: readonly TouchedCallBack[]) => void;
  readonly made: (id: string) => void;
  /** Due, and nobody was found: supervisors see more of them. Each is told once. */
  readonly unclaimed: (ids: readonly string[]) => void;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly now: Now;
  readonly log: Log;
};

/** More than that are due and unclaimed nowhere; beyond it they are told again. */
const remembered = 10_000;

export const createCallBackTelling = ({ database, push, now, log }: Needs): CallBackTelling => {
  const known = new Set<string>();
  const telling = createKeyedQueue((error) => {
    log.warn({ error }, 'call-backs were not told');
  });

  const tellUser = (userId: string): void => {
    if (!push.isConnected(userId)) return;
    void telling.add(userId, async () => {
      const user = await findUser(database, userId);
      if (user === null) return;
      const callBacks = await readDeskCallBacks(database, user, now());
      push.toUser(userId, { kind: 'call_backs', callBacks });
    });
  };

  const tell = (id: string, before: TouchedCallBack['before'] | null): void => {
    void telling.add(`call-back ${id}`, async () => {
      const callBack = await readCallBack(database, id);
      if (callBack === null) return;
      const { owner, offer, createdBy } = callBack;
      const people = new Set([owner?.id, offer?.to, before?.owner, createdBy.id]);
      if (before?.standing.state === 'offered') people.add(before.standing.to);
      for (const supervisor of await listSupervisorsOf(database, owner?.id ?? createdBy.id)) {
        people.add(supervisor);
      }
      for (const userId of people) if (typeof userId === 'string') tellUser(userId);
    });
  };

  return {
    touched: (touched) => {
      for (const { id, before } of touched) tell(id, before);
    },
    made: (id) => {
      tell(id, null);
    },
    unclaimed: (ids) => {
      if (known.size > remembered) known.clear();
      for (const id of ids.filter((each) => !known.has(each))) {
        known.add(id);
        tell(id, null);
      }
    },
    idle: telling.idle,
  };
};
