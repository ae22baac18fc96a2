import { useEffect, useState, type RefObject } from 'react';
import { ask } from '../../state/orders.ts';

/** Whether it is on the screen, in a window that is. */
const useSeen = (element: RefObject<HTMLElement | null>): boolean => {
  const [isNear, setNear] = useState(false);
  const [isShown, setShown] = useState(!document.hidden);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => {
      if (entry !== undefined) setNear(entry.isIntersecting);
    });
    if (element.current !== null) observer.observe(element.current);
    const follow = (): void => {
      setShown(!document.hidden);
    };
    document.addEventListener('visibilitychange', follow);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [element]);
  return isNear && isShown;
};

/** Microphones are open only while their meters are on the screen; some only once somebody asks for their level. */
export const useMeters = (
  list: RefObject<HTMLElement | null>,
): { readonly asked: readonly string[]; readonly askFor: (deviceId: string) => void } => {
  const [asked, setAsked] = useState<readonly string[]>([]);
  const isSeen = useSeen(list);
  useEffect(() => {
    if (!isSeen) return;
    void ask('devices.order', {
      ...{ kind: 'meter', on: true },
      ...(asked.length === 0 ? {} : { asked: [...asked] }),
    });
  }, [isSeen, asked]);
  useEffect(() => {
    if (!isSeen) return;
    return () => void ask('devices.order', { kind: 'meter', on: false });
  }, [isSeen]);
  return {
    asked,
    askFor: (deviceId) => {
      setAsked((before) => [...before.filter((id) => id !== deviceId), deviceId]);
    },
  };
};
