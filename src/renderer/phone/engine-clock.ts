import type { Stamp } from '../../shared/domain/call/call.ts';
import type { PhoneBridge } from '../../shared/ipc/bridge.ts';
import { createServerClock } from '../../shared/server-clock.ts';
import { uuidV7 } from '../../shared/uuid-v7.ts';
import type { Logger } from './log.ts';
import { textOf } from './log.ts';

const observeEveryMs = 60_000;
const firstExchanges = 3;

export type EngineClock = {
  readonly stamp: () => Stamp;
  /** Resolves once the server's clock is known (or cannot be asked: then this machine's serves). */
  readonly start: () => Promise<void>;
  /** The monotonic source stood still while the machine slept: measure anew. */
  readonly restart: () => void;
};

export const createEngineClock = (bridge: PhoneBridge, log: Logger): EngineClock => {
  const monotonicMs = () => performance.now();
  let clock = createServerClock(monotonicMs, Date.now());
  let latest = 0;

  /** `anew`: what was known before is dropped, once there is something to go by in its place. */
  const observe = async (anew = false) => {
    const sentAtMonotonicMs = monotonicMs();
    try {
      const serverTime = await bridge.request('clock.now');
      if (anew) clock = createServerClock(monotonicMs, serverTime);
      clock.observe({ sentAtMonotonicMs, receivedAtMonotonicMs: monotonicMs(), serverTime });
    } catch (error) {
      log.warn('clock unknown', { error: textOf(error) });
    }
  };
  setInterval(() => void observe(), observeEveryMs);

  return {
    stamp: () => {
      latest = Math.max(latest, clock.now());
      return { id: uuidV7(latest, crypto.getRandomValues(new Uint8Array(10))), at: latest };
    },
    start: async () => {
      for (let exchange = 0; exchange < firstExchanges; exchange += 1) await observe();
    },
    restart: () => {
      void observe(true);
    },
  };
};
