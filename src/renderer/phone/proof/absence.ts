import type { PhoneBridge } from '../../../shared/ipc/bridge.ts';
import type { Logger } from '../log.ts';
import type { UserAgent } from '../sip/user-agent.ts';

/** The desk is asked for a sign of life no more often, and has so long to give it. */
const askEveryMs = 4_000;
const answerWithinMs = 3_000;

/**
 * Keeps the PBX from offering calls that nobody could take, where nobody else can tell it: the phone takes its binding
 * away. Because main says so, or because main stands still: then nothing would be shown and nothing could play. It is
 * looked at when the PBX is heard of, which asks each phone every ten seconds; no clock of its own ticks.
 */
export type Absence = {
  /** Something came from the PBX. */
  readonly heard: () => void;
  /** Main's word. */
  readonly told: (away: boolean) => void;
  /** There is another user agent, which knows of nothing yet. */
  readonly renewed: () => void;
};

export const createAbsence = (ports: {
  readonly bridge: Pick<PhoneBridge, 'request'>;
  readonly userAgent: () => Pick<UserAgent, 'setAway'> | null;
  readonly isInCall: () => boolean;
  readonly log: Logger;
}): Absence => {
  let toldAway = false;
  let standsStill = false;
  let isAsked = false;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let isAway = false;

  const apply = (): void => {
    const away = toldAway || standsStill;
    if (away === isAway || (away && ports.isInCall())) return;
    isAway = away;
    ports.log.warn(away ? 'the phone leaves the PBX' : 'the phone comes back', { standsStill });
    ports.userAgent()?.setAway(away);
  };

  const ask = (): void => {
    isAsked = true;
    const timer = setTimeout(() => {
      standsStill = true;
      apply();
    }, answerWithinMs);
    const answered = (): void => {
      clearTimeout(timer);
      standsStill = false;
      isAsked = false;
      answeredAt = performance.now();
      apply();
    };
    ports.bridge.request('clock.now').then(answered, answered);
  };
  return {
    heard: () => {
      if (!isAsked && performance.now() - answeredAt >= askEveryMs) ask();
      // What a call kept from being done is done after it.
      else apply();
    },
    told: (away) => {
      toldAway = away;
      apply();
    },
    renewed: () => {
      if (isAway) ports.userAgent()?.setAway(true);
    },
  };
};
