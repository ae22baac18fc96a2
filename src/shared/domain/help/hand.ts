/**
 * A hand that an agent raised: raised -> taken -> over. Raised again it is another hand.
 *
 *              take          release       lower              call_over, signed_out
 *   raised  -> taken         (refused)     over (withdrawn,   over (as said)
 *                                           or answered)
 *   taken   -> taken (by     raised        over (answered)    over (as said)
 *              whoever is
 *              named before)
 *   over    -> (refused)     (refused)     (refused)          (refused)
 */

export const handEnds = ['withdrawn', 'answered', 'call_over', 'signed_out'] as const;
/** `answered`: whoever helped or was helped said so. */
export type HandEnd = (typeof handEnds)[number];

export type Hand =
  | { readonly state: 'raised' }
  | { readonly state: 'taken'; readonly by: string; readonly at: number }
  | {
      readonly state: 'over';
      readonly why: HandEnd;
      readonly at: number;
      /** null: nobody's deed. */
      readonly by: string | null;
      /** Who had taken it; null: nobody did. */
      readonly takenBy: string | null;
      readonly takenAt: number | null;
    };

export type HandEvent =
  /** `from`: who has it as far as this supervisor knows; another may have been faster. */
  | {
      readonly kind: 'take';
      readonly by: string;
      readonly from: string | null;
      readonly at: number;
    }
  | { readonly kind: 'release'; readonly by: string }
  | { readonly kind: 'lower'; readonly by: string; readonly isAgent: boolean; readonly at: number }
  | { readonly kind: 'call_over' | 'signed_out'; readonly at: number };

export type HandRefusal = 'over' | 'taken_by_other' | 'not_taken';

type Next =
  { readonly ok: true; readonly hand: Hand } | { readonly ok: false; readonly why: HandRefusal };

const next = (hand: Hand): Next => ({ ok: true, hand });
const not = (why: HandRefusal): Next => ({ ok: false, why });

const holderOf = (hand: Hand): string | null => (hand.state === 'taken' ? hand.by : null);

/** Total; never throws. What changes nothing answers the same hand. */
export const handTransition = (hand: Hand, event: HandEvent): Next => {
  if (hand.state === 'over') return not('over');
  const takenBy = holderOf(hand);
  const takenAt = hand.state === 'taken' ? hand.at : null;
  switch (event.kind) {
    case 'take':
      if (takenBy === event.by) return next(hand);
      return takenBy === event.from
        ? next({ state: 'taken', by: event.by, at: event.at })
        : not('taken_by_other');
    case 'release':
      if (takenBy === null) return not('not_taken');
      return takenBy === event.by ? next({ state: 'raised' }) : not('taken_by_other');
    case 'lower': {
      const why = event.isAgent && takenBy === null ? 'withdrawn' : 'answered';
      return next({ state: 'over', why, at: event.at, by: event.by, takenBy, takenAt });
    }
    case 'call_over':
    case 'signed_out':
      return next({ state: 'over', why: event.kind, at: event.at, by: null, takenBy, takenAt });
  }
};

/** Who may write beside the call: the agent, and whoever has the hand now. */
export const mayWrite = (hand: Hand, agentId: string, userId: string): boolean =>
  hand.state !== 'over' && (userId === agentId || userId === holderOf(hand));
