import { useEffect } from 'react';
import { useDesk } from '../bridge/desk-store.ts';
import { show } from '../state/view-store.ts';

/** Whoever supervises others begins with the floor; a call that rings or goes on is shown above it all the same. */
export const useFirstPage = (): void => {
  const supervises = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role === 'supervisor',
  );
  useEffect(() => {
    if (supervises) show({ kind: 'floor' });
  }, [supervises]);
};
