import { useSyncExternalStore } from 'react';
import { useDeskStore } from '../bridge/desk-store.ts';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const onDarkChange = (listener: () => void): (() => void) => {
  darkQuery.addEventListener('change', listener);
  return () => {
    darkQuery.removeEventListener('change', listener);
  };
};

/** The scheme that the agent chose, or the system's. */
export const useColorScheme = (): 'light' | 'dark' => {
  const chosen = useDeskStore(({ desk }) => desk?.settings.theme ?? 'system');
  const systemIsDark = useSyncExternalStore(onDarkChange, () => darkQuery.matches);
  if (chosen !== 'system') return chosen;
  return systemIsDark ? 'dark' : 'light';
};
