import type { DeskSnapshot } from '../../../../shared/ipc/desk.ts';
import type { SipProblem } from '../../../../shared/api/routes.ts';
import type { PhoneSnapshot } from '../../../../shared/ipc/phone.ts';

/** Why a call could not ring here and be heard. */
export type ReachProblem =
  | 'engine_restarting'
  | 'phone_unknown'
  | 'unregistered'
  | 'registering'
  | 'pbx_unreachable'
  | 'credentials_refused'
  | 'binding_missing'
  | 'pbx_error'
  | 'no_microphone'
  | 'microphone_denied'
  | 'microphone_busy'
  | 'no_speaker'
  | `account_${SipProblem}`;

/** What is wrong without standing in a call's way: the phone still holds its own line to the phone system. */
export type ReachDoubt = 'backend_away' | 'pbx_disconnected';

export type Reach =
  | { readonly reachable: true; readonly doubt: ReachDoubt | null }
  | { readonly reachable: false; readonly why: ReachProblem };

type Evidence = {
  readonly desk: Pick<DeskSnapshot, 'engine' | 'pbx' | 'backend' | 'sipProblem'>;
  readonly phone: Pick<PhoneSnapshot, 'registration' | 'devices'> | null;
};

const unreachable = (why: ReachProblem): Reach => ({ reachable: false, why });

/** Whether "ready" would be the truth. What is nearest to the agent, and so most in their power, is named first. */
export const reachOf = ({ desk, phone }: Evidence): Reach => {
  if (desk.engine === 'restarting') return unreachable('engine_restarting');
  if (phone === null) return unreachable('phone_unknown');
  if (phone.devices.problem !== null) return unreachable(phone.devices.problem);
  const { registration } = phone;
  if (registration.state === 'unregistered' && desk.sipProblem !== null) {
    return unreachable(`account_${desk.sipProblem}`);
  }
  if (registration.state === 'failed') return unreachable(registration.why);
  if (registration.state !== 'registered') return unreachable(registration.state);
  if (desk.backend.state !== 'connected') return { reachable: true, doubt: 'backend_away' };
  if (desk.pbx?.state === 'disconnected') return { reachable: true, doubt: 'pbx_disconnected' };
  return { reachable: true, doubt: null };
};
