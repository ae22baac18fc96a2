import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import type { PhoneSnapshot } from '../../../src/shared/ipc/phone.ts';
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

const contact = 'Contact: <sip:pbx@pbx.invalid;transport=ws>';

/** One call as the scripted PBX knows it. */
type Dialog = {
  readonly phoneCallId: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly to: string;
};

describe.skipIf(reasonToSkip(windowNeeds) !== null)('a transfer, message by message', () => {
  let browser: EngineBrowser;
  let phone: EnginePage;
  let peer: ScriptedPbx;
  let user = '';
  let sequence = 1;

  beforeAll(async () => {
    browser = await startEngineBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    peer = await startScriptedPbx();
    phone = await browser.open(setupFor(peer.url));
    await phone.untilRegistered();
    const request = peer.received.find((one) => one.startsWith('REGISTER')) ?? '';
    user = /<sip:([^@]+)@/u.exec(sipHeader(request, 'Contact'))?.[1] ?? '';
  });
  afterEach(async () => {
    peer.close();
    await closeWithoutErrors(phone);
  });

  const callOf = ({ phoneCallId }: Dialog): PhoneSnapshot['calls'][number] | undefined =>
    phone.latest().calls.find(({ callId }) => callId === phoneCallId);
  const transferOf = (dialog: Dialog) => {
    const call = callOf(dialog);
    return call?.state === 'connected' ? call.transfer : undefined;
  };
  const request = (dialog: Dialog, method: string, headers: readonly string[] = [], body = '') => {
    sequence += 1;
    peer.send(
      requestTo(user, method, { ...dialog, sequence, headers }).replace(/\n\n$/u, `\n\n${body}`),
    );
    return new RegExp(`CSeq: ${sequence} ${method}`, 'u');
  };
  const notify = (dialog: Dialog, status: string, state: string) =>
    request(
      dialog,
      'NOTIFY',
      ['Event: refer', `Subscription-State: ${state}`, 'Content-Type: message/sipfrag'],
      status === '' ? '' : `SIP/2.0 ${status}\n`,
    );
  const inDialog = (dialog: Dialog, method: string, what = '') =>
    new RegExp(`^${method} [\\s\\S]*Call-ID: ${dialog.callId}\r\n[\\s\\S]*${what}`, 'u');

  /** The next offer of this dialog is accepted, if it asks for this. */
  const acceptOffer = async (dialog: Dialog, direction: 'sendonly' | 'sendrecv') => {
    const offer = await peer.untilReceived(inDialog(dialog, 'INVITE', `a=${direction}`));
    const answer = audioOffer
      .replace('a=setup:actpass', 'a=setup:passive')
      .replace('a=sendrecv', direction === 'sendonly' ? 'a=recvonly' : 'a=sendrecv');
    peer.send(
      `${responseTo(offer, '200 OK', [contact, 'Content-Type: application/sdp'])}${answer}`,
    );
  };
  const converse = async (fromTag: string): Promise<Dialog> => {
    const callId = `call-${fromTag}`;
    peer.send(requestTo(user, 'INVITE', { callId, fromTag, body: audioOffer }));
    const { callId: phoneCallId } = await phone.untilCall('offered');
    const answered = phone.command({ kind: 'answer', callId: phoneCallId });
    const ok = await peer.untilReceived(
      new RegExp(`^SIP/2.0 200 [\\s\\S]*Call-ID: ${callId}\r\n[\\s\\S]*INVITE`, 'u'),
    );
    expect(await answered).toMatchObject({ ok: true });
    peer.send(requestTo(user, 'ACK', { callId, fromTag, to: sipHeader(ok, 'To') }));
    await phone.untilCall('connected');
    return { phoneCallId, callId, fromTag, to: sipHeader(ok, 'To') };
  };
  const twoCalls = async () => {
    const customer = await converse('customer');
    const [second] = await Promise.all([converse('colleague'), acceptOffer(customer, 'sendonly')]);
    return [customer, second] as const;
  };
  const complete = (customer: Dialog, second: Dialog) =>
    phone.command({
      kind: 'complete_transfer',
      callId: customer.phoneCallId,
      withCallId: second.phoneCallId,
    });
  const handOver = async (customer: Dialog) => {
    const asked = phone.command({
      kind: 'transfer',
      callId: customer.phoneCallId,
      to: { kind: 'number', number: '(202) 555-0188' },
    });
    await acceptOffer(customer, 'sendonly');
    return { asked, refer: await peer.untilReceived(inDialog(customer, 'REFER')) };
  };

  test('the customer’s call names the other dialog as the PBX knows it, and both end', async () => {
    const [customer, second] = await twoCalls();
    const asked = complete(customer, second);
    const refer = await peer.untilReceived(inDialog(customer, 'REFER'));
    const ourTag = /;tag=(.+)$/u.exec(second.to)?.[1] ?? '';
    expect(sipHeader(refer, 'Refer-To')).toContain(
      `?Replaces=${encodeURIComponent(`${second.callId};to-tag=${second.fromTag};from-tag=${ourTag}`)}>`,
    );
    peer.send(responseTo(refer, '202 Accepted'));
    notify(customer, '100 Trying', 'active;expires=60');
    const notified = notify(customer, '200 OK', 'terminated;reason=noresource');
    await peer.untilReceived(new RegExp(`^SIP/2.0 200 [\\s\\S]*${notified.source}`, 'u'));
    expect(await asked).toMatchObject({ ok: true });
    expect(callOf(customer)).toMatchObject({ end: { side: 'local', outcome: 'transferred' } });
    await peer.untilReceived(inDialog(customer, 'BYE'));
    await peer.untilReceived(inDialog(second, 'BYE'), 2_000);
    await until('both are over', () => callOf(second)?.state === 'ended');
    expect(callOf(second)).toMatchObject({ end: { side: 'local', outcome: 'completed' } });
  });

  test('parking is a transfer to the parking place, and whoever is parked is picked up in the own call', async () => {
    const customer = await converse('customer');
    const asked = phone.command({ kind: 'park', callId: customer.phoneCallId });
    await acceptOffer(customer, 'sendonly');
    const refer = await peer.untilReceived(inDialog(customer, 'REFER'));
    expect(sipHeader(refer, 'Refer-To')).toMatch(/^<sip:park@/u);
    peer.send(responseTo(refer, '202 Accepted'));
    expect(await asked).toMatchObject({ ok: true });
    notify(customer, '200 OK', 'terminated;reason=noresource');
    await until('parked', () => callOf(customer)?.state === 'ended');
    expect(callOf(customer)).toMatchObject({ end: { side: 'local', outcome: 'transferred' } });

    const parked = { slot: '701', callKey: 'the-customers-call', number: '+34600', name: 'Nora' };
    expect(await phone.command({ kind: 'pick_up', ...parked })).toMatchObject({ ok: true });
    const invite = await peer.untilReceived(/^INVITE sip:park-701@/u);
    expect(sipHeader(invite, 'X-Ringside-Call')).toBe('the-customers-call');
    const { callKey, remote } = await phone.untilCall('dialing');
    expect({ callKey, remote }).toEqual({
      callKey: 'the-customers-call',
      remote: { number: '+34600', name: 'Nora' },
    });
  });

  test.each([
    ['at once', '603 Decline', null],
    ['after it agreed to try', '202 Accepted', '503 Service Unavailable'],
  ])('a PBX that refuses %s leaves both calls as they were', async (_, answer, last) => {
    const [customer, second] = await twoCalls();
    const asked = complete(customer, second);
    peer.send(responseTo(await peer.untilReceived(inDialog(customer, 'REFER')), answer));
    if (last !== null) notify(customer, last, 'terminated;reason=noresource');
    expect(await asked).toEqual({ ok: false, why: 'transfer_refused' });
    expect(callOf(customer)).toMatchObject({ state: 'connected', hold: 'local' });
    expect(callOf(second)).toMatchObject({ state: 'connected', hold: 'none' });
    const again = complete(customer, second);
    await until(
      'asked again',
      () => peer.received.filter((one) => one.startsWith('REFER')).length === 2,
    );
    peer.send(responseTo(peer.received.findLast((one) => one.startsWith('REFER')) ?? '', answer));
    if (last !== null) notify(customer, last, 'terminated;reason=noresource');
    expect(await again).toMatchObject({ ok: false });
  });

  test('no answer within ten seconds is a refusal; a success told later still counts', async () => {
    const [customer, second] = await twoCalls();
    const askedAt = performance.now();
    const asked = complete(customer, second);
    await peer.untilReceived(inDialog(customer, 'REFER'));
    expect(await asked).toEqual({ ok: false, why: 'transfer_refused' });
    expect(performance.now() - askedAt).toBeLessThan(11_000);
    expect(callOf(customer)).toMatchObject({ state: 'connected', hold: 'local' });
    notify(customer, '200 OK', 'terminated;reason=noresource');
    await until('transferred', () => callOf(customer)?.state === 'ended');
    expect(callOf(customer)).toMatchObject({ end: { outcome: 'transferred' } });
  });

  test('a socket that breaks in the middle costs nothing', async () => {
    const [customer, second] = await twoCalls();
    const asked = complete(customer, second);
    await peer.untilReceived(inDialog(customer, 'REFER'));
    peer.forget();
    peer.breakSockets();
    await phone.wake('resume');
    const again = await peer.untilReceived(inDialog(customer, 'REFER'));
    peer.send(responseTo(again, '202 Accepted'));
    notify(customer, '200 OK', 'terminated;reason=noresource');
    expect(await asked).toMatchObject({ ok: true });
    expect(callOf(customer)).toMatchObject({ end: { outcome: 'transferred' } });
  });

  test('a number is asked for in E.164, and its ringing is shown', async () => {
    const customer = await converse('customer');
    const { asked, refer } = await handOver(customer);
    expect(sipHeader(refer, 'Refer-To')).toBe('<sip:+12025550188@ringside>');
    expect(transferOf(customer)).toEqual({ state: 'asked', to: '+12025550188' });
    peer.send(responseTo(refer, '202 Accepted'));
    expect(await asked).toMatchObject({ ok: true });
    notify(customer, '180 Ringing', 'active;expires=60');
    await until('ringing', () => transferOf(customer)?.state === 'ringing');
    // A PBX that has taken the customer over may let go of us without a last word.
    request(customer, 'BYE');
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'local',
      outcome: 'transferred',
    });
  });

  test.each([
    ['refused', '404 Not Found', null, 404],
    ['busy', '202 Accepted', '486 Busy Here', 486],
    ['forgotten', '202 Accepted', '100 Trying', null],
  ])('a target that is %s gives the customer back', async (_, answer, last, sipCode) => {
    const customer = await converse('customer');
    const { asked, refer } = await handOver(customer);
    peer.send(responseTo(refer, answer));
    if (last !== null) notify(customer, last, 'terminated;reason=noresource');
    await acceptOffer(customer, 'sendrecv');
    await asked;
    await until('resumed', () => {
      const call = callOf(customer);
      return call?.state === 'connected' && call.hold === 'none';
    });
    expect(transferOf(customer)).toEqual({ state: 'failed', to: '+12025550188', sipCode });
  });

  test('a PBX that fails and keeps the customer ends the call as transferred', async () => {
    const customer = await converse('customer');
    const { asked, refer } = await handOver(customer);
    peer.send(responseTo(refer, '202 Accepted'));
    notify(customer, '503 Service Unavailable', 'terminated;reason=noresource');
    request(customer, 'BYE');
    expect(await asked).toMatchObject({ ok: true });
    expect((await phone.untilCall('ended')).end).toMatchObject({ outcome: 'transferred' });
  });

  test('whom the PBX asserts in mid-call is shown from then on', async () => {
    const customer = await converse('customer');
    await peer.untilReceived(
      request(customer, 'UPDATE', ['P-Asserted-Identity: "Zoë\u202e" <sip:+34911234567@pbx>']),
    );
    await until('shown', () => callOf(customer)?.remote.name === 'Zoë');
    expect(callOf(customer)?.remote.number).toBe('+34911234567');
    request(customer, 'UPDATE', ['P-Asserted-Identity: "Nobody" <sip:anonymous@pbx>']);
    await peer.untilReceived(
      request(customer, 'INFO', ['P-Asserted-Identity: "Eve" <sip:1@pbx>', 'Content-Length: 0']),
    );
    expect(callOf(customer)?.remote.number).toBe('+34911234567');
  });

  test('what nobody asked for is refused', async () => {
    const customer = await converse('customer');
    const answerTo = async (cseq: RegExp) =>
      Number(/^SIP\/2\.0 (\d+)/u.exec(await peer.untilReceived(cseq))?.[1]);
    expect(await answerTo(notify(customer, '200 OK', 'terminated'))).toBe(481);
    expect(await answerTo(request(customer, 'NOTIFY', ['Event: presence']))).toBe(489);
    expect(await answerTo(request(customer, 'NOTIFY'))).toBe(489);
    expect(await answerTo(request(customer, 'REFER', ['Refer-To: <sip:1@evil>']))).toBe(403);
    expect(callOf(customer)).toMatchObject({ state: 'connected' });
  });
});
