import type { IncomingDeed } from '../../../shared/domain/call/incoming.ts';
import { incomingDeed } from '../../../shared/domain/call/incoming.ts';
import type { EngineSetup } from '../../../shared/ipc/phone.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Leg } from '../sip/leg.ts';

/** Customers who may come back; older ones are forgotten. */
const maximumHandedOver = 20;

export type Offer = Pick<Leg, 'callKey' | 'queue' | 'isConsult'>;

/** What becomes of calls that come in. */
export type Offers = {
  readonly deedFor: (offer: Offer) => IncomingDeed;
  /** This customer was handed over, and comes back here when nobody takes them. */
  readonly handedOver: (callKey: string) => void;
};

export const createOffers = (ports: {
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
}): Offers => {
  const handedOver = new Set<string>();
  return {
    deedFor: (offer) => {
      const isReturning = !offer.isConsult && handedOver.has(offer.callKey);
      const { calls } = ports.store.get();
      return incomingDeed({ ...offer, isReturning }, ports.setup().incoming, calls);
    },
    handedOver: (callKey) => {
      handedOver.delete(callKey);
      handedOver.add(callKey);
      for (const oldest of handedOver) {
        if (handedOver.size <= maximumHandedOver) break;
        handedOver.delete(oldest);
      }
    },
  };
};
