import type { DeskAtWork } from '../../shared/domain/update/update.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { isLive } from '../ledger/leg.ts';

/** What would suffer from a restart, as desk and phone are now. */
export const deskAtWork = (desk: DeskSnapshot, phone: PhoneSnapshot): DeskAtWork => {
  const isSignedIn = desk.session.state === 'signed_in';
  const state = desk.agent?.state.state;
  return {
    inCall: phone.calls.some(isLive) || (phone.join ?? null) !== null,
    owesWrapUp: isSignedIn && desk.wrapUps.some(({ ended }) => ended),
    hasDraft: isSignedIn && desk.wrapUps.some(({ ended }) => !ended),
    isReachable: isSignedIn && state !== undefined && state !== 'not_ready' && state !== 'offline',
  };
};
