import { useEffect, useState } from 'react';
import type { Call } from '../../../../shared/domain/call/call.ts';
import { endGuardedUntil, isEndGuarded } from '../../../../shared/domain/call/end-guard.ts';
import { serverNow } from '../../bridge/clock.ts';

/** Whether this call was answered by itself so lately that hanging up would be a reflex. */
export const useEndGuard = (call: Call): boolean => {
  const until = endGuardedUntil(call);
  const [, drawAgain] = useState(0);
  useEffect(() => {
    const leftMs = until === null ? 0 : until - serverNow();
    if (leftMs <= 0) return;
    const timer = setTimeout(() => {
      drawAgain((count) => count + 1);
    }, leftMs + 1);
    return () => {
      clearTimeout(timer);
    };
  }, [until]);
  return isEndGuarded(call, serverNow());
};
