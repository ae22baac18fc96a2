import { create } from 'zustand';
import type { Work, WorkStage } from './work.ts';

/** What the centre of a call shows beside the call itself. */
export type WorkPart = 'notes' | 'script' | 'identity';

type Chosen = {
  /** What the agent opened. It holds until the call ends: what is owed then is the wrap-up. */
  readonly chosen: {
    readonly callId: string;
    readonly stage: WorkStage;
    readonly part: WorkPart;
  } | null;
};

export const useWorkPart = create<Chosen>(() => ({ chosen: null }));

/** What is shown: what the agent chose, else the script of a call that goes on, else the notes. */
export const partOf = (
  { chosen }: Chosen,
  { callId, stage }: Pick<Work, 'callId' | 'stage'>,
  parts: readonly WorkPart[],
): WorkPart => {
  if (chosen?.callId === callId && chosen.stage === stage && parts.includes(chosen.part)) {
    return chosen.part;
  }
  return stage === 'live' && parts.includes('script') ? 'script' : 'notes';
};

export const partPanelId = (part: WorkPart): string => `work-part-${part}`;

/** Shows a part, and acts once it is on screen. */
export const showPart = (
  { callId, stage }: Pick<Work, 'callId' | 'stage'>,
  part: WorkPart,
  act: () => void,
): void => {
  const panel = document.getElementById(partPanelId(part));
  // Where there are no parts the notes stand alone.
  const isShown = panel === null ? part === 'notes' : panel.dataset['hidden'] === undefined;
  useWorkPart.setState({ chosen: { callId, stage, part } });
  if (isShown) act();
  else requestAnimationFrame(act);
};
