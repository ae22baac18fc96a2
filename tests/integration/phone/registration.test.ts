import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import { describe, expect, test } from 'vitest';
import { until } from '../../support/engine-page/far-end.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { sipHeader, startScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { openSignallingPhone } from '../../support/signalling-phone.ts';

const accept = (request: string) => ['200 OK', `Contact: ${sipHeader(request, 'Contact')}`];
const registers = (peer: ScriptedPbx) =>
  peer.received.filter((message) => message.startsWith('REGISTER'));
const sequenceOf = (request: string) => Number.parseInt(sipHeader(request, 'CSeq'), 10);
const userOf = (request: string) => /<sip:([^@]+)@/u.exec(sipHeader(request, 'Contact'))?.[1];

/** Tests run at once, so each cleans up for itself. */
const bedOf = ({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) => ({
  startPeer: async (answer: (request: string) => readonly string[] = accept) => {
    const peer = await startScriptedPbx();
    peer.answerRegister(answer);
    onTestFinished(() => peer.close());
    return peer;
  },
  openPhone: (peers: readonly ScriptedPbx[], random?: () => number) => {
    const phone = openSignallingPhone(
      peers.map(({ url }) => url),
      random === undefined ? {} : { random },
    );
    onTestFinished(() => phone.agent.stop());
    return phone;
  },
});

describe.concurrent('the registration', () => {
  test('what was refused is tried again by itself, at a growing distance', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer(() => ['403 Forbidden']);
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'failed', why: 'credentials_refused', sipCode: 403 });
    peer.answerRegister(accept);
    await phone.untilRegistration({ state: 'registered' });
    expect(phone.told.map(({ state }) => state)).toEqual([
      'registering',
      'failed',
      'registering',
      'registered',
    ]);
  });

  test('a 200 that lists another binding, or none, is no registration', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer(() => ['200 OK', 'Contact: <sip:other@x>;expires=60']);
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'failed', why: 'binding_missing' });
    peer.answerRegister(() => ['200 OK']);
    await pause(1_000);
    expect(phone.told.map(({ state }) => state)).not.toContain('registered');
    expect(registers(peer).length).toBeGreaterThan(1);
  });

  test('Retry-After is honoured', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer(() => ['503 Service Unavailable', 'Retry-After: 2 (busy)']);
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'failed', sipCode: 503 });
    const refusedAt = performance.now();
    peer.answerRegister(accept);
    await phone.untilRegistration({ state: 'registered' });
    expect(performance.now() - refusedAt).toBeGreaterThan(1_900);
  });

  test('a registrar that wants longer intervals gets them', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer((request) =>
      Number(sipHeader(request, 'Expires')) < 1_800
        ? ['423 Interval Too Brief', 'Min-Expires: 1800']
        : accept(request),
    );
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'registered' });
    expect(registers(peer).length).toBe(2);
  });

  test('a registrar that is never content is not asked without end', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    let minimum = 300;
    const peer = await startPeer(() => {
      minimum += 1;
      return ['423 Interval Too Brief', `Min-Expires: ${minimum}`];
    });
    const phone = openPhone([peer], () => 0.9);
    await phone.untilRegistration({ state: 'failed', sipCode: 423 });
    await pause(500);
    expect(registers(peer).length).toBe(2);
  });

  test('a nonce that is stale for ever is no endless loop', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    let nonce = 0;
    const peer = await startPeer(() => {
      nonce += 1;
      return [
        '401 Unauthorized',
        `WWW-Authenticate: Digest realm="x", nonce="${nonce}", algorithm=MD5, qop="auth", stale=true`,
      ];
    });
    const phone = openPhone([peer], () => 0.9);
    await phone.untilRegistration({ state: 'failed', why: 'credentials_refused', sipCode: 401 });
    await pause(500);
    const requests = registers(peer);
    expect(requests.length).toBeLessThanOrEqual(3);
    expect(requests.map(sequenceOf)).toEqual(requests.map((_, index) => index + 1));
  });

  test('a stale nonce is replaced at once', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    let count = 0;
    const challenge = (nonce: string, stale: boolean) => [
      '401 Unauthorized',
      `WWW-Authenticate: Digest realm="x", nonce="${nonce}", algorithm=MD5, stale=${stale}`,
    ];
    const peer = await startPeer((request) => {
      count += 1;
      if (count === 1) return challenge('one', false);
      return count === 2 ? challenge('two', true) : accept(request);
    });
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'registered' });
    expect(registers(peer).at(-1)).toContain('nonce="two"');
  });

  test('a binding that the PBX shortened is renewed in time, and not claimed beyond its end', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer((request) => {
      const contact = sipHeader(request, 'Contact').replace(/;expires=\d+/u, '');
      return ['200 OK', `Contact: ${contact};expires=3`];
    });
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'registered' });
    await until('renewed', () => registers(peer).length >= 2, 3_000);
    // From now on the PBX says nothing any more.
    peer.answerRegister(() => []);
    const silentAt = performance.now();
    await phone.untilRegistration({ state: 'failed' }, 5_000);
    expect(performance.now() - silentAt).toBeLessThan(3_500);
  });

  test('a registration that nobody answers has failed within 10 s', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer(() => []);
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'failed', why: 'pbx_unreachable' }, 10_000);
  });

  test('after sleep nothing is claimed until the PBX has answered anew', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer();
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'registered' });
    peer.answerRegister(() => []);
    phone.agent.wake('resume');
    expect(phone.latest().state).toBe('failed');
    await until('asked again', () => registers(peer).length === 2);
    expect(phone.latest().state).toBe('registering');
    const [first = '', second = ''] = registers(peer);
    // One binding: the same Call-ID and Contact, and a higher CSeq (RFC 3261 §10.2.4).
    expect(sipHeader(second, 'Call-ID')).toBe(sipHeader(first, 'Call-ID'));
    expect(userOf(second)).toBe(userOf(first));
    expect(sequenceOf(second)).toBeGreaterThan(sequenceOf(first));
  });

  test('leaving takes the binding away', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const peer = await startPeer();
    const phone = openPhone([peer]);
    await phone.untilRegistration({ state: 'registered' });
    phone.agent.stop();
    await peer.untilReceived(/^REGISTER[\s\S]*\r\nExpires: 0\r\n/u);
    expect(phone.latest()).toEqual({ state: 'unregistered' });
  });
});

