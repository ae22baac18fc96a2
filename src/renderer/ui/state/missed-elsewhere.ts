import type { MissedOffer } from '../../../shared/api/missed.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';

/**
 * Misses that are news: told since this agent's desk was first seen here. What was missed before is in the history; a
 * page that was loaded anew brings up nothing that was put away.
 */
export const createMissedNews = (): ((
  desk: Pick<DeskSnapshot, 'session' | 'missed'> | null,
) => readonly MissedOffer[]) => {
  let known: Set<string> | null = null;
  return (desk) => {
    if (desk?.session.state !== 'signed_in') {
      known = null;
      return [];
    }
    const missed = desk.missed ?? [];
    const before = known;
    known = new Set([...(known ?? []), ...missed.map(({ id }) => id)]);
    return before === null ? [] : missed.filter(({ id }) => !before.has(id));
  };
};
