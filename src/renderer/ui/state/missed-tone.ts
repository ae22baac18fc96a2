import type { ContactSummary } from '../../../shared/api/records.ts';

/** How a line of past calls shows a miss: calmly, where it was not the agent's doing. */
export const missedTone = ({ missed, miss }: ContactSummary): boolean | 'technical' => {
  if (missed !== true) return false;
  return miss?.counted === false ? 'technical' : true;
};
