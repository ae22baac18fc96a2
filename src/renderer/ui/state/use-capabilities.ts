import type { Capabilities } from '../../../shared/api/records.ts';
import { useDesk } from '../bridge/desk-store.ts';

const nothing: Capabilities = {
  queues: false,
  recording: false,
  demoCustomers: false,
  parking: false,
};

/** What the phone system lets this desk do; nothing while nobody is signed in. */
export const useCapabilities = (): Capabilities =>
  useDesk(({ session }) => (session.state === 'signed_in' ? session.capabilities : nothing));
