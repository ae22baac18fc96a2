import { useEffect } from 'react';
import { create } from 'zustand';
import type { TransferTargets } from '../../../shared/api/routes.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { ask } from './orders.ts';

type Known = {
  /** null: not told yet. Kept afterwards, since calls go on naming whom they went to. */
  readonly targets: TransferTargets | null;
  /** The last question had no answer. */
  readonly away: boolean;
};

const usualMs = 3_000;

export const useTargets = create<Known>(() => ({ targets: null, away: false }));

/** Asks whom a call can go to, at once and every few seconds, for as long as somebody can see the answer. */
export const useFreshTargets = (everyMs = usualMs): Known => {
  useEffect(() => {
    let looking = true;
    let asking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = async (): Promise<void> => {
      clearTimeout(timer);
      if (asking || document.visibilityState === 'hidden') return;
      asking = true;
      const answer = await ask('targets.list', null);
      asking = false;
      if (!looking) return;
      useTargets.setState(answer.ok ? { targets: answer.value, away: false } : { away: true });
      timer = setTimeout(() => void renew(), everyMs);
    };
    const onVisibility = (): void => void renew();
    document.addEventListener('visibilitychange', onVisibility);
    onVisibility();
    return () => {
      looking = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [everyMs]);
  return useTargets();
};

/** Asks once, and again when the server is back: for the names of colleagues who call and whom calls go to. */
export const useNamedTargets = (): void => {
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  useEffect(() => {
    if (!connected) return;
    void ask('targets.list', null).then((answer) => {
      if (answer.ok) useTargets.setState({ targets: answer.value, away: false });
    });
  }, [connected]);
};
