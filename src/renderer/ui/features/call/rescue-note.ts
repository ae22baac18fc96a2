import type { CardRescue } from '../../../../shared/api/rescue.ts';
import type { Work } from '../../state/work.ts';

/** What an agent is told of a call in which an agent vanished. */
export type RescueNote =
  /** The agent's own call broke off: what became of the customer. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'taken_again' }
  | { readonly kind: 'gone' }
  /** The agent's own customer, here again. */
  | { readonly kind: 'back'; readonly at: number }
  /** Somebody else's. */
  | {
      readonly kind: 'was_with';
      readonly who: string;
      readonly at: number;
      readonly notes: string;
    };

const becameOf = ({ taken, endedAt, agentId }: CardRescue): RescueNote => {
  if (taken !== null) {
    return taken.agentId === agentId
      ? { kind: 'taken_again' }
      : { kind: 'taken', by: taken.agentName };
  }
  return endedAt === null ? { kind: 'waits' } : { kind: 'gone' };
};

/** null: nothing to tell here. */
export const rescueNoteOf = (
  { card, facts, stage }: Pick<Work, 'card' | 'facts' | 'stage'>,
  userId: string | null,
): RescueNote | null => {
  const rescue = card?.rescue;
  if (rescue === undefined) return null;
  const begunAt = facts[0]?.at;
  // A phone that stood still may take the call for one that goes on.
  const brokeOff = begunAt !== undefined && begunAt < rescue.at;
  if (brokeOff && (stage === 'wrap_up' || stage === 'live'))
    return rescue.agentId === userId ? becameOf(rescue) : null;
  if (stage !== 'ringing' && stage !== 'live') return null;
  const { at, agentName: who, notes } = rescue;
  return rescue.agentId === userId ? { kind: 'back', at } : { kind: 'was_with', who, at, notes };
};
