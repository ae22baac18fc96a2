import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import { describe, expect, test } from 'vitest';
import { until } from '../../support/engine-page/far-end.ts';
import { contactUser } from '../../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { requestTo, sipHeader, startScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import {
  grant,
  notifyFor,
  subscribes,
  summary,
} from '../../support/engine-page/scripted-subscription.ts';
import { openSignallingPhone } from '../../support/signalling-phone.ts';

const tagged = /;tag=/u;
const callIdOf = (message: string) => sipHeader(message, 'Call-ID');

/** Tests run at once, so each cleans up for itself. */
const bedOf = async (
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  answer: (request: string) => readonly string[] = grant,
) => {
  const peer = await startScriptedPbx();
  peer.answerSubscribe(answer);
  onTestFinished(() => peer.close());
  const phone = openSignallingPhone([peer.url]);
  onTestFinished(() => phone.agent.stop());
  await phone.untilRegistration({ state: 'registered' });
  return { peer, phone };
};
const asked = async (peer: ScriptedPbx, count: number, timeoutMs = 10_000) => {
  await until(`${count} SUBSCRIBEs`, () => subscribes(peer).length >= count, timeoutMs);
  return subscribes(peer)[count - 1] ?? '';
};

describe.concurrent('the mailbox', () => {
  test('is asked for after the registration, and its state is told, each NOTIFY once', async (context) => {
    const { peer, phone } = await bedOf(context);
    const subscribe = await asked(peer, 1);
    expect(subscribe).toMatch(/^SUBSCRIBE sip:1001@ringside SIP/u);
    expect(Number(sipHeader(subscribe, 'Expires'))).toBeGreaterThanOrEqual(600);
    peer.send(notifyFor(subscribe, 1, summary(2, 8)));
    await peer.untilReceived(/^SIP\/2.0 200[\s\S]*CSeq: 1 NOTIFY/u);
    peer.send(notifyFor(subscribe, 2, summary(1, 9)));
    await until('both are told', () => phone.voicemail.length === 2);
    peer.send(notifyFor(subscribe, 2, summary(7, 7)));
    peer.send(notifyFor(subscribe, 1, summary(7, 7)));
    await peer.untilReceived(/^SIP\/2.0 500[\s\S]*CSeq: 1 NOTIFY/u);
    expect(phone.voicemail).toEqual([
      { newMessages: 2, oldMessages: 8 },
      { newMessages: 1, oldMessages: 9 },
    ]);
  });

  test('may be told before the answer to the request, which makes the dialog as well', async (context) => {
    const { peer, phone } = await bedOf(context, () => []);
    const subscribe = await asked(peer, 1);
    peer.send(notifyFor(subscribe, 1, summary(3, 0)));
    await until('it is told', () => phone.voicemail.at(-1)?.newMessages === 3);
  });

  test('may be told unasked, and anything else unasked is refused', async (context) => {
    const { peer, phone } = await bedOf(context, () => ['489 Bad Event']);
    await asked(peer, 1);
    const unasked = (event: string, body: string) =>
      peer.send(
        requestTo(contactUser(peer), 'NOTIFY', {
          callId: `unasked-${event}`,
          headers: [`Event: ${event}`, 'Subscription-State: terminated'],
        }).replace(/\n\n$/u, `\n\n${body}`),
      );
    unasked('message-summary', summary(4, 1));
    await until('it is told', () => phone.voicemail.at(-1)?.newMessages === 4);
    unasked('dialog', '<dialog-info/>');
    await peer.untilReceived(/^SIP\/2.0 481[\s\S]*Call-ID: unasked-dialog/u);
    unasked('reg', '');
    await peer.untilReceived(/^SIP\/2.0 489[\s\S]*Call-ID: unasked-reg/u);
  });

  test.each(['489 Bad Event', '481 No', '403 Forbidden', '404 Not Found', '501 No'])(
    'that the PBX does not offer (%s) is not asked for again until the next registration',
    async (status) => {
      const peer = await startScriptedPbx();
      peer.answerSubscribe(() => [status]);
      const phone = openSignallingPhone([peer.url]);
      await asked(peer, 1);
      await pause(1_500);
      expect(subscribes(peer)).toHaveLength(1);
      peer.breakSockets();
      await asked(peer, 2);
      phone.agent.stop();
      peer.close();
    },
  );

  test('is asked for again, later, where the PBX could not at that moment', async (context) => {
    const refusals = [['503 Service Unavailable', 'Retry-After: 1']];
    const { peer, phone } = await bedOf(context, (request) => refusals.shift() ?? grant(request));
    const refusedAt = performance.now();
    const second = await asked(peer, 2);
    expect(performance.now() - refusedAt).toBeGreaterThan(900);
    expect(new Set(subscribes(peer).map(callIdOf)).size).toBe(2);
    peer.send(notifyFor(second, 1, summary(1, 0)));
    await until('it is told', () => phone.voicemail.length === 1);
  });

  test('is asked for as long as the PBX wants at least (423), once a try', async (context) => {
    const { peer } = await bedOf(context, (request) =>
      Number(sipHeader(request, 'Expires')) < 7_200
        ? ['423 Interval Too Brief', 'Min-Expires: 7200']
        : grant(request),
    );
    const second = await asked(peer, 2);
    expect(sipHeader(second, 'Expires')).toBe('7200');
    expect(callIdOf(second)).toBe(callIdOf(subscribes(peer)[0] ?? ''));
  });

  test('is kept by requests inside the dialog, and begun anew when the PBX forgot it (481)', async (context) => {
    const { peer } = await bedOf(context, (request) =>
      sipHeader(request, 'To').includes(';tag=')
        ? ['481 Subscription Does Not Exist']
        : [
            '200 OK',
            'Contact: <sip:events@pbx.invalid;transport=ws>',
            'Record-Route: <sip:inner.invalid;lr>',
            'Record-Route: <sip:outer.invalid;lr>',
            'Expires: 6',
          ],
    );
    const refresh = await asked(peer, 2);
    expect(refresh).toMatch(/^SUBSCRIBE sip:events@pbx\.invalid;transport=ws SIP/u);
    expect(refresh.match(/^Route: .*$/gimu)?.map((line) => line.trim().toLowerCase())).toEqual([
      'route: <sip:outer.invalid;lr>',
      'route: <sip:inner.invalid;lr>',
    ]);
    expect(sipHeader(refresh, 'To')).toContain(';tag=far');
    const anew = await asked(peer, 3);
    expect(sipHeader(anew, 'To')).not.toMatch(tagged);
    expect(callIdOf(anew)).not.toBe(callIdOf(refresh));
  });

  test('is asked for at once after a reconnect; what belongs to the old one counts no longer', async (context) => {
    const { peer, phone } = await bedOf(context);
    const old = await asked(peer, 1);
    peer.breakSockets();
    const anew = await asked(peer, 2);
    expect(callIdOf(anew)).not.toBe(callIdOf(old));
    peer.send(notifyFor(old, 1, summary(9, 9)));
    await peer.untilReceived(new RegExp(`^SIP/2.0 481[\\s\\S]*Call-ID: ${callIdOf(old)}`, 'u'));
    peer.send(notifyFor(anew, 1, summary(1, 0)));
    await until('it is told', () => phone.voicemail.length === 1);
    expect(phone.voicemail).toEqual([{ newMessages: 1, oldMessages: 0 }]);
  });

  test('ended by the PBX is asked for again where that makes sense', async (context) => {
    const { peer } = await bedOf(context);
    peer.send(notifyFor(await asked(peer, 1), 1, '', 'terminated;reason=deactivated'));
    const second = await asked(peer, 2);
    peer.send(notifyFor(second, 1, '', 'terminated;reason=rejected'));
    await pause(1_500);
    expect(subscribes(peer)).toHaveLength(2);
  });

  test('is given back at the end of the session', async (context) => {
    const { peer, phone } = await bedOf(context);
    await asked(peer, 1);
    await pause(100);
    phone.agent.stop();
    const last = await asked(peer, 2);
    expect(sipHeader(last, 'Expires')).toBe('0');
    expect(sipHeader(last, 'To')).toMatch(tagged);
    await peer.untilReceived(/^REGISTER[\s\S]*Expires: 0/u);
  });
});
