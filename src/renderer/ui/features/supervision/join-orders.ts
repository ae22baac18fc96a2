import type { SupervisionMode } from '../../../../shared/domain/supervision/join.ts';
import { order } from '../../state/orders.ts';

export type JoinWish = {
  readonly agentId: string;
  /** Which of the agent's calls; absent: the latest. */
  readonly callKey?: string;
  readonly mode: SupervisionMode;
  readonly covert?: boolean;
};

/** One click: on this call in this mode, whether the supervisor is on it already or not. */
export const joinCall = (wish: JoinWish, current: string | null): void => {
  if (wish.agentId === current) setMode(wish.mode);
  else void order('supervision.join', wish);
};

export const setMode = (mode: SupervisionMode): void => {
  void order('supervision.mode', { mode });
};

export const leaveCall = (): void => {
  void order('supervision.leave', null);
};

export const takeOverCall = (): void => {
  void order('supervision.takeOver', null);
};
