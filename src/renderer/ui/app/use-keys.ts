import { useEffect, useRef } from 'react';
import { matchesChord } from '../components/chord.ts';
import { chords } from '../state/chords.ts';
import { change, goBack, useView } from '../state/view-store.ts';
import type { ListedAction } from '../features/spotlight/listed-action.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName));

type Held = { readonly code: string; readonly release: () => void };

/** What lies over the page closes itself; it may be gone by now, and the press was meant for it all the same. */
const isOverPage = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;

/** The keyboard of the desk. A key held down acts once; a combination without its modifiers is only ever text. */
export const useKeys = (actions: readonly ListedAction[]): void => {
  const latest = useRef(actions);
  const held = useRef<Held | null>(null);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === '?' && !isTyping(event.target)) {
        change({ shortcuts: true });
        return;
      }
      if (event.key === 'Escape' && !isTyping(event.target) && !isOverPage(event.target)) {
        const { spotlight, shortcuts, keypadCallId, reasonMenu, panel } = useView.getState();
        const over = spotlight || shortcuts || keypadCallId !== null || reasonMenu;
        if (!over && panel !== null) change({ panel: null });
        if (!over) goBack();
        return;
      }
      if (matchesChord(event, chords.everything)) {
        event.preventDefault();
        change({ spotlight: true });
        return;
      }
      const action = latest.current.find(
        ({ chord }) => chord !== null && matchesChord(event, chord),
      );
      if (action === undefined) return;
      event.preventDefault();
      if (!action.possible || event.repeat) return;
      action.run();
      const { release } = action;
      if (release !== undefined) held.current = { code: event.code, release };
    };
    const letGo = (): void => {
      const { release } = held.current ?? {};
      held.current = null;
      release?.();
    };
    const onKeyUp = ({ code }: KeyboardEvent): void => {
      if (code === held.current?.code) letGo();
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    // Another window hears of the key from now on.
    window.addEventListener('blur', letGo);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', letGo);
      letGo();
    };
  }, []);
};
