import { isAllowed, type CallAction } from '../shared/domain/call/allowed-actions.ts';
import type { Call } from '../shared/domain/call/call.ts';

/** Which call a key or a menu outside of the window means: there is no pointer there to say. */

const speaks = (call: Call): boolean =>
  call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both';

/** The call that takes the action: the one being spoken, else the newest; for `answer` the one that rings longest. */
export const callFor = (calls: readonly Call[], action: CallAction): Call | null => {
  const able = calls.filter((call) => isAllowed(call, action));
  if (action === 'answer') return able[0] ?? null;
  return able.find(speaks) ?? able.at(-1) ?? null;
};

/** The one key for both: mutes or unmutes the call that is spoken. */
export const muteAction = (
  calls: readonly Call[],
): { readonly call: Call; readonly action: 'mute' | 'unmute' } | null => {
  const able = calls.filter((call) => isAllowed(call, 'mute') || isAllowed(call, 'unmute'));
  const call = able.find(speaks) ?? able.at(-1);
  if (call === undefined) return null;
  return { call, action: isAllowed(call, 'mute') ? 'mute' : 'unmute' };
};
