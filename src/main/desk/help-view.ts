import type { Memo } from '../../shared/api/acting.ts';
import type { EmergencyCall } from '../../shared/api/emergency.ts';
import type { HandView } from '../../shared/api/help.ts';
import type { Push } from '../../shared/api/push.ts';
import type { DeskState } from '../../shared/api/routes.ts';
import { withEmergency } from '../emergency/emergency-calls.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { DeskChange, DeskStore } from './desk-store.ts';

/** What is down and of no call of this user goes with the next state of the desk; until then it is a few lines. */
const keptHands = 200;

/** The hands with `hand` in its place; an older revision of it changes nothing. */
export const withHand = (hands: readonly HandView[], hand: HandView): readonly HandView[] => {
  const kept = hands.find(({ id }) => id === hand.id);
  if (kept === undefined) return [...hands, hand].slice(-keptHands);
  if (kept.revision > hand.revision) return hands;
  return hands.map((other) => (other === kept ? hand : other));
};

/** What the desk shows of help, memos, coaching and call-backs, out of the backend's state of a desk. */
export const helpOfDesk = ({
  hands = [],
  memos = [],
  emergencies = [],
  coaching = { unread: 0 },
  callBacks,
}: DeskState) => ({ hands, memos, emergencies, coaching, callBacks: callBacks ?? null });

/** Of nobody. */
export const noHelp: {
  readonly hands: readonly HandView[];
  readonly memos: readonly Memo[];
  readonly emergencies: readonly EmergencyCall[];
  readonly coaching: { readonly unread: number };
  readonly callBacks: null;
} = { hands: [], memos: [], emergencies: [], coaching: { unread: 0 }, callBacks: null };

export type HelpPush = Extract<
  Push,
  { kind: 'hand' | 'memos' | 'emergency' | 'coaching' | 'call_backs' }
>;

const changeOf = (push: HelpPush, desk: DeskSnapshot): DeskChange => {
  switch (push.kind) {
    case 'memos':
      return { memos: push.memos };
    case 'hand':
      return { hands: withHand(desk.hands ?? [], push.hand) };
    case 'emergency':
      return { emergencies: withEmergency(desk.emergencies ?? [], push.call) };
    case 'coaching':
      return { coaching: push.coaching };
    case 'call_backs':
      return { callBacks: push.callBacks };
  }
};

export const takeHelpPush = (store: DeskStore, push: HelpPush): void => {
  store.update(changeOf(push, store.snapshot()));
};
