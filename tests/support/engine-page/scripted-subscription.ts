import type { ScriptedPbx } from './scripted-pbx.ts';
import { requestTo, sipHeader } from './scripted-pbx.ts';

export const subscribes = (peer: ScriptedPbx, event = ''): readonly string[] =>
  peer.received.filter(
    (message) => message.startsWith('SUBSCRIBE') && sipHeader(message, 'Event').startsWith(event),
  );

/** As a notifier that grants what it is asked for. */
export const grant = (request: string): readonly string[] => [
  '200 OK',
  'Contact: <sip:events@pbx.invalid;transport=ws>',
  `Expires: ${sipHeader(request, 'Expires')}`,
];

/** A NOTIFY in the dialog that this SUBSCRIBE began (RFC 6665 §4.2.2). */
export const notifyFor = (
  subscribe: string,
  sequence: number,
  body: string,
  state = 'active;expires=600',
): string => {
  const user = /<sip:([^@]+)@/u.exec(sipHeader(subscribe, 'Contact'))?.[1] ?? '';
  return requestTo(user, 'NOTIFY', {
    callId: sipHeader(subscribe, 'Call-ID'),
    from: sipHeader(subscribe, 'To').replace(/;tag=.*/u, ''),
    fromTag: 'far',
    to: sipHeader(subscribe, 'From'),
    sequence,
    headers: [`Event: ${sipHeader(subscribe, 'Event')}`, `Subscription-State: ${state}`],
  }).replace(/\n\n$/u, `\n\n${body}`);
};

export const summary = (newMessages: number, oldMessages: number): string =>
  [
    `Messages-Waiting: ${newMessages > 0 ? 'yes' : 'no'}`,
    `Voice-Message: ${newMessages}/${oldMessages} (0/0)`,
    '',
  ].join('\n');
