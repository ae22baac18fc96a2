import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import type { EngineBrowser, EnginePage } from '../../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import type { FarMedia, FarMediaPage } from '../../support/engine-page/far-media.ts';
import { openFarMedia } from '../../support/engine-page/far-media.ts';
import { closeWithoutErrors, setupFor } from '../../support/engine-page/phone-bed.ts';
import {
  bodyOf,
  callPhone,
  contactUser,
  okWithSdp,
  type ScriptedCall,
} from '../../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import {
  audioOffer,
  responseTo,
  sipHeader,
  startScriptedPbx,
} from '../../support/engine-page/scripted-pbx.ts';

const iceName = (sdp: string): string => /^a=ice-ufrag:(\S+)/mu.exec(sdp)?.[1] ?? '';

describe.skipIf(reasonToSkip(windowNeeds) !== null)('a call lives on', () => {
  let browser: EngineBrowser;
  let far: FarMediaPage;
  let phone: EnginePage;
  let peer: ScriptedPbx;
  let media: FarMedia;
  let call: ScriptedCall;

  beforeAll(async () => {
    browser = await startEngineBrowser();
    far = await openFarMedia(browser);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    peer = await startScriptedPbx();
    phone = await browser.open(setupFor(peer.url));
    await phone.untilRegistered();
    media = far.open();
    call = await callPhone({ peer, phone, user: contactUser(peer), media }, 'faults@pbx');
    peer.forget();
  });
  afterEach(async () => {
    peer.close();
    await closeWithoutErrors(phone);
    await media.close();
  });

  const state = () => phone.latest().calls.find(({ callId }) => callId === call.callId)?.state;
  const untilAnswered = (sequence: number, method: string) =>
    peer.untilReceived(new RegExp(`^SIP/2\\.0 [2-6][\\s\\S]*CSeq: ${sequence} ${method}`, 'u'));

  test('while the socket is away: holding is refused, digits go by the audio, nothing ends', async () => {
    peer.breakSockets();
    await until('known', () => phone.latest().registration.state !== 'registered');
    expect(await phone.command({ kind: 'hold', callId: call.callId })).toMatchObject({ ok: false });
    expect(
      await phone.command({ kind: 'send_digits', callId: call.callId, digits: '1#' }),
    ).toMatchObject({ ok: true });
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected', hold: 'none' });
    await phone.wake('network');
    await phone.untilRegistered();
    expect(state()).toBe('connected');
  });

  test('the SIP service is told to record and not to, and a refusal ends nothing', async () => {
    const tell = (on: boolean) =>
      phone.command({ kind: 'tell_recording', callId: call.callId, on });
    const answered = async (told: ReturnType<typeof tell>, status: string) => {
      const info = await peer.untilReceived(/^INFO /u);
      peer.send(responseTo(info, status, []));
      peer.forget();
      return { info, ok: (await told).ok };
    };
    const on = await answered(tell(true), '200 OK');
    expect([sipHeader(on.info, 'Record'), on.ok]).toEqual(['on', true]);
    expect(sipHeader(on.info, 'Call-ID')).toBe(call.sipCallId);
    const off = await answered(tell(false), '200 OK');
    expect([sipHeader(off.info, 'Record'), off.ok]).toEqual(['off', true]);
    expect((await answered(tell(true), '501 Not Implemented')).ok).toBe(false);
    expect((await answered(tell(true), '408 Request Timeout')).ok).toBe(false);
    expect(state()).toBe('connected');
    peer.breakSockets();
    await until('known', () => phone.latest().registration.state !== 'registered');
    expect((await tell(false)).ok).toBe(false);
    expect(state()).toBe('connected');
    await phone.wake('network');
    await phone.untilRegistered();
  });

  test('an offer without live audio, and requests of another dialog, change nothing', async () => {
    const silent = audioOffer.replace('m=audio 4000', 'm=audio 0');
    peer.send(call.request('INVITE', 2, silent));
    expect(await untilAnswered(2, 'INVITE')).toMatch(/^SIP\/2\.0 488/u);
    peer.send(call.request('ACK', 2));
    peer.send(call.request('BYE', 3).replace('tag=near', 'tag=somebody-else'));
    expect(await untilAnswered(3, 'BYE')).toMatch(/^SIP\/2\.0 481/u);
    peer.send(call.request('BYE', 4).replace(/^(To: .*tag=).*$/mu, '$1nobody'));
    expect(await untilAnswered(4, 'BYE')).toMatch(/^SIP\/2\.0 481/u);
    expect(state()).toBe('connected');
  });

  test('a storm of 6xx, to what was asked and to what was not, takes no more than the hold', async () => {
    const held = phone.command({ kind: 'hold', callId: call.callId });
    const offer = await peer.untilReceived(/^INVITE /u);
    for (let count = 0; count < 200; count += 1) {
      peer.send(responseTo(offer, `6${String(count % 10).padStart(2, '0')} Nowhere`));
      peer.send(responseTo(offer.replace(/CSeq: \d+/u, `CSeq: ${900 + count}`), '603 Decline'));
    }
    expect(await held).toMatchObject({ ok: false });
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected', hold: 'none' });
  });

  test('what the PBX has not answered is not waited for once the call is over', async () => {
    const held = phone.command({ kind: 'hold', callId: call.callId });
    await peer.untilReceived(/^INVITE /u);
    await phone.command({ kind: 'end', callId: call.callId });
    expect(await held).toEqual({ ok: false, why: 'phone_failed' });
  });

  test('an interval that is too small for the far side is made longer (422)', async () => {
    const held = phone.command({ kind: 'hold', callId: call.callId });
    const first = await peer.untilReceived(/^INVITE /u);
    peer.send(responseTo(first, '422 Session Interval Too Small', ['Min-SE: 3600']));
    const again = await peer.untilReceived(/^INVITE [\s\S]*\r\nMin-SE: 3600\r\n/u);
    expect(Number.parseInt(sipHeader(again, 'CSeq'), 10)).toBe(
      Number.parseInt(sipHeader(first, 'CSeq'), 10) + 1,
    );
    peer.send(okWithSdp(again, await media.answer(bodyOf(again))));
    expect(await held).toMatchObject({ ok: true });
  });

  test('so is that of a call that goes out, once', async () => {
    await phone.command({ kind: 'end', callId: call.callId });
    peer.send(responseTo(await peer.untilReceived(/^BYE /u), '200 OK'));
    peer.forget();
    const dialed = await phone.command({ kind: 'dial', number: '+12025550143' });
    expect(dialed).toMatchObject({ ok: true });
    const first = await peer.untilReceived(/^INVITE /u);
    expect(first).not.toMatch(/^m=video/mu);
    peer.send(responseTo(first, '422 Session Interval Too Small', ['Min-SE: 3600']));
    const again = await peer.untilReceived(/^INVITE [\s\S]*\r\nMin-SE: 3600\r\n/u);
    expect(sipHeader(again, 'Session-Expires')).toBe('3600');
    expect(sipHeader(again, 'Call-ID')).toBe(sipHeader(first, 'Call-ID'));
    expect(sipHeader(again, 'X-Ringside-Call')).toBe(sipHeader(first, 'X-Ringside-Call'));
    peer.send(responseTo(again, '422 Session Interval Too Small', ['Min-SE: 7200']));
    await phone.untilCall('ended');
  });

  test('a path that stumbles is sought anew before it fails, by an offer that restarts ICE', async () => {
    const before = (await phone.traffic()).find(
      ({ way, text }) => way === 'out' && iceName(text) !== '',
    );
    await media.close();
    // Chromium calls it disconnected after some 6 s and failed after 16 s.
    const offer = await peer.untilReceived(/^INVITE /u, 12_000);
    expect(iceName(offer)).not.toBe(iceName(before?.text ?? ''));
    expect(state()).toBe('connected');
  }, 45_000);

  test('a path that stumbles while nothing can be sent is sought when the link is back, and once more', async () => {
    peer.breakSockets();
    await until('known', () => phone.latest().registration.state !== 'registered');
    await media.close();
    await phone.wake('network');
    await phone.untilRegistered();
    const first = await peer.untilReceived(/^INVITE /u, 12_000);
    peer.forget();
    peer.send(responseTo(first, '488 Not Acceptable Here'));
    const again = await peer.untilReceived(/^INVITE /u, 12_000);
    expect(iceName(again)).not.toBe(iceName(first));
    expect(state()).toBe('connected');
  }, 45_000);

  test('what is logged of a challenge holds neither the secret nor the answer to it', async () => {
    const held = phone.command({ kind: 'hold', callId: call.callId });
    const offer = await peer.untilReceived(/^INVITE /u);
    const challenge = 'Digest realm="ringside", nonce="abc", algorithm=MD5, qop="auth"';
    peer.send(
      responseTo(offer, '407 Proxy Authentication Required', [`Proxy-Authenticate: ${challenge}`]),
    );
    const again = await peer.untilReceived(/^INVITE [\s\S]*Proxy-Authorization: Digest/u);
    peer.send(responseTo(again, '488 Not Acceptable Here'));
    await held;
    const response = /response="([0-9a-f]+)"/u.exec(again)?.[1] ?? '';
    expect(response).not.toBe('');
    const logged = JSON.stringify(phone.logs);
    for (const secret of ['secret-1001', response, 'Authorization']) {
      expect(logged).not.toContain(secret);
    }
  });
});
