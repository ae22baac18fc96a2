import { setTimeout as wait } from 'node:timers/promises';
import type { EndPause, OpenPause, PauseAnswer } from '../../../shared/api/payment.ts';
import type { User } from '../../../shared/api/records.ts';
import type { PauseEnd } from '../../../shared/domain/payment/payment-pause.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { findRunning } from '../recording/recording-repository.ts';
import type { Recordings } from '../recording/recording-service.ts';
import { readPaymentRules } from './payment-centre.ts';
import {
  endPauses,
  extendPause,
  findOpenPauses,
  findPause,
  insertPause,
  listOpenPauses,
  type PaymentPauseRow,
} from './payment-repository.ts';
import { paymentView } from './payment-view.ts';

/**
 * Pauses of a recording while a card is taken. They are only said here; that the recording falls silent, or stops where
 * it cannot, is decided where every recording is.
 */
export type Payments = {
  /** Answers when the recording is silent, or with whatever is so after some seconds. */
  readonly open: (user: User, pause: OpenPause) => Promise<Answer<PauseAnswer>>;
  /** As long again as a pause usually lasts, from now. */
  readonly extend: (user: User, pauseId: string) => Promise<Answer<PauseAnswer>>;
  readonly end: (user: User, pauseId: string, why: EndPause['why']) => Promise<Answer<PauseAnswer>>;
  /** Ends what is open of this call, or of one agent's part in it. */
  readonly callLeft: (callKey: string, agentId: string | null) => Promise<void>;
  /** The same as `open`, by the backend's own observation; a pause that is open lasts so much longer. */
  readonly keyedIn: (callKey: string, agentId: string, pauseId: string) => Promise<void>;
  /** No key was pressed for a while. */
  readonly keysQuiet: (pauseId: string) => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Pick<Contacts, 'changed'>;
  readonly recordings: Pick<Recordings, 'settled'>;
  readonly now: Now;
  readonly log: Log;
};

/** So long an agent waits for the word that it is silent; the card tells of whatever comes later. */
const confirmedWithinMs = 4_000;

const noPause = refused('not_found', 'there is no such pause among yours');

export const createPayments = ({ database, contacts, recordings, now, log }: Needs): Payments => {
  const timers = new Map<string, NodeJS.Timeout>();
  const queue = createKeyedQueue((error, pauseId) => {
    log.error({ error, pauseId }, 'a pause could not be ended');
  });

  const disarm = (pauseId: string): void => {
    clearTimeout(timers.get(pauseId));
    timers.delete(pauseId);
  };

  const arm = ({ id, limitAt }: Pick<PaymentPauseRow, 'id' | 'limitAt'>): void => {
    disarm(id);
    const timer = setTimeout(
      () => {
        timers.delete(id);
        void queue.add(id, () => limitReached(id));
      },
      Math.max(0, limitAt - now()),
    );
    timers.set(id, timer.unref());
  };

  /** The recording first, then everybody's card. */
  const settle = async (callKey: string): Promise<void> => {
    await recordings.settled(callKey);
    await contacts.changed(callKey);
  };

  const close = async (pauseIds: readonly string[], why: PauseEnd): Promise<void> => {
    const ended = await endPauses(database, pauseIds, now(), why);
    for (const { id, callKey, step } of ended) {
      disarm(id);
      log.info({ callKey, pauseId: id, step, why }, 'a payment pause is over');
    }
    for (const callKey of new Set(ended.map((pause) => pause.callKey))) await settle(callKey);
  };

  const limitReached = async (pauseId: string): Promise<void> => {
    const pause = await findPause(database, pauseId);
    if (pause?.endedAt !== null) return;
    // Another backend gave it more time.
    if (pause.limitAt > now()) arm(pause);
    else await close([pauseId], 'limit');
  };

  const answerOf = async ({
    id: pauseId,
    callKey,
    endedAt,
  }: PaymentPauseRow): Promise<Answer<PauseAnswer>> => {
    const open = await findOpenPauses(database, callKey);
    if (open.length === 0) return success({ pauseId, endedAt, payment: null });
    const running = await findRunning(database, callKey);
    return success({ pauseId, endedAt, payment: paymentView(open, running?.state ?? null) });
  };

  const own = async (user: User, pauseId: string): Promise<PaymentPauseRow | null> => {
    const pause = await findPause(database, pauseId);
    return pause?.agentId === user.id ? pause : null;
  };

  const begin = async (
    agentId: string,
    { pauseId: id, callKey, step }: OpenPause,
  ): Promise<PaymentPauseRow | null> => {
    const { limitSeconds } = await readPaymentRules(database);
    const beganAt = now();
    const limitAt = beganAt + limitSeconds * 1_000;
    if (!(await insertPause(database, { id, callKey, agentId, step, beganAt, limitAt }))) {
      return null;
    }
    const pause = await findPause(database, id);
    if (pause?.agentId !== agentId || pause.callKey !== callKey) return null;
    if (pause.endedAt === null) arm(pause);
    log.info({ callKey, pauseId: id, step }, 'a payment pause is open');
    const settled = settle(callKey).catch((error: unknown) => {
      log.error({ error, callKey }, 'whether a recording is silent is not known');
    });
    await Promise.race([settled, wait(confirmedWithinMs, undefined, { ref: false })]);
    return pause;
  };

  return {
    open: async (user, wanted) => {
      const pause = await begin(user.id, wanted);
      return pause === null
        ? refused('conflict', 'you have no part in this call now')
        : answerOf(pause);
    },
    extend: async (user, pauseId) => {
      const pause = await own(user, pauseId);
      if (pause === null) return noPause;
      const { limitSeconds } = await readPaymentRules(database);
      const longer = await extendPause(database, pauseId, now() + limitSeconds * 1_000);
      if (longer === null) return answerOf(pause);
      arm(longer);
      await contacts.changed(longer.callKey);
      return answerOf(longer);
    },
    end: async (user, pauseId, why) => {
      if ((await own(user, pauseId)) === null) return noPause;
      await close([pauseId], why);
      const pause = await findPause(database, pauseId);
      return pause === null ? noPause : answerOf(pause);
    },
    callLeft: async (callKey, agentId) => {
      const open = await findOpenPauses(database, callKey);
      const left = open.filter((pause) => agentId === null || pause.agentId === agentId);
      if (left.length > 0) {
        await close(
          left.map(({ id }) => id),
          'call_ended',
        );
      }
    },
    keyedIn: async (callKey, agentId, pauseId) => {
      await begin(agentId, { pauseId, callKey, step: 'keypad' });
    },
    keysQuiet: (pauseId) => close([pauseId], 'quiet'),
    start: () => {
      void queue.add('', async () => {
        for (const pause of await listOpenPauses(database)) arm(pause);
      });
    },
    stop: async () => {
      for (const pauseId of [...timers.keys()]) disarm(pauseId);
      await queue.idle();
    },
    idle: queue.idle,
  };
};
