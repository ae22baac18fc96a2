import { bridge } from './bridge.ts';
import { usePhoneStore } from './phone-store.ts';

/** While a call rings unseen it is looked for so often. */
const lookEveryMs = 250;

const isOnScreen = (callId: string): boolean =>
  document.visibilityState === 'visible' &&
  (document.querySelector(`[data-call-id="${callId}"]`)?.getClientRects().length ?? 0) > 0;

/**
 * Tells main of each call that rings once this page really shows it: drawn, in a window that is on the screen. What
 * nobody could see must not be held against the agent.
 */
export const tellShownOffers = (): void => {
  const told = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const look = (): void => {
    timer = null;
    const { phone } = usePhoneStore.getState();
    const ringing = (phone?.calls ?? []).filter(({ state }) => state === 'offered');
    const unseen = ringing.filter(({ callId }) => !told.has(callId));
    if (ringing.length === 0) told.clear();
    if (unseen.length === 0) return;
    // Frames are drawn for what can be seen, and for nothing else.
    requestAnimationFrame(() => {
      for (const { callId } of unseen) {
        if (told.has(callId) || !isOnScreen(callId)) continue;
        told.add(callId);
        bridge()
          .request('offer.shown', { callId })
          .catch(() => told.delete(callId));
      }
    });
    timer = setTimeout(look, lookEveryMs);
  };

  // After the call and its record have been drawn.
  usePhoneStore.subscribe(() => {
    timer ??= setTimeout(look, lookEveryMs);
  });
};