describe.concurrent('several edges', () => {
  test('when the best is away the next is used, with the same binding', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const [best, second] = [await startPeer(), await startPeer()];
    const phone = openPhone([best, second]);
    await phone.untilRegistration({ state: 'registered' });
    expect([best.connections(), second.connections()]).toEqual([1, 0]);
    best.close();
    await phone.untilRegistration({ state: 'failed', why: 'pbx_unreachable' });
    await phone.untilRegistration({ state: 'registered' });
    expect(second.connections()).toBe(1);
    const [before = '', after = ''] = [...registers(best), ...registers(second)];
    expect(userOf(after)).toBe(userOf(before));
    expect(sipHeader(after, 'Call-ID')).toBe(sipHeader(before, 'Call-ID'));
    expect(sequenceOf(after)).toBeGreaterThan(sequenceOf(before));
    expect(sipHeader(after, 'Via')).toMatch(/^SIP\/2\.0\/WS /u);
  });

  test('an edge whose PBX is out of service is left for the next', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const [best, second] = [
      await startPeer(() => ['503 Service Unavailable', 'Retry-After: 600']),
      await startPeer(),
    ];
    const phone = openPhone([best, second]);
    await phone.untilRegistration({ state: 'registered' });
    await until('one edge at a time', () => best.connections() === 0);
    expect(second.connections()).toBe(1);
  });

  test('where all are out of service, the last one is asked again when it said so', async (context) => {
    const { startPeer, openPhone } = bedOf(context);
    const refuse = () => ['503 Service Unavailable', 'Retry-After: 1'];
    const peers = [await startPeer(refuse), await startPeer(refuse)];
    const phone = openPhone(peers);
    await phone.untilRegistration({ state: 'failed', sipCode: 503 });
    peers[1]?.answerRegister(accept);
    await phone.untilRegistration({ state: 'registered' });
  });
});
