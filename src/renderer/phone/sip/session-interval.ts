import type { IncomingResponse } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { Logger } from '../log.ts';

const longestSeconds = 86_400;
const intervalHeader = /^(?:session-expires|x|min-se)\s*:/iu;

/** The smallest session interval that the far side takes, where it refused ours as too small (RFC 4028 §6); else null. */
export const leastInterval = (
  response: Pick<IncomingResponse, 'status_code' | 'getHeader'>,
): number | null => {
  if (response.status_code !== 422) return null;
  const seconds = Number(/^\s*(\d{1,6})\s*(?:;|$)/u.exec(response.getHeader('Min-SE') ?? '')?.[1]);
  return seconds > 0 && seconds <= longestSeconds ? seconds : null;
};

/** A call that goes out and is refused so is sent once more, with what is asked for (RFC 4028 §7.4). JsSIP gives up. */
export const askForLongerInterval = (session: RTCSession, log: Logger): void => {
  const receive = session._receiveInviteResponse.bind(session);
  let asked = false;
  session._receiveInviteResponse = (response) => {
    const seconds = leastInterval(response);
    const before = session._request;
    if (seconds === null || asked || before === null || session._is_canceled || session.isEnded()) {
      receive(response);
      return;
    }
    asked = true;
    log.info('a longer session interval is asked for', { seconds });
    session._sessionTimers.defaultExpires = seconds;
    const request = before.clone();
    request.cseq += 1;
    request.setHeader('cseq', `${request.cseq} INVITE`);
    request.extraHeaders = [
      ...request.extraHeaders.filter((header) => !intervalHeader.test(header)),
      `Session-Expires: ${seconds}`,
      `Min-SE: ${seconds}`,
    ];
    // An answer to a challenge is for one request; it is challenged anew.
    for (const name of ['Authorization', 'Proxy-Authorization']) {
      Reflect.deleteProperty(request.headers, name);
    }
    session._request = request;
    new RequestSender(session._ua, request, {
      onAuthenticated: (authenticated) => {
        session._request = authenticated;
      },
      onReceiveResponse: (next) => session._receiveInviteResponse(next),
      onRequestTimeout: () => session.onRequestTimeout(),
      onTransportError: () => session.onTransportError(),
    }).send();
  };
};
