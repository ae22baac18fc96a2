import { isAllowed, type CallAction } from '../shared/domain/call/allowed-actions.ts';
import type { Call } from '../shared/domain/call/call.ts';

/** Which call a key or a menu outside of the window means: there is no pointer there to say. */

const speaks = (call: Call): boolean =>
  call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both';

/** The call that takes the action: the one being spoken, else the newest; of those that ring, the one that rings longest. */
export const callFor = (calls: readonly Call[], action: CallAction): Call | null => {
  const able = calls.filter((call) => isAllowed(call, action));
  if (action === 'answer' || action === 'reject') return able[0] ?? null;
  return able.find(speaks) ?? able.at(-1) ?? null;
};

const toggles = { mute: 'unmute', hold: 'resume' } as const;

/** The one key for both: mutes or unmutes, holds or resumes the call that is spoken, else the newest that can. */
export const toggleFor = <Kind extends keyof typeof toggles>(
  calls: readonly Call[],
  kind: Kind,
): { readonly call: Call; readonly action: Kind | (typeof toggles)[Kind] } | null => {
  const back = toggles[kind];
  const able = calls.filter((call) => isAllowed(call, kind) || isAllowed(call, back));
  const call = able.find(speaks) ?? able.at(-1);
  if (call === undefined) return null;
  return { call, action: isAllowed(call, kind) ? kind : back };
};
