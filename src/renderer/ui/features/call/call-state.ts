import { consults, type Call } from '../../../../shared/domain/call/call.ts';
import { isInConference } from '../../state/legs.ts';

/** The state's key among the texts: hold is told apart, since it is what the customer hears. */
export const stateKey = (call: Call | null) => {
  if (call === null || call.state === 'ended') return 'ended';
  if (isInConference(call)) return 'conference';
  if (call.state === 'connected' && call.hold !== 'none') return `hold_${call.hold}` as const;
  return call.state;
};

/** What the whole of the customer's call is about now. */
export const workKey = (call: Call | null) => {
  if (call?.state !== 'connected') return stateKey(call);
  if (call.transfer !== null && call.transfer.state !== 'failed') return 'transferring';
  return consults(call) && !call.conference ? 'consulting' : stateKey(call);
};
