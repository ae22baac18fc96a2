import type RTCSession from 'jssip/lib/RTCSession.js';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';

const answerWithinMs = 10_000;

/**
 * Tells the far side's SIP service to record this call or not to, by an INFO with the header `Record` (RFC 6086 without a
 * package, as several vendors have it). That it was taken says nothing of what is recorded.
 */
export const tellRecording = (
  session: RTCSession,
  on: boolean,
): Promise<Result<null, 'refused' | 'timeout'>> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(failure('timeout')), answerWithinMs);
    const settle = (outcome: Result<null, 'refused'>): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const refused = (): void => settle(failure('refused'));
    session.sendRequest('INFO', {
      extraHeaders: [`Record: ${on ? 'on' : 'off'}`, `Contact: ${session.contact}`],
      eventHandlers: {
        onSuccessResponse: () => settle(success(null)),
        onErrorResponse: refused,
        onDialogError: refused,
        // an INFO that nobody answers ends no call
        onRequestTimeout: refused,
        onTransportError: refused,
      },
    });
  });
