import { useEffect, useState } from 'react';
import { useDesk } from '../../bridge/desk-store.ts';

export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: Value }
  | { readonly state: 'away' };

type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** What the backend answers, asked for again when it is back; `reload` asks anew and keeps what is shown meanwhile. */
export const useLoaded = <Value>(
  load: () => Promise<Answer<Value>>,
  key: string,
): {
  readonly loaded: Loaded<Value>;
  readonly reload: () => void;
} => {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' });
  const [tries, setTries] = useState(0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  useEffect(() => {
    let current = true;
    void load().then((answer) => {
      if (current)
        setLoaded(answer.ok ? { state: 'here', value: answer.value } : { state: 'away' });
    });
    return () => {
      current = false;
    };
    // What is asked for is told by `key`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, connected, tries]);
  return {
    loaded,
    reload: () => {
      setTries((before) => before + 1);
    },
  };
};
