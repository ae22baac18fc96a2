import type { UiRequestName } from '../../shared/ipc/contract.ts';
import { createLogger } from '../log/logger.ts';
import type { AnswerUi } from './ui-ipc.ts';

const log = createLogger('ipc');

/** What the strip of compact mode may ask, and nothing else. */
const stripRequests: ReadonlySet<UiRequestName> = new Set([
  'desk.snapshot',
  'phone.snapshot',
  'clock.now',
  'agent.wish',
  'phone.command',
  'offer.shown',
  'targets.list',
  'dialRequest.settle',
  'settings.change',
  'compact.move',
] as const);

export const stripAnswers =
  (answer: AnswerUi, onAlive: () => void): AnswerUi =>
  (name, payload) => {
    if (!stripRequests.has(name)) {
      log.error('A request that the strip may not make was refused', { name });
      return Promise.reject(new Error('Refused'));
    }
    if (name === 'desk.snapshot') onAlive();
    return answer(name, payload);
  };
