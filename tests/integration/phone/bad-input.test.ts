import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import type { EngineBrowser, EnginePage } from '../../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors, setupFor } from '../../support/engine-page/phone-bed.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import {
  audioOffer,
  requestTo,
  responseTo,
  sipHeader,
  startScriptedPbx,
} from '../../support/engine-page/scripted-pbx.ts';

describe.skipIf(reasonToSkip(windowNeeds) !== null)('what no PBX should send', () => {
  let browser: EngineBrowser;
  let phone: EnginePage;
  let peer: ScriptedPbx;
  let user = '';

  beforeAll(async () => {
    browser = await startEngineBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    peer = await startScriptedPbx();
    phone = await browser.open(setupFor(peer.url));
  });
  afterEach(async () => {
    peer.close();
    await closeWithoutErrors(phone);
  });

  const register = async () => {
    await phone.untilRegistered();
    const request = peer.received.find((one) => one.startsWith('REGISTER')) ?? '';
    user = /<sip:([^@]+)@/u.exec(sipHeader(request, 'Contact'))?.[1] ?? '';
  };
  const invite = (headers: readonly string[] = [], from?: string, body = audioOffer) => {
    const request = requestTo(user, 'INVITE', {
      headers,
      body,
      ...(from === undefined ? {} : { from }),
    });
    peer.send(request);
    return request;
  };
  /** Answers, acknowledges, and returns what requests inside the dialog need. */
  const converse = async () => {
    const request = invite();
    const { callId } = await phone.untilCall('offered');
    const answered = phone.command({ kind: 'answer', callId });
    const ok = await peer.untilReceived(/^SIP\/2\.0 200 [\s\S]*CSeq: 1 INVITE/u);
    expect(await answered).toMatchObject({ ok: true });
    const dialog = { callId: sipHeader(request, 'Call-ID'), to: sipHeader(ok, 'To') };
    peer.send(requestTo(user, 'ACK', dialog));
    await phone.untilCall('connected');
    return { callId, dialog };
  };

  test('names arrive as one line of text, whatever they carry', async () => {
    await register();
    const name = `<img src=x onerror=alert(1)>\u202e\u0007\u0000 ${'long '.repeat(2_000)}`;
    invite(
      ['X-Ringside-Call: key\u0001-7', `X-Ringside-Queue: ${'q'.repeat(9_000)}`],
      `"${name}" <sip:+12025550123@pbx.invalid>`,
    );
    const call = await phone.untilCall('offered');
    expect(call.remote.number).toBe('+12025550123');
    expect(call.remote.name).toMatch(/^<img src=x onerror=alert\(1\)> long long/u);
    expect(call.remote.name.length).toBeLessThanOrEqual(128);
    expect(call.callKey).toBe('key -7');
    expect(call.queue?.length).toBe(80);
  });

  test('what the PBX asserts counts more than what the caller claims', async () => {
    await register();
    invite(['P-Asserted-Identity: "Carol" <sip:+34911234567@pbx>'], '"Bank" <sip:911@evil>');
    expect((await phone.untilCall('offered')).remote).toEqual({
      number: '+34911234567',
      name: 'Carol',
    });
  });

  test('malformed messages change nothing, and the phone still answers', async () => {
    await register();
    const messages = [
      'garbage',
      '\r\n\r\n\r\nINVITE',
      'INVITE tel:+1 SIP/2.0\nVia: x\n\n',
      requestTo('%zz%', 'INVITE', { body: audioOffer }),
      requestTo(user, 'NOTIFY'),
      requestTo(user, 'INVITE', { from: '<sip:%E0%A4@x>', body: audioOffer }).replace(
        /CSeq: 1/u,
        'CSeq: 99999999999999999999',
      ),
      requestTo(user, 'INVITE', { body: 'v=0\nnonsense' }),
      requestTo(user, 'INVITE', { body: audioOffer.replace('m=audio 4000', 'm=audio 0') }),
      requestTo(user, 'INVITE', { body: audioOffer, headers: ['Require: unknown-tag'] }),
      requestTo(user, 'BYE'),
      requestTo(user, 'BYE').replace('CSeq: 1 BYE', 'CSeq: 1 INFO'),
      requestTo(user, 'REFER', { headers: ['Refer-To: <sip:+19005550100@pbx>'] }),
      requestTo(user, 'INVITE', {
        body: audioOffer,
        headers: ['Replaces: 1;to-tag=2;from-tag=3'],
      }),
      'SIP/2.0 200 OK\nVia: SIP/2.0/WS x;branch=z9hG4bK1\nCSeq: x y\n\n',
    ];
    for (const message of messages)
      peer.send(message.includes('\n\n') ? message : `${message}\n\n`);
    peer.send(requestTo(user, 'OPTIONS', { callId: 'alive' }));
    await peer.untilReceived(/^SIP\/2\.0 200 [\s\S]*Call-ID: alive/u);
    const probe = requestTo(user, 'OPTIONS', { callId: 'in-bytes' });
    peer.sendRaw(Buffer.from(probe.replaceAll('\n', '\r\n')));
    await peer.untilReceived(/^SIP\/2\.0 200 [\s\S]*Call-ID: in-bytes/u);
    await peer.untilReceived(/^SIP\/2\.0 420 [\s\S]*Unsupported: unknown-tag/u);
    await peer.untilReceived(/^SIP\/2\.0 400 [\s\S]*CSeq: 1 BYE/u);
    await peer.untilReceived(/^SIP\/2\.0 403 [\s\S]*CSeq: 1 REFER/u);
    await peer.untilReceived(/^SIP\/2\.0 403 [\s\S]*CSeq: 1 INVITE/u);
    await peer.untilReceived(/^SIP\/2\.0 489 /u);
    expect(phone.latest().calls.filter(({ state }) => state !== 'ended')).toEqual([]);
    expect(phone.latest().registration.state).toBe('registered');
  });

  test('of 100 calls a second the screen shows few, and the call under way is untouched', async () => {
    await register();
    const { callId } = await converse();
    const before = phone.snapshots.length;
    const call = () => phone.latest().calls.find((one) => one.callId === callId);
    const untouched = JSON.stringify(call());
    const requests: string[] = [];
    for (let count = 0; count < 300; count += 1) {
      const request = invite();
      // A repetition is no call of its own.
      peer.sendRaw(request.replaceAll('\n', '\r\n'));
      requests.push(request);
      await pause(10);
    }
    const last = sipHeader(requests.at(-1) ?? '', 'Call-ID');
    await until('the last one is answered', () =>
      peer.received.some(
        (text) => text.startsWith('SIP/2.0 486') && sipHeader(text, 'Call-ID') === last,
      ),
    );
    const busy = peer.received.filter((text) => text.startsWith('SIP/2.0 486'));
    expect(busy.every((text) => Number(sipHeader(text, 'Retry-After')) > 0)).toBe(true);
    const live = phone.latest().calls.filter(({ state }) => state !== 'ended');
    expect(live.length).toBeLessThanOrEqual(6);
    expect(phone.snapshots.length - before).toBeLessThan(50);
    expect(JSON.stringify(call())).toBe(untouched);
    // Who calls when it is over gets through as soon as a line is free.
    for (const one of live) {
      if (one.callId !== callId) await phone.command({ kind: 'reject', callId: one.callId });
    }
    await pause(1_000);
    const customer = invite();
    await until('a customer rings', () =>
      phone
        .latest()
        .calls.some(
          (one) => one.callKey === sipHeader(customer, 'Call-ID') && one.state === 'offered',
        ),
    );
  });

  test('two offers that cross do not end the call, and the hold succeeds', async () => {
    await register();
    const { callId, dialog } = await converse();
    const held = phone.command({ kind: 'hold', callId });
    const first = await peer.untilReceived(/^INVITE /u);
    peer.send(requestTo(user, 'INVITE', { ...dialog, sequence: 2, body: audioOffer }));
    await peer.untilReceived(/^SIP\/2\.0 491 /u);
    peer.send(requestTo(user, 'ACK', { ...dialog, sequence: 2 }));
    peer.send(responseTo(first, '491 Request Pending'));
    const sequence = Number.parseInt(sipHeader(first, 'CSeq'), 10);
    const again = await peer.untilReceived(
      new RegExp(`^INVITE [\\s\\S]*CSeq: ${sequence + 1} `, 'u'),
    );
    expect(again).toContain('a=sendonly');
    const answer = audioOffer
      .replace('a=setup:actpass', 'a=setup:passive')
      .replace('a=sendrecv', 'a=recvonly');
    peer.send(
      `${responseTo(again, '200 OK', [
        'Contact: <sip:pbx@pbx.invalid;transport=ws>',
        'Content-Type: application/sdp',
      ])}${answer}`,
    );
    expect(await held).toMatchObject({ ok: true });
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected', hold: 'local' });
  });

  test('a refused hold leaves the conversation as it was', async () => {
    await register();
    const { callId } = await converse();
    const held = phone.command({ kind: 'hold', callId });
    const offer = await peer.untilReceived(/^INVITE /u);
    peer.send(responseTo(offer, '488 Not Acceptable Here'));
    expect(await held).toEqual({ ok: false, why: 'phone_failed' });
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected', hold: 'none' });
  });

  test('a hold by the far side is shown', async () => {
    await register();
    const { dialog } = await converse();
    const held = audioOffer.replace('a=sendrecv', 'a=sendonly');
    peer.send(requestTo(user, 'INVITE', { ...dialog, sequence: 2, body: held }));
    await peer.untilReceived(/^SIP\/2\.0 200 [\s\S]*CSeq: 2 INVITE/u);
    await until('held', () => {
      const call = phone.latest().calls.at(-1);
      return call?.state === 'connected' && call.hold === 'remote';
    });
  });

  test('a caller cancelled because another phone answered', async () => {
    await register();
    const request = invite();
    await phone.untilCall('offered');
    const cancel = request
      .replace(/^INVITE/u, 'CANCEL')
      .replace(
        'CSeq: 1 INVITE',
        'CSeq: 1 CANCEL\nReason: SIP;cause=200;text="Call completed elsewhere"',
      )
      .replace(/Content-Type[\s\S]*$/u, '\n');
    peer.send(cancel);
    expect((await phone.untilCall('ended')).end).toMatchObject({ outcome: 'answered_elsewhere' });
  });
});
