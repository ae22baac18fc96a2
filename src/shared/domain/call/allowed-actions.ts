import type { Call } from './call.ts';

export type CallAction =
  | 'answer'
  | 'reject'
  | 'end'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'unmute'
  | 'send_digits'
  /** Hands the call over without asking (RFC 3515). */
  | 'transfer'
  /** Calls a colleague first, the customer waiting. */
  | 'consult';

/** What needs a second call: hand the one over to the other, talk all together, or apart again. */
export type JointAction = 'complete_transfer' | 'merge' | 'split';

type Connected = Extract<Call, { readonly state: 'connected' }>;

const connectedActions = (call: Connected): readonly CallAction[] => {
  const talk: readonly CallAction[] = [
    'end',
    call.hold === 'local' || call.hold === 'both' ? 'resume' : 'hold',
    call.muted ? 'unmute' : 'mute',
    'send_digits',
  ];
  // Who is being handed over must not be put elsewhere meanwhile; in a conference hold would silence one of three.
  if (isOnItsWay(call)) return ['end'];
  if (call.conference) return talk.filter((action) => action !== 'hold' && action !== 'resume');
  if (call.consultFor !== null) return talk;
  return [...talk, 'transfer', 'consult'];
};

const isOnItsWay = (call: Connected): boolean =>
  call.transfer !== null && call.transfer.state !== 'failed';

/** What the agent may do with a call now. Buttons, keys, headset and tray all ask here and nowhere else. */
export const allowedActions = (call: Call): readonly CallAction[] => {
  switch (call.state) {
    case 'offered':
      return ['answer', 'reject'];
    case 'dialing':
    case 'alerting':
    case 'answering':
      return ['end'];
    case 'connected':
      return connectedActions(call);
    case 'ended':
      return [];
  }
};

export const isAllowed = (call: Call, action: CallAction): boolean =>
  allowedActions(call).includes(action);

const isFree = (call: Call): call is Connected =>
  call.state === 'connected' && !isOnItsWay(call) && !call.conference;

/**
 * The call that this one may be joined with: the consult that was made for it, else the one other connected call. null:
 * there is none, or more than one to choose from.
 */
export const partnerOf = (call: Call, calls: readonly Call[]): Call | null => {
  if (call.state !== 'connected') return null;
  if (call.conference) {
    const joined = calls.filter(
      (other) => other.callId !== call.callId && other.state === 'connected' && other.conference,
    );
    return joined.length === 1 ? (joined[0] ?? null) : null;
  }
  const others = calls.filter((other) => other.callId !== call.callId && isFree(other));
  const related = others.filter(
    (other) => other.consultFor === call.callId || call.consultFor === other.callId,
  );
  const candidates = related.length > 0 ? related : others;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
};

/** What the agent may do with this call and its partner. */
export const jointActions = (call: Call, calls: readonly Call[]): readonly JointAction[] => {
  if (call.state !== 'connected' || partnerOf(call, calls) === null) return [];
  if (call.conference) return ['split', 'complete_transfer'];
  return isFree(call) ? ['complete_transfer', 'merge'] : [];
};
