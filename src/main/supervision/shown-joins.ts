import type { Push } from '../../shared/api/push.ts';
import type { DeskState } from '../../shared/api/routes.ts';
import type { JoinView } from '../../shared/api/supervision.ts';
import type { DeskStore } from '../desk/desk-store.ts';

/** What the desk shows of joins, out of the backend's state of a desk. */
export const joinsOfDesk = ({ join = null, supervisors = [], mayListenCovertly }: DeskState) => ({
  join,
  supervisors,
  mayListenCovertly: mayListenCovertly ?? false,
});

/** Of nobody. */
export const noJoins = {
  ...{ join: null, supervisors: [], mayListenCovertly: false, takenOver: null },
};

type JoinPush = Extract<Push, { kind: 'join' | 'supervisors' }>;

/** What the supervisor did is no news. */
const isNews = ({ why }: JoinView): boolean => why !== 'left' && why !== 'taken_over';

export const showJoin = (store: DeskStore, join: JoinView | null): void => {
  const shown = store.snapshot().join ?? null;
  const isOlder = shown?.joinId === join?.joinId && (shown?.revision ?? 0) > (join?.revision ?? 0);
  // Which of two joins is the newer one their beginnings tell.
  const isBefore = join !== null && shown !== null && join.startedAt < shown.startedAt;
  if (!isOlder && !isBefore) store.update({ join: join !== null && isNews(join) ? join : null });
};

export const takeJoinPush = (store: DeskStore, push: JoinPush): void => {
  if (push.kind === 'join') showJoin(store, push.join);
  else {
    const { supervisors, takenOver } = push;
    store.update({ supervisors, ...(takenOver === undefined ? {} : { takenOver }) });
  }
};
