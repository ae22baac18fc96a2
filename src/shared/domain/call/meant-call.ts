import { isAllowed, type CallAction } from './allowed-actions.ts';
import type { Call } from './call.ts';

/** Which call a key, a menu or a headset means: there is no pointer there to say. */

const speaks = (call: Call): boolean =>
  call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both';

/** Of several the one being spoken, else the newest. */
export const meantCall = (calls: readonly Call[]): Call | null =>
  calls.find(speaks) ?? calls.at(-1) ?? null;

/** The call that takes the action; of those that ring, the one that rings longest. */
export const callFor = (calls: readonly Call[], action: CallAction): Call | null => {
  const able = calls.filter((call) => isAllowed(call, action));
  if (action === 'answer' || action === 'reject') return able[0] ?? null;
  return meantCall(able);
};

const toggles = { mute: 'unmute', hold: 'resume' } as const;

/** The one key for both: mutes or unmutes, holds or resumes the call that is spoken, else the newest that can. */
export const toggleFor = <Kind extends keyof typeof toggles>(
  calls: readonly Call[],
  kind: Kind,
): { readonly call: Call; readonly action: Kind | (typeof toggles)[Kind] } | null => {
  const back = toggles[kind];
  const call = meantCall(calls.filter((each) => isAllowed(each, kind) || isAllowed(each, back)));
  if (call === null) return null;
  return { call, action: isAllowed(call, kind) ? kind : back };
};
