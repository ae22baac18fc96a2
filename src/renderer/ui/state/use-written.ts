import { useEffect, useState } from 'react';
import type { DeedView } from '../../../shared/api/deeds.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { ask } from './orders.ts';
import { useWriting } from './write-store.ts';

/** While something is on its way it is looked at so often. */
const lookEveryMs = 4_000;

export type Written = 'loading' | 'away' | readonly DeedView[];

const isUnderWay = ({ state }: DeedView): boolean => state === 'waiting' || state === 'sending';

/** What is written of a contact in other systems, and how far it got. */
export const useWritten = (contactId: string): Written => {
  const [told, setTold] = useState<Written>('loading');
  const written = useWriting((kept) => kept.written);
  const isThere = useDesk(({ backend }) => backend.state === 'connected');
  const [looks, setLooks] = useState(0);
  const isMoving = typeof told === 'object' && told.some(isUnderWay);
  useEffect(() => {
    let current = true;
    void ask('deeds.ofContact', { contactId }).then((answer) => {
      if (!current) return;
      setTold((before) =>
        answer.ok ? answer.value.deeds : typeof before === 'object' ? before : 'away',
      );
    });
    return () => {
      current = false;
    };
  }, [contactId, written, isThere, looks]);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => {
      setLooks((before) => before + 1);
    }, lookEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, [isMoving]);
  return told;
};
