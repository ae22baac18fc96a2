import type { EvidenceFact } from '../../shared/api/evidence.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { newId } from '../new-id.ts';
import { createLineTelling, type LineTelling } from './line-telling.ts';

/** Line quality between phone, desk and backend. */
export const createDeskLine = (
  store: Pick<DeskStore, 'update'>,
  request: () => DeskSession['request'],
  write: (agentId: string, facts: readonly EvidenceFact[]) => void,
  monotonicMs: () => number,
): LineTelling =>
  createLineTelling({
    show: (line) => store.update({ line }),
    tell: async (quality) => {
      const path = '/agent/line-quality';
      return (await request()({ method: 'PUT', path, body: { quality }, answer: null })).ok;
    },
    write,
    monotonicMs,
    newId,
  });
