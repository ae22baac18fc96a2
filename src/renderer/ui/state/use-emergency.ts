import { callsForHelp } from '../../../shared/domain/phone-number/emergency-numbers.ts';
import { useDesk } from '../bridge/desk-store.ts';
import type { Work } from './work.ts';

/** Whether this call, which the agent made, calls for help: nothing of ours is in its way. */
export const useIsEmergency = (work: Pick<Work, 'direction' | 'remote'> | null): boolean => {
  const country = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.country : null,
  );
  return (
    work?.direction === 'outbound' && country !== null && callsForHelp(work.remote.number, country)
  );
};
