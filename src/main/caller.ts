import { displayNumber } from '../shared/domain/phone-number/phone-number.ts';
import type { Call } from '../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../shared/ipc/desk.ts';

/**
 * Who is at the other end, outside of the window: the record's name where the number is known for sure, else what the
 * far side says of itself, else its number as people here write it; empty where it has none.
 */
export const callerText = (
  desk: Pick<DeskSnapshot, 'cards' | 'session'>,
  { callKey, remote }: Pick<Call, 'callKey' | 'remote'>,
): string => {
  const match = desk.cards.find((card) => card.callKey === callKey)?.match;
  if (match?.kind === 'exact' || match?.kind === 'confirmed') return match.customer.name;
  if (remote.name !== '' || desk.session.state !== 'signed_in') return remote.name || remote.number;
  return displayNumber(remote.number, desk.session.country);
};
