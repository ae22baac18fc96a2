import type { RecordingDecision } from '../../../shared/domain/consent/recording-decision.ts';

/** What is known of the one recording of a call that runs. */
export type RunningState = {
  readonly state: 'starting' | 'recording' | 'paused';
  /** Its agent still has the customer. */
  readonly isWithAgent: boolean;
  /** False after a restart of backend or PBX: whether it is silent is to be said anew. */
  readonly isSure: boolean;
};

export type RecordingStep = 'start' | 'pause' | 'resume' | 'stop' | 'nothing';

/** The next thing to do, so that the PBX does what was decided. */
export const recordingStep = (
  decision: RecordingDecision,
  running: RunningState | null,
): RecordingStep => {
  // Nothing begins in silence: what is not recorded needs no pause.
  if (running === null) return decision.do === 'record' ? 'start' : 'nothing';
  if (decision.do === 'off' || !running.isWithAgent) return 'stop';
  const isAsDecided =
    decision.do === 'pause' ? running.state === 'paused' : running.state !== 'paused';
  if (running.isSure && isAsDecided) return 'nothing';
  return decision.do === 'pause' ? 'pause' : 'resume';
};
