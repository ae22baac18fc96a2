import type { Memo } from '../../shared/api/acting.ts';
import type { EmergencyCall } from '../../shared/api/emergency.ts';
import type { HandView } from '../../shared/api/help.ts';
import type { Push } from '../../shared/api/push.ts';
import type { DeskState } from '../../shared/api/routes.ts';
import { withEmergency } from '../emergency/emergency-calls.ts';
import type { DeskStore } from './desk-store.ts';

/** What is down and of no call of this user goes with the next state of the desk; until then it is a few lines. */
const keptHands = 200;

/** The hands with `hand` in its place; an older revision of it changes nothing. */
export const withHand = (hands: readonly HandView[], hand: HandView): readonly HandView[] => {
  const kept = hands.find(({ id }) => id === hand.id);
  if (kept === undefined) return [...hands, hand].slice(-keptHands);
  if (kept.revision > hand.revision) return hands;
  return hands.map((other) => (other === kept ? hand : other));
};

/** What the desk shows of help and memos, out of the backend's state of a desk. */
export const helpOfDesk = ({ hands = [], memos = [], emergencies = [] }: DeskState) => ({
  hands,
  memos,
  emergencies,
});

/** Of nobody. */
export const noHelp: {
  readonly hands: readonly HandView[];
  readonly memos: readonly Memo[];
  readonly emergencies: readonly EmergencyCall[];
} = { hands: [], memos: [], emergencies: [] };

export type HelpPush = Extract<Push, { kind: 'hand' | 'memos' | 'emergency' }>;

export const takeHelpPush = (store: DeskStore, push: HelpPush): void => {
  const { hands = [], emergencies = [] } = store.snapshot();
  store.update(
    push.kind === 'memos'
      ? { memos: push.memos }
      : push.kind === 'hand'
        ? { hands: withHand(hands, push.hand) }
        : { emergencies: withEmergency(emergencies, push.call) },
  );
};
