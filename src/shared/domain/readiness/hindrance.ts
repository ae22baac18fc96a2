/**
 * What keeps an agent who wishes to be ready from being reached. The first of several is told: it explains the others, or
 * is the nearest to the agent and so the most in their power.
 */
export const hindranceCauses = [
  /** The machine sleeps, or is about to. */
  'asleep',
  /** The phone's own process is gone. */
  'phone_restarting',
  'no_network',
  /** The PBX does not know this phone, or does not answer it. */
  'not_registered',
  'microphone_denied',
  'no_microphone',
  /** Another program holds it. */
  'microphone_busy',
  /** It opens, and gives nothing at all. */
  'microphone_silent',
  'no_speaker',
  /** The agent's own setting. */
  'ringer_off',
  /** The agent said that a test ring was not heard. */
  'ringer_unheard',
  /** The sound system does not play. */
  'ringer_silent',
  /** Sound does not get through to the PBX or back. */
  'no_media_path',
  /** What happens in a call could not be kept. */
  'disk',
  /** Nobody knows what time it is. */
  'clock',
  /** The centre asks for a check at the start of a shift. */
  'check_due',
  /** Nothing is known to be wrong, and not everything is proven yet. */
  'proving',
] as const;
export type HindranceCause = (typeof hindranceCauses)[number];

/** What the agent could put right with a press: nobody else is to be blamed for it. */
const ownDoing: readonly HindranceCause[] = ['ringer_off', 'ringer_unheard', 'check_due'];

const prefix = 'hindered_';

/** A hindrance as a reason for not being ready: for the log, the PBX and whoever looks at the agent. */
export const hindranceReasons = hindranceCauses.map((cause) => `${prefix}${cause}` as const);
export type HindranceReason = (typeof hindranceReasons)[number];

export const reasonOfHindrance = (cause: HindranceCause): HindranceReason => `${prefix}${cause}`;

export const hindranceOfReason = (reason: string): HindranceCause | null =>
  hindranceCauses.find((cause) => reasonOfHindrance(cause) === reason) ?? null;

/** Not ready for a reason that is the machine's and not the agent's. */
export const isBeyondAgent = (reason: string): boolean => {
  const cause = hindranceOfReason(reason);
  return cause !== null && !ownDoing.includes(cause);
};
