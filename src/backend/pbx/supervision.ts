import type { SupervisionMode } from '../../shared/domain/supervision/join.ts';

/** A supervisor's phone is to hear an agent's call. */
export type JoinOrder = {
  /** A UUID. The phone is called with it (`X-Ringside-Supervise`) and takes no join that it did not ask for. */
  readonly joinId: string;
  readonly supervisorExtension: string;
  readonly agentExtension: string;
  readonly callKey: string;
  readonly mode: SupervisionMode;
};

/** A join whose line stands at the PBX, as reported by the PBX itself. */
export type RunningJoin = JoinOrder & {
  /** The agent left the call: the supervisor hears nothing, and the line waits to be moved. */
  readonly isWaiting: boolean;
};

/** The customer of the agent's call goes to the supervisor's phone. */
export type TakeOver = {
  readonly callKey: string;
  readonly agentExtension: string;
  readonly supervisorExtension: string;
};

/** Why the PBX has no line for a join any more. */
export type JoinLineEnd =
  /** It was asked to end it, or the supervisor's phone hung up. */
  | 'left'
  | 'taken_over'
  | 'call_over'
  /** The agent left, the call went on, and nobody moved the line in time. */
  | 'moved_on'
  /** The phone is gone: its app ended or its network did. */
  | 'phone_gone'
  /** The phone never took the line. */
  | 'no_answer'
  /** The PBX forgot it: it was started anew. */
  | 'pbx_away';

/** What the PBX reports of joins. One that was reported as started is reported as ended, once. */
export type SupervisionEvent =
  /** The supervisor hears the call; told again when the line was moved to another agent. */
  | {
      readonly kind: 'supervision_started';
      readonly at: number;
      readonly joinId: string;
      readonly agentExtension: string;
      readonly callKey: string;
      readonly mode: SupervisionMode;
    }
  /**
   * Confirmed; also unasked: a whisper falls back to listening when somebody else than the agent would hear it, because
   * the agent's phone joins two open lines.
   */
  | {
      readonly kind: 'supervision_mode';
      readonly at: number;
      readonly joinId: string;
      readonly mode: SupervisionMode;
    }
  /** The agent is no longer in the call, and the call goes on: the line waits for `supervise` to move it. */
  | { readonly kind: 'supervision_agent_left'; readonly at: number; readonly joinId: string }
  | {
      readonly kind: 'supervision_ended';
      readonly at: number;
      readonly joinId: string;
      readonly why: JoinLineEnd;
    };

/** The supervisor's phone did not take the line. */
export type PhoneFailure = { readonly code: 'no_answer'; readonly message: string };
