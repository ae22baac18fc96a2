import { lazy, Suspense } from 'react';
import { useJoinNotices } from './use-join-notices.ts';
import { useOwnJoin } from './use-own-join.ts';

const JoinStrip = lazy(async () => ({ default: (await import('./JoinStrip.tsx')).JoinStrip }));

/** Where a supervisor's join is shown; agents never load it. */
export const JoinPlace = () => {
  const join = useOwnJoin();
  useJoinNotices();
  if (join === null) return null;
  return (
    <Suspense fallback={null}>
      <JoinStrip join={join} />
    </Suspense>
  );
};
