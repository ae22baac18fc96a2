import { isLive } from '../ledger/leg.ts';
import type { PhoneRelay } from './phone-relay.ts';

const hangUpMs = 1_000;

/** Ends every call that lives, and waits for that a moment: the program ends. */
export const hangUpAll = async ({
  snapshot,
  command,
}: Pick<PhoneRelay, 'snapshot' | 'command'>): Promise<void> => {
  const endings = snapshot()
    .calls.filter(isLive)
    .map(({ callId, state }) =>
      command(
        state === 'offered' ? { kind: 'reject', callId } : { kind: 'end', callId, leaving: true },
      ),
    );
  if (endings.length === 0) return;
  const enough = new Promise((resolve) => setTimeout(resolve, hangUpMs));
  await Promise.race([Promise.allSettled(endings), enough]);
};
