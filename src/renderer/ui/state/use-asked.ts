import { useEffect, useState } from 'react';
import type { Refusal } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { useDesk } from '../bridge/desk-store.ts';

export type Asked<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: Value }
  | { readonly state: 'failed'; readonly why: Refusal['code'] };

/**
 * Asks when it is shown, whenever `of` changes and when the backend is back; what stands goes on standing until the
 * answer is here.
 */
export const useAsked = <Value>(
  of: string,
  askIt: () => Promise<Result<Value, Refusal>>,
): readonly [asked: Asked<Value>, again: () => void] => {
  const [asked, setAsked] = useState<Asked<Value>>({ state: 'loading' });
  const [tries, setTries] = useState(0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  useEffect(() => {
    let current = true;
    void askIt().then((answer) => {
      if (!current) return;
      setAsked(
        answer.ok
          ? { state: 'here', value: answer.value }
          : { state: 'failed', why: answer.why.code },
      );
    });
    return () => {
      current = false;
    };
    // `of` says what is asked; the function is a new one each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [of, connected, tries]);
  return [
    asked,
    () => {
      setTries((before) => before + 1);
    },
  ];
};
