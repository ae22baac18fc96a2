import type { EvidenceFact } from '../../shared/api/evidence.ts';
import type { EngineReport } from '../../shared/ipc/contract.ts';
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

/** What the engine reports of the line. */
export const lineReports = (
  line: Pick<LineTelling, 'takeLevels' | 'takeNote'>,
  onLevels: (levels: EngineReport<'engine.levels'>) => void,
) => ({
  'engine.levels': (levels: EngineReport<'engine.levels'>): void => {
    onLevels(levels);
    line.takeLevels(levels);
  },
  'engine.note': ({ callId, note }: EngineReport<'engine.note'>): void =>
    line.takeNote(callId, note),
});
