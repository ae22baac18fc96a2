import type { IncomingRequest } from 'jssip';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';

/** A PBX that has not answered the REFER by now will not hand the call over. */
const answerWithinMs = 10_000;
/** A PBX that failed and keeps the far side, to find them somebody else, lets go of us within this time. */
const letGoWithinMs = 500;

/** How a SIP dialog is named to the PBX (RFC 3891 §3): its own tag is our remote one, whoever called whom. */
export type DialogName = {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
};

/** `uri` is a plain SIP URI; `replaces` the dialog whose far side is to be spoken with. */
export type ReferTarget = { readonly uri: string; readonly replaces?: DialogName };

export type ReferralRefusal = {
  readonly why: 'offline' | 'refused' | 'timeout' | 'ended';
  /** What the target or the PBX said, where it said anything. */
  readonly sipCode: number | null;
};

export type ReferralHandlers = {
  /** The PBX agreed to try (RFC 3515 §2.4.4). */
  readonly accepted?: () => void;
  readonly ringing?: () => void;
};

/** The value of Refer-To: the whole Replaces header is one escaped URI header (RFC 3261 §19.1.4, RFC 3891 §6.1). */
export const referTo = ({ uri, replaces }: ReferTarget): string => {
  if (replaces === undefined) return `<${uri}>`;
  const header = `${replaces.callId};to-tag=${replaces.remoteTag};from-tag=${replaces.localTag}`;
  return `<${uri}?Replaces=${encodeURIComponent(header)}>`;
};

type ReferralNews = {
  /** Of the status line in the body (RFC 3420); null when there is none. */
  readonly status: number | null;
  readonly isOver: boolean;
};

/** Reads a NOTIFY about a transfer (RFC 3515 §2.4.5): a final status, or an ended subscription, is the last word. */
export const readReferralNews = (
  body: string | null,
  subscriptionState: string | undefined,
): ReferralNews => {
  const code = /^\s*SIP\/2\.0 +([1-6]\d{2})\b/iu.exec(body ?? '')?.[1];
  const status = code === undefined ? null : Number(code);
  const isOver =
    (status !== null && status >= 200) || /^\s*terminated\b/iu.test(subscriptionState ?? '');
  return { status, isOver };
};

export type Referral = {
  /**
   * Asks the PBX to hand this leg's far side over, and resolves with the outcome; `withinMs` bounds the wait for it. One
   * at a time.
   */
  readonly ask: (
    target: ReferTarget,
    withinMs: number,
    handlers: ReferralHandlers,
  ) => Promise<Result<null, ReferralRefusal>>;
  /** Whether a NOTIFY may come, be it late. */
  readonly awaitsNews: () => boolean;
  readonly take: (notify: Pick<IncomingRequest, 'body' | 'getHeader'>) => void;
  /** The PBX agreed and has not said how it went. */
  readonly isUnderWay: () => boolean;
  readonly ended: () => void;
};

/**
 * Transfers of one leg (RFC 3515). JsSIP's own names the wrong dialog when the other leg came in, believes any NOTIFY
 * to be a final one but 1xx, and waits for ever.
 */
export const createReferral = (
  session: RTCSession,
  ports: {
    readonly isLinkUp: () => boolean;
    /** The far side speaks with somebody else, also when we had given up. */
    readonly onDone: () => void;
    readonly log: Logger;
  },
): Referral => {
  const { log } = ports;
  let asked = false;
  let accepted = false;
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settle: ((outcome: Result<null, ReferralRefusal>) => void) | null = null;
  let on: ReferralHandlers = {};

  const refuse = (why: ReferralRefusal['why'], sipCode: number | null) => {
    log.warn('transfer failed', { why, sipCode });
    settle?.(failure({ why, sipCode }));
  };

  return {
    ask: (target, withinMs, handlers) => {
      if (!ports.isLinkUp()) return Promise.resolve(failure({ why: 'offline', sipCode: null }));
      if (settle !== null || session.isEnded()) {
        return Promise.resolve(failure({ why: 'ended', sipCode: null }));
      }
      return new Promise((resolve) => {
        timer = setTimeout(() => refuse('timeout', null), Math.min(answerWithinMs, withinMs));
        settle = (outcome) => {
          clearTimeout(timer);
          settle = null;
          resolve(outcome);
        };
        asked = true;
        accepted = false;
        on = handlers;
        count += 1;
        const mine = count;
        const { uri } = session._ua.configuration;
        const refused = ({ status_code }: { readonly status_code: number }) => {
          // Of one that was given up long ago.
          if (mine !== count) return;
          asked = false;
          refuse('refused', status_code);
        };
        session.sendRequest('REFER', {
          extraHeaders: [
            `Refer-To: ${referTo(target)}`,
            `Referred-By: <${uri.toString()}>`,
            `Contact: ${session.contact}`,
          ],
          eventHandlers: {
            onSuccessResponse: () => {
              if (mine !== count) return;
              accepted = true;
              if (settle === null) return;
              clearTimeout(timer);
              timer = setTimeout(() => refuse('timeout', null), withinMs);
              on.accepted?.();
            },
            onErrorResponse: refused,
            onDialogError: refused,
          },
        });
      });
    },
    awaitsNews: () => asked,
    take: (notify) => {
      const { status, isOver } = readReferralNews(
        notify.body,
        notify.getHeader('Subscription-State'),
      );
      log.info('transfer', { status, isOver });
      if (status !== null && status > 100 && status < 200) on.ringing?.();
      if (!isOver) return;
      if (status !== null && status >= 200 && status < 300) {
        asked = false;
        settle?.(success(null));
        ports.onDone();
      } else {
        asked = false;
        clearTimeout(timer);
        const sipCode = status !== null && status >= 300 ? status : null;
        timer = setTimeout(() => refuse('refused', sipCode), letGoWithinMs);
      }
    },
    isUnderWay: () => accepted && settle !== null,
    ended: () => {
      // The PBX that agreed and then let go of us has taken the far side over.
      if (accepted) settle?.(success(null));
      else if (settle !== null) refuse('ended', null);
    },
  };
};
