import type { TransferTargets } from '../../../shared/api/routes.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';

export type Colleague = TransferTargets['agents'][number];
type Told = PhoneSnapshot['presence'][string];

type Tone = 'ready' | 'engaged' | 'wrap-up' | 'not-ready';

/** How somebody is, for the eye (a colour, full or hollow) and in words. */
export type Presence = {
  readonly tone: Tone;
  readonly hollow: boolean;
  readonly state: Colleague['state'] | 'unreachable';
  readonly doNotDisturb: boolean;
  /** Code of the not-ready reason. */
  readonly reason: string | null;
  /** null: nobody says since when. */
  readonly since: number | null;
  /** Whether a call makes sense. */
  readonly callable: boolean;
};

const tones: Record<Colleague['state'], Tone> = {
  ready: 'ready',
  reserved: 'engaged',
  engaged: 'engaged',
  wrap_up: 'wrap-up',
  not_ready: 'not-ready',
  offline: 'not-ready',
};

/**
 * A colleague as the server knows them; `told` is what the phone system tells this phone of theirs, where the server
 * has no line to it.
 */
export const presenceOf = (agent: Colleague, told?: Told): Presence => {
  const { doNotDisturb } = agent;
  const takesNone = { tone: 'not-ready', hollow: true, reason: null, callable: false } as const;
  const isOnPhone = told === 'busy' || told === 'ringing';
  if (!agent.reachable && !isOnPhone && told !== 'idle') {
    const state = agent.state === 'offline' ? 'offline' : 'unreachable';
    return { ...takesNone, state, doNotDisturb: false, since: agent.since };
  }
  const state = told === 'busy' ? 'engaged' : told === 'ringing' ? 'reserved' : agent.state;
  const since = state === agent.state ? agent.since : null;
  if (doNotDisturb) return { ...takesNone, state, doNotDisturb, since };
  const reason = state === agent.state ? agent.reason : null;
  return { tone: tones[state], hollow: false, state, doNotDisturb, reason, since, callable: true };
};
