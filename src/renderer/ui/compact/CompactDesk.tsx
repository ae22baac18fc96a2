import { useEffect, useLayoutEffect } from 'react';
import { useColorScheme } from '../app/use-color-scheme.ts';
import { useDeskStore } from '../bridge/desk-store.ts';
import { speak } from '../i18n/i18n.ts';
import { Strip } from './Strip.tsx';

/** The page of the strip: the desk's own state, in as little as can be. */
export const CompactDesk = () => {
  const scheme = useColorScheme();
  const language = useDeskStore(({ desk }) => desk?.settings.language ?? null);
  const signedIn = useDeskStore(({ desk }) => desk?.session.state === 'signed_in');
  useLayoutEffect(() => {
    document.documentElement.dataset['mantineColorScheme'] = scheme;
  }, [scheme]);
  useEffect(() => {
    if (language !== null) speak(language);
  }, [language]);
  return signedIn ? <Strip /> : null;
};
