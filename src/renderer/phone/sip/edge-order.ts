import type { SipEdge } from '../../../shared/api/routes.ts';

/** Takes one of them by chance, each by its weight; one of weight 0 has a small chance (RFC 2782 "Weight"). */
const draw = (edges: readonly SipEdge[], random: () => number): SipEdge | undefined => {
  const lightFirst = edges.toSorted((a, b) => Math.sign(a.weight) - Math.sign(b.weight));
  const total = edges.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return edges[Math.floor(random() * edges.length)];
  let left = Math.floor(random() * (total + 1));
  return lightFirst.find(({ weight }) => {
    left -= weight;
    return left <= 0;
  });
};

/** The order in which edges are tried (RFC 2782, RFC 3263 §4.2): by priority, and by weighted chance within one. */
export const orderEdges = (edges: readonly SipEdge[], random: () => number): readonly SipEdge[] => {
  const ordered: SipEdge[] = [];
  const rest = edges.toSorted((a, b) => a.priority - b.priority);
  while (rest.length > 0) {
    const best = rest.filter(({ priority }) => priority === rest[0]?.priority);
    const next = draw(best, random);
    if (next === undefined) break;
    ordered.push(next);
    rest.splice(rest.indexOf(next), 1);
  }
  return ordered;
};
