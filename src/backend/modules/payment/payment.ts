import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { OpenRecording } from '../keeping/open-recording.ts';
import type { Recordings } from '../recording/recording-service.ts';
import { createPaymentWatch } from './payment-watch.ts';
import { createPayments, type Payments } from './payments.ts';
import { createSilenceProofs } from './silence-proofs.ts';

/** All that silences a recording while a card is taken, and proves it afterwards. */
export type Payment = {
  readonly payments: Payments;
  /** A recording of this call is finished: where it was to be silent can be looked at. */
  readonly recordingOver: (callKey: string) => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Pick<Contacts, 'changed'>;
  readonly recordings: Pick<Recordings, 'settled'>;
  readonly pbx: Pick<Pbx, 'subscribe'>;
  readonly extensions: Pick<Extensions, 'find'>;
  readonly openRecording: OpenRecording;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

export const createPayment = (needs: Needs): Payment => {
  const payments = createPayments(needs);
  const proofs = createSilenceProofs(needs);
  const watch = createPaymentWatch({ ...needs, payments });
  return {
    payments,
    recordingOver: proofs.ofCall,
    start: () => {
      payments.start();
      watch.start();
      proofs.all();
    },
    stop: async () => {
      await watch.stop();
      await payments.stop();
      await proofs.idle();
    },
    idle: async () => {
      await watch.idle();
      await payments.idle();
      await proofs.idle();
    },
  };
};
