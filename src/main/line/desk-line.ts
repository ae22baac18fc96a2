import type { EvidenceFact } from '../../shared/api/evidence.ts';
import type { EngineReport } from '../../shared/ipc/contract.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { newId } from '../new-id.ts';
import { createLineTelling, type LineTelling } from './line-telling.ts';
import { createProofTelling, type ProofTelling } from './proof-telling.ts';

export type DeskLine = LineTelling & Pick<ProofTelling, 'takeProved'>;

/** Line quality between phone, desk and backend. */
export const createDeskLine = (
  store: Pick<DeskStore, 'update'>,
  request: () => DeskSession['request'],
  write: (agentId: string, facts: readonly EvidenceFact[]) => void,
  now: () => number,
  monotonicMs: () => number,
): DeskLine => {
  const proofs = createProofTelling({ write, now, monotonicMs, newId });
  const line = createLineTelling({
    show: (line) => store.update({ line }),
    tell: async (quality) => {
      const path = '/agent/line-quality';
      return (await request()({ method: 'PUT', path, body: { quality }, answer: null })).ok;
    },
    write,
    monotonicMs,
    newId,
  });
  return {
    ...line,
    takeProved: proofs.takeProved,
    useAgent: (agentId) => {
      line.useAgent(agentId);
      proofs.useAgent(agentId);
    },
  };
};

/** What the engine reports of the line. */
export const lineReports = (
  line: Pick<DeskLine, 'takeLevels' | 'takeNote' | 'takeProved'>,
  onLevels: (levels: EngineReport<'engine.levels'>) => void,
  onProved: (proved: EngineReport<'engine.proved'>) => void,
) => ({
  'engine.levels': (levels: EngineReport<'engine.levels'>): void => {
    onLevels(levels);
    line.takeLevels(levels);
  },
  'engine.note': ({ callId, note }: EngineReport<'engine.note'>): void =>
    line.takeNote(callId, note),
  'engine.proved': (proved: EngineReport<'engine.proved'>): void => {
    onProved(proved);
    line.takeProved(proved);
  },
});
