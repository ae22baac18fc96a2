/** How sure we are who calls: the ladder that the desk shows and the agent confirms. */
export type MatchKind =
  /** One customer has this very number. */
  | 'exact'
  /** More than one customer has it. */
  | 'several'
  /** Only the last digits agree (a missing country code, an extension behind a trunk). */
  | 'maybe'
  | 'unknown';

export type MatchCandidate = { readonly customerId: string; readonly exact: boolean };

/** Grades the customers found for a caller's number. */
export const matchKind = (candidates: readonly MatchCandidate[]): MatchKind => {
  const exact = new Set(candidates.filter((found) => found.exact).map((found) => found.customerId));
  if (exact.size === 1) return 'exact';
  if (exact.size > 1) return 'several';
  return candidates.length > 0 ? 'maybe' : 'unknown';
};
