import { useCallback, useEffect, useState } from 'react';
import type { UiAnswer } from '../../../../shared/ipc/contract.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ask } from '../../state/orders.ts';
import { useWriting } from '../../state/write-store.ts';

export type Told = Extract<UiAnswer<'deeds.dead'>, { readonly ok: true }>['value'];

const lookEveryMs = 5_000;

/** What is dead, and how much waits, looked at again and again. */
export const useUndelivered = (): {
  readonly told: 'loading' | 'away' | Told;
  readonly again: () => void;
} => {
  const [told, setTold] = useState<'loading' | 'away' | Told>('loading');
  const [looks, setLooks] = useState(0);
  const written = useWriting((kept) => kept.written);
  const isThere = useDesk(({ backend }) => backend.state === 'connected');
  const again = useCallback(() => {
    setLooks((before) => before + 1);
  }, []);
  useEffect(() => {
    let current = true;
    const look = (): void => {
      void ask('deeds.dead', null).then((answer) => {
        if (!current) return;
        setTold((before) =>
          answer.ok ? answer.value : typeof before === 'object' ? before : 'away',
        );
      });
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [looks, written, isThere]);
  return { told, again };
};
