import { setTimeout as pause } from 'node:timers/promises';
import type { EnginePage } from './engine-page.ts';
import { until } from './far-end.ts';
import type { ScriptedCall } from './scripted-call.ts';
import { bodyOf, okWithSdp } from './scripted-call.ts';
import type { ScriptedPbx } from './scripted-pbx.ts';
import { responseTo, sipHeader } from './scripted-pbx.ts';

/** RFC 3261 §14.1: how long a side waits after a 491; whoever owns the Call-ID waits longer. */
const glareWaitMs = (ownsCallId: boolean, random: () => number) =>
  ownsCallId ? 2_100 + random() * 1_900 : random() * 2_000;
const settledWithinMs = 12_000;
const mostTries = 4;
/** How many CSeq numbers one crossing may use. */
export const glareSequences = 1 + mostTries;

/**
 * The phone and its peer change the hold at the same instant, each refuses the other's offer, and both try again as the
 * RFC asks. Returns what went wrong, null when the call is as the agent wanted it.
 */
export const crossHold = async (
  scene: { readonly peer: ScriptedPbx; readonly phone: EnginePage; readonly call: ScriptedCall },
  hold: boolean,
  /** Of the peer's first request, see `glareSequences`. */
  sequence: number,
  random: () => number,
): Promise<string | null> => {
  const { peer, phone, call } = scene;
  peer.forget();
  const ofCall = (text: string) => sipHeader(text, 'Call-ID') === call.sipCallId;
  const offers = () => peer.received.filter((text) => text.startsWith('INVITE') && ofCall(text));
  const answerTo = (number: number) =>
    peer.received.find(
      (text) =>
        text.startsWith('SIP/2.0 ') &&
        !text.startsWith('SIP/2.0 1') &&
        ofCall(text) &&
        sipHeader(text, 'CSeq') === `${number} INVITE`,
    );

  const crossing = call.request('INVITE', sequence, await call.media.draft());
  const changed = phone.command({ kind: hold ? 'hold' : 'resume', callId: call.callId });
  try {
    await until('the phone offers', () => offers().length === 1, settledWithinMs);
    peer.send(crossing);
    await until('the phone refuses', () => answerTo(sequence) !== undefined);
    const refusal = answerTo(sequence) ?? '';
    if (!refusal.startsWith('SIP/2.0 491')) return `the phone said ${refusal.slice(8, 30)}`;
    peer.send(call.request('ACK', sequence));
    peer.send(responseTo(offers()[0] ?? '', '491 Request Pending'));

    // RFC 3261 §14.1: no offer of one's own while another one is under way, in either direction.
    let offering = false;
    let answering = false;
    const peerAgain = async () => {
      for (let next = sequence + 1; next <= sequence + mostTries; next += 1) {
        await pause(glareWaitMs(call.caller === 'peer', random));
        while (answering) await pause(10);
        offering = true;
        peer.send(call.request('INVITE', next, await call.media.offer()));
        await until('the phone answers an offer', () => answerTo(next) !== undefined);
        const answer = answerTo(next) ?? '';
        peer.send(call.request('ACK', next));
        if (answer.startsWith('SIP/2.0 200')) await call.media.take(bodyOf(answer));
        else await call.media.withdraw();
        offering = false;
        if (answer.startsWith('SIP/2.0 200')) return null;
        if (!answer.startsWith('SIP/2.0 491')) return `the phone said ${answer.slice(8, 30)}`;
      }
      return 'the phone never took the offer of its peer';
    };
    const phoneAgain = async () => {
      for (let seen = 1; seen < mostTries; seen += 1) {
        await until('the phone offers again', () => offers().length > seen, settledWithinMs);
        const again = offers()[seen] ?? '';
        if (offering) {
          peer.send(responseTo(again, '491 Request Pending'));
          continue;
        }
        answering = true;
        peer.send(okWithSdp(again, await call.media.answer(bodyOf(again))));
        const { ok } = await changed;
        answering = false;
        return ok ? null : 'the phone gave up';
      }
      return 'the phone gave up';
    };
    const [ours, theirs] = await Promise.all([peerAgain(), phoneAgain()]);
    if (ours !== null || theirs !== null) return ours ?? theirs;
  } catch (error) {
    return String(error);
  }
  const now = phone.latest().calls.find(({ callId }) => callId === call.callId);
  if (now?.state !== 'connected') return `the call is ${now?.state ?? 'gone'}`;
  return now.hold === (hold ? 'local' : 'none') ? null : `the hold is ${now.hold}`;
};
