import { createServerClock, type ServerClock } from '../../../shared/server-clock.ts';
import { bridge } from './bridge.ts';

const monotonicMs = (): number => performance.now();

let clock: ServerClock = createServerClock(monotonicMs, Date.now());

/** Epoch ms of the server's clock. */
export const serverNow = (): number => clock.now();

/** Reads the server's clock anew; what was known before is dropped, since sleep may have stopped the monotonic one. */
export const synchroniseClock = async (): Promise<void> => {
  const sentAtMonotonicMs = monotonicMs();
  const serverTime = await bridge().request('clock.now', null);
  const receivedAtMonotonicMs = monotonicMs();
  clock = createServerClock(monotonicMs, serverTime);
  clock.observe({ sentAtMonotonicMs, receivedAtMonotonicMs, serverTime });
};
