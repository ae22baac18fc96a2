import type { EnginePage } from './engine-page.ts';
import type { FarMedia } from './far-media.ts';
import { until } from './far-end.ts';
import type { ScriptedPbx } from './scripted-pbx.ts';
import { requestTo, responseTo, sipHeader } from './scripted-pbx.ts';

/** The user part of the phone's Contact: what requests to it are addressed to. */
export const contactUser = (peer: ScriptedPbx): string => {
  const request = peer.received.find((one) => one.startsWith('REGISTER')) ?? '';
  return /<sip:([^@]+)@/u.exec(sipHeader(request, 'Contact'))?.[1] ?? '';
};

export const bodyOf = (message: string): string => message.slice(message.indexOf('\r\n\r\n') + 4);

export const okWithSdp = (request: string, sdp: string): string =>
  `${responseTo(request, '200 OK', [
    'Contact: <sip:pbx@pbx.invalid;transport=ws>',
    'Content-Type: application/sdp',
  ])}${sdp}`;

/** A conversation between a phone and a scripted peer, with audio. */
export type ScriptedCall = {
  /** The phone's name for it. */
  readonly callId: string;
  readonly sipCallId: string;
  /** Who called owns the Call-ID (RFC 3261 §14.1). */
  readonly caller: 'phone' | 'peer';
  readonly media: FarMedia;
  /** A request inside the dialog, addressed and numbered. */
  readonly request: (method: string, sequence: number, body?: string) => string;
};

type Scene = {
  readonly peer: ScriptedPbx;
  readonly phone: EnginePage;
  readonly user: string;
  readonly media: FarMedia;
};

const found = async (
  what: string,
  peer: ScriptedPbx,
  fits: (text: string) => boolean,
): Promise<string> => {
  await until(what, () => peer.received.some(fits));
  return peer.received.find(fits) ?? '';
};

const untilConnected = (phone: EnginePage, callId: string) =>
  until('they talk', () => {
    const call = phone.latest().calls.find((one) => one.callId === callId);
    return call?.state === 'connected';
  });

/** The peer calls and the phone answers. */
export const callPhone = async (
  { peer, phone, user, media }: Scene,
  sipCallId: string,
): Promise<ScriptedCall> => {
  peer.send(requestTo(user, 'INVITE', { callId: sipCallId, body: await media.offer() }));
  const offered = () =>
    phone.latest().calls.find(({ callKey, state }) => callKey === sipCallId && state === 'offered');
  await until(`the phone rings for ${sipCallId}`, () => offered() !== undefined);
  const callId = offered()?.callId ?? '';
  const answered = phone.command({ kind: 'answer', callId });
  const ok = await found(
    'the phone answers',
    peer,
    (text) =>
      text.startsWith('SIP/2.0 200') &&
      sipHeader(text, 'Call-ID') === sipCallId &&
      sipHeader(text, 'CSeq').endsWith('INVITE'),
  );
  const request: ScriptedCall['request'] = (method, sequence, body) =>
    requestTo(user, method, {
      callId: sipCallId,
      to: sipHeader(ok, 'To'),
      sequence,
      ...(body === undefined ? {} : { body }),
    });
  await media.take(bodyOf(ok));
  peer.send(request('ACK', 1));
  const outcome = await answered;
  if (!outcome.ok) throw new Error(`the phone does not answer: ${outcome.why}`);
  await untilConnected(phone, callId);
  return { callId, sipCallId, caller: 'peer', media, request };
};

/** The phone calls and the peer answers. */
export const takeCall = async (
  { peer, phone, user, media }: Scene,
  number: string,
): Promise<ScriptedCall> => {
  const dialed = await phone.command({ kind: 'dial', number });
  const callId = dialed.ok ? dialed.value.callId : null;
  if (callId === null) throw new Error('the phone does not dial');
  const invite = await found('the phone calls', peer, (text) => text.startsWith('INVITE'));
  const sipCallId = sipHeader(invite, 'Call-ID');
  peer.send(okWithSdp(invite, await media.answer(bodyOf(invite))));
  await untilConnected(phone, callId);
  const request: ScriptedCall['request'] = (method, sequence, body) =>
    requestTo(user, method, {
      callId: sipCallId,
      from: sipHeader(invite, 'To'),
      fromTag: 'far',
      to: sipHeader(invite, 'From'),
      sequence,
      ...(body === undefined ? {} : { body }),
    });
  return { callId, sipCallId, caller: 'phone', media, request };
};
