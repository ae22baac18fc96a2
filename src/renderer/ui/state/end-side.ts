import type { ContactSummary } from '../../../shared/api/records.ts';
import type { EndOutcome, EndSide } from '../../../shared/domain/handle-time/fact.ts';

/** Outcomes that nobody on either side is the cause of. */
const bySystem: readonly EndOutcome[] = [
  'answered_elsewhere',
  'wrong_number',
  'refused',
  'unreachable',
  'media_failed',
  'phone_failed',
];
/** What the called side does; the rest (giving up, handing over) is the agent's where the agent called. */
const byCalled: readonly EndOutcome[] = ['rejected', 'no_answer', 'busy'];

/** Whose doing an end was, where only its outcome was kept. */
export const endSide = (direction: ContactSummary['direction'], outcome: EndOutcome): EndSide => {
  if (bySystem.includes(outcome)) return 'system';
  if (outcome === 'transferred') return 'local';
  const calledHere = direction === 'inbound';
  return byCalled.includes(outcome) === calledHere ? 'local' : 'remote';
};
