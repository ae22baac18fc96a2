import type { LineWord } from '../../../shared/domain/line-quality/line-quality.ts';

/** How well agents hear their calls now, as their desks tell. It is of the moment: nothing of it is kept. */
export type LineQualities = {
  readonly tell: (agentId: string, quality: LineWord | null) => void;
  /** null: nobody told. */
  readonly of: (agentId: string) => LineWord | null;
};

export const createLineQualities = (onChanged: (agentId: string) => void): LineQualities => {
  const words = new Map<string, LineWord>();
  return {
    tell: (agentId, quality) => {
      if ((words.get(agentId) ?? null) === quality) return;
      if (quality === null) words.delete(agentId);
      else words.set(agentId, quality);
      onChanged(agentId);
    },
    of: (agentId) => words.get(agentId) ?? null,
  };
};
