import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { MintId } from '../../identifiers.ts';
import {
  isNumberKeyedIn,
  keyPressed,
  type KeysPressed,
} from '../../../shared/domain/payment/payment-pause.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { findLiveLegs } from '../recording/recording-repository.ts';
import { readPaymentRules } from './payment-centre.ts';
import { findPause } from './payment-repository.ts';
import type { Payments } from './payments.ts';

/** What the PBX tells of calls, as far as payments go by it: keys that are pressed, and ends. */
export type PaymentWatch = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pick<Pbx, 'subscribe'>;
  readonly extensions: Pick<Extensions, 'find'>;
  readonly payments: Payments;
  readonly mintId: MintId;
  readonly log: Log;
};

/** Keys of one call. `pauseId`: the pause that they opened. */
type Keying = {
  readonly keys: KeysPressed;
  pauseId: string | null;
  readonly quiet: NodeJS.Timeout;
};

export const createPaymentWatch = (needs: Needs): PaymentWatch => {
  const { database, pbx, extensions, payments, mintId, log } = needs;
  const keyings = new Map<string, Keying>();
  let unsubscribe: (() => void) | null = null;

  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a payment step was not noticed');
  });

  const forget = (callKey: string): void => {
    clearTimeout(keyings.get(callKey)?.quiet);
    keyings.delete(callKey);
  };

  const keysQuiet = (callKey: string): void => {
    const pauseId = keyings.get(callKey)?.pauseId ?? null;
    forget(callKey);
    if (pauseId !== null) void queue.add(callKey, () => payments.keysQuiet(pauseId));
  };

  const isOpen = async (pauseId: string): Promise<boolean> =>
    (await findPause(database, pauseId))?.endedAt === null;

  const key = async (callKey: string, at: number): Promise<void> => {
    const rules = await readPaymentRules(database);
    if (rules.keypadDigits === 0) return;
    const [leg] = await findLiveLegs(database, callKey);
    // What is pressed before somebody answers is an answer to a prompt.
    if (leg === undefined) return;
    const known = keyings.get(callKey) ?? null;
    clearTimeout(known?.quiet);
    // Once the agent said that the card is taken, what comes is another number, or none.
    const opened = known?.pauseId ?? null;
    const before = opened !== null && !(await isOpen(opened)) ? null : known;
    const keying: Keying = {
      keys: keyPressed(before?.keys ?? null, at, rules),
      pauseId: before?.pauseId ?? null,
      quiet: setTimeout(() => keysQuiet(callKey), rules.quietSeconds * 1_000).unref(),
    };
    keyings.set(callKey, keying);
    if (keying.pauseId !== null || !isNumberKeyedIn(keying.keys, rules)) return;
    keying.pauseId = mintId();
    await payments.keyedIn(callKey, leg.agentId, keying.pauseId);
  };

  const take = (event: PbxEvent): void => {
    switch (event.kind) {
      case 'key_pressed': {
        const { callKey, at } = event;
        void queue.add(callKey, () => key(callKey, at));
        break;
      }
      case 'leg_ended': {
        const { callKey, extension } = event;
        void queue.add(callKey, async () => {
          const user = await extensions.find(extension);
          if (user !== null) await payments.callLeft(callKey, user.id);
        });
        break;
      }
      case 'call_ended': {
        const { callKey } = event;
        forget(callKey);
        void queue.add(callKey, () => payments.callLeft(callKey, null));
        break;
      }
      default:
    }
  };

  return {
    start: () => {
      unsubscribe ??= pbx.subscribe(take);
    },
    stop: async () => {
      unsubscribe?.();
      unsubscribe = null;
      for (const callKey of [...keyings.keys()]) forget(callKey);
      await queue.idle();
    },
    idle: queue.idle,
  };
};
