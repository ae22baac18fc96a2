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

const everyMs = 3_000;

export const useTargets = create<Known>(() => ({ targets: null, away: false }));

/** Asks whom a call can be handed to, at once and every few seconds, for as long as somebody looks. */
export const useFreshTargets = (): Known => {
  useEffect(() => {
    let looking = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = async (): Promise<void> => {
      const answer = await ask('targets.list', null);
      if (!looking) return;
      useTargets.setState(answer.ok ? { targets: answer.value, away: false } : { away: true });
      timer = setTimeout(() => void renew(), everyMs);
    };
    void renew();
    return () => {
      looking = false;
      clearTimeout(timer);
    };
  }, []);
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
