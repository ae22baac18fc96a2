import type { Elsewhere } from '../../shared/api/elsewhere.ts';
import type { Push } from '../../shared/api/push.ts';
import { takeJoinPush } from '../supervision/shown-joins.ts';
import { withCard, type DeskStore } from './desk-store.ts';
import { takeHelpPush } from './help-view.ts';

/** Pushes that are news for the desk's snapshot and nothing else. */
export type DeskPush = Exclude<
  Push,
  { readonly kind: 'desk' | 'agent' | 'wrap_up_closed' | 'demo_clock' | 'signed_out' }
>;

const withElsewhere = (known: readonly Elsewhere[], elsewhere: Elsewhere): readonly Elsewhere[] => [
  ...known.filter(({ callKey }) => callKey !== elsewhere.callKey),
  elsewhere,
];

export const takeDeskPush = (store: DeskStore, push: DeskPush): void => {
  const { cards, elsewhere = [] } = store.snapshot();
  switch (push.kind) {
    case 'card':
      store.update({ cards: withCard(cards, push.card) });
      break;
    case 'card_gone':
      store.update({
        cards: cards.filter((card) => card.callKey !== push.callKey),
        elsewhere: elsewhere.filter(({ callKey }) => callKey !== push.callKey),
      });
      break;
    case 'elsewhere':
      store.update({ elsewhere: withElsewhere(elsewhere, push.elsewhere) });
      break;
    case 'today':
      store.update({ today: push.today });
      break;
    case 'missed':
      store.update({ missed: push.missed });
      break;
    case 'shift':
      store.update({ shift: push.shift });
      break;
    case 'exception':
      store.update({ exceptionDecided: push.exception });
      break;
    case 'pbx':
      store.update({ pbx: push.pbx });
      break;
    case 'emergency':
    case 'hand':
    case 'memos':
    case 'coaching':
    case 'call_backs':
      takeHelpPush(store, push);
      break;
    case 'join':
    case 'supervisors':
      takeJoinPush(store, push);
      break;
    case 'parked':
      store.update({ parked: push.parked });
      break;
  }
};
