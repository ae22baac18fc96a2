import { wishesReady } from '../../shared/domain/agent/wishes-ready.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';

/** What the tray's icon and tool tip say. `away`: signed in, but no call could ring here. */
export type TrayState =
  'signed_out' | 'away' | 'ready' | 'not_ready' | 'ringing' | 'in_call' | 'wrap_up';

export const trayState = (desk: DeskSnapshot, phone: PhoneSnapshot): TrayState => {
  if (desk.session.state !== 'signed_in') return 'signed_out';
  if (phone.calls.some((call) => call.state === 'offered')) return 'ringing';
  if (phone.calls.some((call) => call.state !== 'ended')) return 'in_call';
  if (desk.wrapUps.some((wrapUp) => wrapUp.ended)) return 'wrap_up';
  if (desk.backend.state !== 'connected' || phone.registration.state !== 'registered') {
    return 'away';
  }
  if (desk.agent === null || !wishesReady(desk.agent.state)) return 'not_ready';
  if ((desk.hindrance ?? null) !== null) return 'away';
  return desk.agent.state.state === 'ready' ? 'ready' : 'away';
};
