import { useEffect, useState } from 'react';
import type { CallBackQuery, CallBackView } from '../../../../shared/api/call-backs.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ask } from '../../state/orders.ts';

type Listed = {
  readonly state: 'loading' | 'here' | 'away';
  readonly callBacks: readonly CallBackView[];
  readonly next: string | null;
  readonly due: number;
};

const firstPage = 50;
const largestPage = 100;
const nothing: Listed = { state: 'loading', callBacks: [], next: null, due: 0 };

export type CallBackList = Listed & {
  readonly more: () => Promise<void>;
  readonly again: () => void;
};

/** A list as the backend has it, page by page; read anew when one of them changed. What stands goes on standing meanwhile. */
export const useCallBackList = (
  whose: NonNullable<CallBackQuery['whose']>,
  showing: NonNullable<CallBackQuery['show']>,
): CallBackList => {
  const [listed, setListed] = useState<Listed & { readonly of: string }>({ ...nothing, of: '' });
  const [tries, setTries] = useState(0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const told = useDesk(({ callBacks }) => callBacks ?? null);
  const of = `${whose} ${showing}`;
  const length = listed.of === of ? listed.callBacks.length : 0;
  useEffect(() => {
    let current = true;
    const limit = Math.min(largestPage, Math.max(firstPage, length));
    void ask('callBacks.page', { whose, show: showing, limit }).then((answer) => {
      if (!current) return;
      setListed((before) => {
        if (answer.ok) return { ...answer.value, state: 'here', of };
        return before.of === of ? { ...before, state: 'away' } : { ...nothing, state: 'away', of };
      });
    });
    return () => {
      current = false;
    };
    // How many there are is no reason to read them again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [whose, showing, connected, told, tries]);

  const more = async (): Promise<void> => {
    if (listed.next === null) return;
    const answer = await ask('callBacks.page', { whose, show: showing, after: listed.next });
    setListed((before) => {
      if (before.of !== of) return before;
      if (!answer.ok) return { ...before, state: 'away' };
      const { callBacks, next, due } = answer.value;
      return { ...before, callBacks: [...before.callBacks, ...callBacks], next, due };
    });
  };
  const { of: shown, ...rest } = listed;
  return {
    ...(shown === of ? rest : nothing),
    more,
    again: () => {
      setTries((before) => before + 1);
    },
  };
};
