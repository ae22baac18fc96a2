import type { HandView } from '../../../shared/api/help.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { order } from './orders.ts';

const none: readonly HandView[] = [];
export const useHands = (): readonly HandView[] => useDesk((desk) => desk.hands ?? none);

export const useMyId = (): string =>
  useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));

export const isUp = ({ over }: HandView): boolean => over === null;

/** The user's own hand of this call that is up; null: none is. */
export const ownHand = (
  hands: readonly HandView[],
  userId: string,
  callKey: string,
): HandView | null =>
  hands.find((hand) => isUp(hand) && hand.agent.id === userId && hand.callKey === callKey) ?? null;

/** Hands of others that are up: nobody's first, then one's own, then those that somebody else has; the oldest first. */
export const othersHands = (hands: readonly HandView[], userId: string): readonly HandView[] => {
  const rank = ({ taken }: HandView): number =>
    taken === null ? 0 : taken.by.id === userId ? 1 : 2;
  return hands
    .filter((hand) => isUp(hand) && hand.agent.id !== userId)
    .toSorted((a, b) => rank(a) - rank(b) || a.raisedAt - b.raisedAt);
};

export const raiseHand = (callKey: string) => order('help.raise', { callKey });

export const takeHand = ({ id, taken }: HandView) =>
  order('help.take', { handId: id, from: taken?.by.id ?? null });

/** Where one writes to it. */
export const handFieldId = (handId: string): string => `hand-${handId}`;
