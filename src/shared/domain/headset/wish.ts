import { callFor, meantCall, toggleFor } from '../call/meant-call.ts';
import type { Call } from '../call/call.ts';

/** What the calls want a headset to show. */
export type HeadsetWish = {
  readonly ringing: boolean;
  /** A call goes on, or is being made or answered. */
  readonly offHook: boolean;
  /** What is sent of the call that the mute button means is silence. */
  readonly muted: boolean;
  /** Every call waits. */
  readonly held: boolean;
};

export const noWish: HeadsetWish = { ringing: false, offHook: false, muted: false, held: false };

const isHeld = (call: Call): boolean =>
  call.state === 'connected' && (call.hold === 'local' || call.hold === 'both');

const isOn = ({ state }: Call): boolean => state !== 'offered' && state !== 'ended';

/** A supervisor's line to an agent's call: beside no call of one's own, and a call to the headset. */
export type JoinedLine = { readonly microphone: 'closed' | 'open' };

/** `isQuiet`: it is told of in another way than by ringing. */
export const wishOf = (
  calls: readonly Call[],
  isQuiet: (callId: string) => boolean = () => false,
  join: JoinedLine | null = null,
): HeadsetWish => {
  const on = calls.filter(isOn);
  const spoken = meantCall(calls.filter(({ state }) => state === 'connected'));
  return {
    ringing: calls.some(({ callId, state }) => state === 'offered' && !isQuiet(callId)),
    offHook: on.length > 0 || join !== null,
    muted:
      on.length === 0
        ? join?.microphone === 'closed'
        : spoken?.state === 'connected' && spoken.muted,
    held: on.length > 0 && on.every(isHeld),
  };
};

export const isWished = (wish: HeadsetWish): boolean => wish.ringing || wish.offHook;

/** What a press asks for; which call is meant the calls say, as they are when it is obeyed. */
export const headsetActions = [
  'answer',
  'reject',
  'end',
  'toggle_mute',
  'mute',
  'unmute',
  'flash',
  'resume',
  'redial',
] as const;
export type HeadsetAction = (typeof headsetActions)[number];

type Plain = 'answer' | 'reject' | 'end' | 'mute' | 'unmute' | 'hold' | 'resume';
export type MeantCommand = { readonly kind: Plain; readonly callId: string };

export type JoinCommand = { readonly kind: 'leave_join' | 'listen' };

export const isOfJoin = (command: MeantCommand | JoinCommand): command is JoinCommand =>
  command.kind === 'leave_join' || command.kind === 'listen';

const onCall = (kind: Plain, call: Call | null): MeantCommand | null =>
  call === null ? null : { kind, callId: call.callId };

const muteTo = (calls: readonly Call[], action: 'mute' | 'unmute'): MeantCommand | null => {
  const toggle = toggleFor(calls, 'mute');
  return toggle?.action === action ? onCall(action, toggle.call) : null;
};

/** What other telephones do on a flash: takes the call that waits, or changes to the one on hold, or holds and resumes. */
const flash = (calls: readonly Call[]): MeantCommand | null => {
  const on = calls.filter(isOn);
  const offered = callFor(calls, 'answer');
  if (offered !== null && on.length > 0) return onCall('answer', offered);
  const held = on.filter(isHeld);
  if (on.length > held.length && held.length > 0) return onCall('resume', held.at(-1) ?? null);
  const toggle = toggleFor(calls, 'hold');
  return toggle === null ? null : onCall(toggle.action, toggle.call);
};

/**
 * On a line to an agent's call mute only closes the microphone, which is to listen: who is to hear the supervisor again
 * is chosen on the screen.
 */
const onJoin = (action: HeadsetAction, { microphone }: JoinedLine): JoinCommand | null => {
  if (action === 'end') return { kind: 'leave_join' };
  const isMute = action === 'mute' || action === 'toggle_mute';
  return isMute && microphone === 'open' ? { kind: 'listen' } : null;
};

/** The command that a press comes to now; null: none. */
export const commandOf = (
  action: Exclude<HeadsetAction, 'redial'>,
  calls: readonly Call[],
  join: JoinedLine | null = null,
): MeantCommand | JoinCommand | null => {
  if (join === null || calls.some(isOn)) return callCommandOf(action, calls);
  if (action === 'reject') return callCommandOf(action, calls);
  // A call of one's own that rings ends the line once it is answered.
  if (action === 'answer' || action === 'flash') return callCommandOf('answer', calls);
  return onJoin(action, join);
};

const callCommandOf = (
  action: Exclude<HeadsetAction, 'redial'>,
  calls: readonly Call[],
): MeantCommand | null => {
  switch (action) {
    case 'answer':
    case 'reject':
    case 'end':
      return onCall(action, callFor(calls, action));
    case 'toggle_mute': {
      const toggle = toggleFor(calls, 'mute');
      return toggle === null ? null : onCall(toggle.action, toggle.call);
    }
    case 'mute':
    case 'unmute':
      return muteTo(calls, action);
    case 'resume': {
      const toggle = toggleFor(calls, 'hold');
      return toggle?.action === 'resume' ? onCall('resume', toggle.call) : null;
    }
    case 'flash':
      return flash(calls);
  }
};
