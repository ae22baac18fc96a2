import type { Voicemail } from '../../../shared/ipc/phone.ts';

/** More is no summary. */
const longestBody = 8_192;
/** More than anybody listens to. */
const mostMessages = 9_999;

/**
 * What waits in a mailbox (RFC 3842 §5.2), for people's voices only; null: it says nothing of the kind. A server that
 * gives no numbers says at least whether something waits.
 */
export const readMessageSummary = (body: string): Voicemail | null => {
  if (body.length > longestBody) return null;
  const waiting = /^messages-waiting[ \t]*:[ \t]*(yes|no)[ \t]*\r?$/imu.exec(body)?.[1];
  const counts = /^voice-message[ \t]*:[ \t]*(\d{1,9})[ \t]*\/[ \t]*(\d{1,9})/imu.exec(body);
  if (counts !== null) {
    return {
      newMessages: Math.min(mostMessages, Number(counts[1])),
      oldMessages: Math.min(mostMessages, Number(counts[2])),
    };
  }
  if (waiting === undefined) return null;
  return { newMessages: waiting.toLowerCase() === 'yes' ? 1 : 0, oldMessages: 0 };
};
