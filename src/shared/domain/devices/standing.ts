import { isPreferred, ranked, type FoundDevice, type KnownDevice } from './device.ts';

/**
 * Which device serves a role now, and what becomes of it as devices come and go:
 *
 *   in use            | what happens                                  | then
 *   ------------------+-----------------------------------------------+--------------------------------------
 *   any               | it is gone                                    | the best that is there, at once
 *   any               | the agent ranks anew                          | the best, at once
 *   any               | a better one is there, nobody talks           | the better one
 *   any               | a better one is there in a call, policy take  | the better one
 *   any               | a better one is there in a call, policy ask   | it is offered; taken after the call
 *   nothing ranked    | the system would use another                  | that one, also in a call
 *   any               | an offer was declined                         | nothing, until that device went and came
 */
export type Standing = {
  readonly inUse: FoundDevice | null;
  /** Ranks before what is in use and waits for the agent's word. */
  readonly offered: FoundDevice | null;
  /** Ids of devices that are there and that the agent did not want. */
  readonly declined: readonly string[];
  /** By which it was chosen. */
  readonly preferences: readonly KnownDevice[];
};

export type Situation = {
  readonly found: readonly FoundDevice[];
  readonly preferences: readonly KnownDevice[];
  /** Somebody would notice a change of device. */
  readonly talking: boolean;
  /** What becomes of a better device that appears in a call. */
  readonly better: 'ask' | 'take';
};

export type DeviceChange = {
  readonly why: 'gone' | 'better' | 'chosen' | 'found';
  readonly from: FoundDevice | null;
  readonly to: FoundDevice | null;
};

export const noStanding: Standing = { inUse: null, offered: null, declined: [], preferences: [] };

const sameRanking = (one: readonly KnownDevice[], other: readonly KnownDevice[]): boolean =>
  one.length === other.length && one.every(({ id }, index) => id === other[index]?.id);

/** What stands after devices, ranking or calls changed; `change`: another device serves now. */
export const standingIn = (
  before: Standing,
  { found, preferences, talking, better }: Situation,
): { readonly standing: Standing; readonly change: DeviceChange | null } => {
  const order = ranked(preferences, found);
  const best = order[0] ?? null;
  const isRankedAnew = !sameRanking(preferences, before.preferences);
  const declined = isRankedAnew
    ? []
    : before.declined.filter((id) => found.some((device) => device.id === id));
  const still = found.find(({ id }) => id === before.inUse?.id) ?? null;

  const use = (why: DeviceChange['why'], to: FoundDevice | null) => {
    const isSame = to?.id === before.inUse?.id;
    return {
      standing: { inUse: to, offered: null, declined, preferences },
      change: isSame ? null : { why, from: before.inUse, to },
    };
  };
  if (before.inUse === null) return use('found', best);
  if (still === null) return use('gone', best);
  if (isRankedAnew) return use('chosen', best);

  const ahead = order.slice(
    0,
    order.findIndex(({ id }) => id === still.id),
  );
  const next = ahead.find(({ id }) => !declined.includes(id)) ?? null;
  if (next === null) return use('found', still);
  const isChosen = isPreferred(preferences, found, next);
  if (!talking || better === 'take' || !isChosen) return use('better', next);
  return {
    standing: { inUse: still, offered: next, declined, preferences },
    change: null,
  };
};

/** The agent said yes to what is offered. */
export const withOfferTaken = (
  standing: Standing,
): { readonly standing: Standing; readonly change: DeviceChange | null } =>
  standing.offered === null
    ? { standing, change: null }
    : {
        standing: { ...standing, inUse: standing.offered, offered: null },
        change: { why: 'chosen', from: standing.inUse, to: standing.offered },
      };

/** The agent said no: it is not offered again while it stays there. */
export const withOfferDeclined = (standing: Standing): Standing =>
  standing.offered === null
    ? standing
    : {
        ...standing,
        offered: null,
        declined: [...standing.declined, standing.offered.id],
      };
