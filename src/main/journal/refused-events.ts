import type { Refusal } from '../../shared/ipc/contract.ts';
import type { RefusedEventView } from '../../shared/ipc/desk.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DeskHandlers } from '../ipc/ui-answers.ts';
import { reasonOf } from '../log/logger.ts';
import type { Journal } from './journal.ts';

/** As many as anybody looks through; all of them are in the file. */
const shownAtMost = 200;
const exportedAtMost = 100_000;

export type RefusedEventsPorts = {
  readonly journal: Pick<Journal, 'refusedOf' | 'deviceId'>;
  readonly userId: () => string | null;
  /** Asks where to, and writes; null: the user thought better of it. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  readonly wallNow: () => number;
};

const notSignedIn = failure<Refusal>({ code: 'not_signed_in', detail: '' });

const timeOf = (body: ReturnType<Journal['refusedOf']>[number]['body']): number | null =>
  body === null ? null : body.fact.at;

/** What the desk shows of events that the backend will never take, and the file of them for whoever can help. */
export const refusedEvents = (
  ports: RefusedEventsPorts,
): Pick<DeskHandlers, 'journal.refused' | 'journal.export'> => ({
  'journal.refused': (): Result<readonly RefusedEventView[], Refusal> => {
    const userId = ports.userId();
    if (userId === null) return notSignedIn;
    return success(
      ports.journal.refusedOf(userId, shownAtMost).map(({ id, why, refusedAt, body }) => ({
        id,
        kind: body === null ? null : body.fact.kind,
        at: timeOf(body),
        why,
        refusedAt,
      })),
    );
  },
  'journal.export': async () => {
    const userId = ports.userId();
    if (userId === null) return notSignedIn;
    const events = ports.journal.refusedOf(userId, exportedAtMost);
    const text = JSON.stringify(
      { agentId: userId, deviceId: ports.journal.deviceId, events },
      null,
      2,
    );
    const day = new Date(ports.wallNow()).toISOString().slice(0, 10);
    try {
      return success(await ports.saveFile(`ringside-refused-events-${day}.json`, `${text}\n`));
    } catch (thrown) {
      return failure({ code: 'failed', detail: reasonOf(thrown) });
    }
  },
});
