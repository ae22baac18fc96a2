import { maximumBatch, type EventReceipt } from '../../shared/api/events.ts';
import type { OutboxEvent } from '../../shared/api/outbox.ts';
import { backOffMs } from '../../shared/back-off.ts';
import type { Result } from '../../shared/result.ts';
import { createLogger } from '../log/logger.ts';
import type { Journal } from './journal.ts';

const log = createLogger('sender');
const retryLimits = { firstMs: 1_000, longestMs: 30_000 };

/** `batch_refused`: the backend takes none of it as it stands (malformed, too large). */
export type SendFailure =
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'batch_refused'; readonly why: string };

export type SenderPorts = {
  readonly journal: Pick<Journal, 'waitingOf' | 'settle'>;
  /** Whose session is open; null: nobody's, nothing is sent. */
  readonly agentId: () => string | null;
  readonly send: (events: readonly OutboxEvent[]) => Promise<Result<EventReceipt, SendFailure>>;
  /** Something was stored or refused. */
  readonly onSettled: () => void;
  readonly now: () => number;
  readonly random: () => number;
};

/** Empties the journal towards the backend: at once when something is appended, else with growing pauses. */
export type Sender = {
  /** There may be something to send, and the backend may be there. */
  readonly kick: () => void;
  /** Resolves when nothing of this agent waits, or the time is over. */
  readonly drained: (timeoutMs: number) => Promise<void>;
  readonly stop: () => void;
};

export const createSender = (ports: SenderPorts): Sender => {
  let attempt = 0;
  let sending = false;
  let again = false;
  let stopped = false;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let batchLimit = maximumBatch;
  let waiters: (() => void)[] = [];

  const wake = (): void => {
    const woken = waiters;
    waiters = [];
    for (const resolve of woken) resolve();
  };

  /** True when the next batch may follow at once. */
  const sendBatch = async (agentId: string): Promise<boolean> => {
    const events = ports.journal.waitingOf(agentId, batchLimit);
    const [first] = events;
    if (first === undefined) {
      wake();
      return false;
    }
    const sent = await ports.send(events);
    if (sent.ok) {
      const settled = sent.value.stored.length + sent.value.refused.length > 0;
      for (const { id, why } of sent.value.refused) log.error('An event was refused', { id, why });
      ports.journal.settle(sent.value, ports.now());
      ports.onSettled();
      batchLimit = maximumBatch;
      if (settled) attempt = 0;
      return settled;
    }
    if (sent.why.kind === 'batch_refused') {
      log.warn('A batch was refused', { events: events.length, why: sent.why.why });
      if (events.length > 1) {
        // One bad event must not hold the others up: halve until it stands alone.
        batchLimit = Math.ceil(events.length / 2);
        return true;
      }
      ports.journal.settle(
        { stored: [], refused: [{ id: first.id, why: sent.why.why }] },
        ports.now(),
      );
      ports.onSettled();
      return true;
    }
    return false;
  };

  const retryLater = (): void => {
    retry = setTimeout(kick, backOffMs(attempt, retryLimits, ports.random()));
    attempt += 1;
  };

  const run = async (): Promise<void> => {
    if (retry !== null) clearTimeout(retry);
    retry = null;
    sending = true;
    let more = true;
    while (more && !stopped) {
      again = false;
      const agentId = ports.agentId();
      if (agentId === null) break;
      more = (await sendBatch(agentId)) || again;
      if (!more && ports.journal.waitingOf(agentId, 1).length > 0) {
        retryLater();
      }
    }
    sending = false;
  };

  const kick = (): void => {
    again = true;
    if (sending || stopped) return;
    run().catch((thrown: unknown) => {
      sending = false;
      log.error('Sending failed', { why: String(thrown) });
      if (!stopped) retryLater();
    });
  };

  return {
    kick,
    drained: (timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        waiters.push(() => {
          clearTimeout(timer);
          resolve();
        });
        kick();
      }),
    stop: () => {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      wake();
    },
  };
};
