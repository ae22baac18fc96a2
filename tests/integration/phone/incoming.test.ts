import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import { endGuardMs } from '../../../src/shared/domain/call/end-guard.ts';
import type { EngineSetup } from '../../../src/shared/ipc/phone.ts';
import type { EngineBrowser, EnginePage } from '../../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors, setupFor } from '../../support/engine-page/phone-bed.ts';
import { contactUser } from '../../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import {
  audioOffer,
  requestTo,
  responseTo,
  sipHeader,
  startScriptedPbx,
} from '../../support/engine-page/scripted-pbx.ts';

const open = { autoAnswerQueues: ['support'], directCalls: 'ring', duringCall: 'ring' } as const;
const fromSupport = 'X-Ringside-Queue: support';
const asksAdvice = 'X-Ringside-Consult: 1';

describe.skipIf(reasonToSkip(windowNeeds) !== null)('calls that come in, by policy', () => {
  let browser: EngineBrowser;
  let phone: EnginePage;
  let peer: ScriptedPbx;
  let count = 0;

  beforeAll(async () => {
    browser = await startEngineBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    peer = await startScriptedPbx();
    phone = await browser.open(setupFor(peer.url));
    await phone.untilRegistered();
  });
  afterEach(async () => {
    peer.close();
    await closeWithoutErrors(phone);
  });

  const policy = (incoming: Partial<EngineSetup['incoming']>) =>
    phone.changeSetup({ incoming: { ...open, ...incoming } });
  const invite = (...headers: readonly string[]): string => {
    count += 1;
    const callId = `call-${count}`;
    peer.send(requestTo(contactUser(peer), 'INVITE', { callId, headers, body: audioOffer }));
    return callId;
  };
  const answerTo = (callId: string, status: number) =>
    peer.untilReceived(new RegExp(`^SIP/2\\.0 ${status} [\\s\\S]*Call-ID: ${callId}\\r\\n`, 'u'));
  const acknowledge = (callId: string, response: string) =>
    peer.send(requestTo(contactUser(peer), 'ACK', { callId, to: sipHeader(response, 'To') }));
  const calls = () => phone.latest().calls;
  const live = () => calls().filter(({ state }) => state !== 'ended');

  /** The phone answers by itself, and the peer acknowledges. */
  const answeredByItself = async (...headers: readonly string[]) => {
    const sipCallId = invite(fromSupport, ...headers);
    const ok = await answerTo(sipCallId, 200);
    acknowledge(sipCallId, ok);
    return { sipCallId, ok, call: await phone.untilCall('connected') };
  };

  /** A call that rings is answered by a press. */
  const answeredByOneself = async () => {
    const sipCallId = invite('X-Ringside-Queue: sales');
    const { callId } = await phone.untilCall('offered');
    const answered = phone.command({ kind: 'answer', callId });
    acknowledge(sipCallId, await answerTo(sipCallId, 200));
    await answered;
  };

  test.each([
    ['a direct call', []],
    ['a colleague’s question', [fromSupport, asksAdvice]],
  ])('%s that is not wanted is busy before anybody is told of it', async (_what, headers) => {
    await policy({ directCalls: 'refuse' });
    const callId = invite(...headers);
    const refusal = await answerTo(callId, 486);
    expect(refusal).toContain('Reason: Q.850;cause=17;text="User busy"');
    acknowledge(callId, refusal);
    expect(peer.received.some((one) => one.startsWith('SIP/2.0 18'))).toBe(false);
    expect(phone.snapshots.every((snapshot) => snapshot.calls.length === 0)).toBe(true);
    invite('X-Ringside-Queue: sales');
    expect((await phone.untilCall('offered')).queue).toBe('sales');
  });

  test('a direct call during another is busy where the settings say so, and rings where they do not', async () => {
    await policy({ duringCall: 'refuse' });
    const { call } = await answeredByItself();
    await answerTo(invite(), 486);
    expect(live().map(({ callId }) => callId)).toEqual([call.callId]);
    await policy({});
    invite();
    await phone.untilCall('offered');
  });

  test.each([
    ['busy', 486, 17, 'User busy'],
    ['declined', 603, 21, 'Call rejected'],
    ['call_back', 480, 21, 'Will call back'],
  ] as const)('a direct call rejected as %s is told so', async (reason, status, cause, words) => {
    const callId = invite();
    const offered = await phone.untilCall('offered');
    await phone.command({ kind: 'reject', callId: offered.callId, reason });
    expect(await answerTo(callId, status)).toContain(
      `Reason: Q.850;cause=${cause};text="${words}"`,
    );
    const { end, facts } = await phone.untilCall('ended');
    expect(end).toMatchObject({ side: 'local', outcome: 'rejected', rejection: reason });
    expect(facts.at(-1)).toMatchObject({ kind: 'ended', rejection: reason });
  });

  test('a queue goes on to the next agent, whatever this one says', async () => {
    const callId = invite('X-Ringside-Queue: sales');
    const offered = await phone.untilCall('offered');
    await phone.command({ kind: 'reject', callId: offered.callId, reason: 'busy' });
    expect(await answerTo(callId, 480)).toContain('Reason: Q.850;cause=21');
    expect((await phone.untilCall('ended')).end).not.toHaveProperty('rejection');
  });

  test('a queue that answers by itself does so, and the reflex to hang up ends nothing', async () => {
    await policy({});
    const { call, sipCallId } = await answeredByItself();
    const answered = call.facts.find(({ kind }) => kind === 'answered');
    expect(answered).toMatchObject({ automatic: true });
    const end = () => phone.command({ kind: 'end', callId: call.callId });
    expect(await end()).toEqual({ ok: false, why: 'just_answered' });
    expect(live()).toHaveLength(1);
    await pause(call.answeredAt + endGuardMs - Date.now());
    expect(await end()).toMatchObject({ ok: true });
    await peer.untilReceived(new RegExp(`^BYE [\\s\\S]*Call-ID: ${sipCallId}\\r\\n`, 'u'));
    expect((await phone.untilCall('ended')).end).toMatchObject({ outcome: 'completed' });
  });

  test('a program that ends hangs up at once, whatever is guarded', async () => {
    await policy({});
    const { call } = await answeredByItself();
    const { callId } = call;
    expect(await phone.command({ kind: 'end', callId, leaving: true })).toMatchObject({ ok: true });
    await peer.untilReceived(/^BYE /u);
  });

  test('who presses before the phone does has answered, and may hang up at once', async () => {
    await policy({});
    const sipCallId = invite(fromSupport);
    const { callId } = await phone.untilCall('offered');
    const pressed = phone.command({ kind: 'answer', callId });
    acknowledge(sipCallId, await answerTo(sipCallId, 200));
    expect(await pressed).toMatchObject({ ok: true });
    const { facts } = await phone.untilCall('connected');
    expect(facts.at(-1)).not.toHaveProperty('automatic');
    expect(await phone.command({ kind: 'end', callId })).toMatchObject({ ok: true });
  });

  test('an answer goes out though what was gathered was told before anybody listened', async () => {
    await phone.page.evaluate(() => {
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          for (const kind of ['icecandidate', 'icegatheringstatechange']) {
            this.addEventListener(kind, (event) => {
              if (event.isTrusted) event.stopImmediatePropagation();
            });
          }
          Object.defineProperty(this, 'iceGatheringState', { value: 'gathering' });
        }
      };
    });
    await answeredByOneself();
    await phone.untilCall('connected');
  });

  test('beside another call, for a colleague’s question and without a microphone it rings', async () => {
    await policy({});
    const stays = async (...headers: readonly string[]) => {
      const callId = invite(fromSupport, ...headers);
      await phone.untilCall('offered');
      await pause(1_000);
      expect(peer.received.some((one) => /^SIP\/2\.0 200 [\s\S]*INVITE/u.test(one))).toBe(false);
      return callId;
    };
    await stays(asksAdvice);
    // Both ring now: the first is a call like any other.
    await stays();
    for (const { callId } of live()) await phone.command({ kind: 'reject', callId });
    await until('quiet', () => live().length === 0);
    await phone.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('gone', 'NotFoundError'));
    });
    // What was open for the calls before is closed by then.
    await pause(1_200);
    await stays();
    expect(phone.latest().devices.problem).toBe('no_microphone');
  });

  test('a customer who was handed over and comes back rings, however busy the agent is', async () => {
    await policy({});
    const key = 'X-Ringside-Call: customer-7';
    const { call, sipCallId, ok } = await answeredByItself(key);
    const { callId } = call;
    const handedOver = phone.command({
      ...{ kind: 'transfer', callId },
      to: { kind: 'agent', extension: '1002' },
    });
    const hold = await peer.untilReceived(/^INVITE [\s\S]*a=sendonly/u);
    const held = audioOffer
      .replace('a=setup:actpass', 'a=setup:passive')
      .replace('a=sendrecv', 'a=recvonly');
    const contact = 'Contact: <sip:pbx@pbx.invalid;transport=ws>';
    const sdp = 'Content-Type: application/sdp';
    peer.send(`${responseTo(hold, '200 OK', [contact, sdp])}${held}`);
    const refer = await peer.untilReceived(/^REFER /u);
    peer.send(responseTo(refer, '202 Accepted', [contact]));
    const to = sipHeader(ok, 'To');
    peer.send(requestTo(contactUser(peer), 'BYE', { callId: sipCallId, to, sequence: 2 }));
    expect((await phone.untilCall('ended')).end).toMatchObject({ outcome: 'transferred' });
    await handedOver;

    await policy({ directCalls: 'refuse' });
    invite(key);
    expect((await phone.untilCall('offered')).callKey).toBe('customer-7');
    const asked = invite(key, asksAdvice);
    await answerTo(asked, 486);
  });

  test('a join that nobody asked for is refused; one that main told of is answered with silence, and is no call', async () => {
    const joinId = '0197aa00-0000-4000-8000-000000000001';
    const header = `X-Ringside-Supervise: ${joinId}`;
    const idle = { joinId: null, microphoneOpen: false, takeOver: null };
    const stranger = invite(header);
    acknowledge(stranger, await answerTo(stranger, 403));
    const nonsense = invite('X-Ringside-Supervise: 1');
    acknowledge(nonsense, await answerTo(nonsense, 403));

    await phone.orderJoin({ ...idle, joinId });
    const sipCallId = invite(header);
    acknowledge(sipCallId, await answerTo(sipCallId, 200));
    const join = () => phone.latest().join ?? null;
    await until('the join stands', () => join()?.state === 'connected');
    expect(join()).toEqual({ joinId, state: 'connected', microphone: 'closed' });
    const second = invite(header);
    acknowledge(second, await answerTo(second, 403));
    await phone.orderJoin({ ...idle, joinId, microphoneOpen: true });
    await until('the microphone is open', () => join()?.microphone === 'open');
    await phone.orderJoin({ ...idle, joinId });
    await until('the microphone is closed', () => join()?.microphone === 'closed');
    expect(phone.snapshots.every(({ calls: shown }) => shown.length === 0)).toBe(true);

    // A call of one's own goes before: nobody speaks to two.
    await policy({});
    await answeredByOneself();
    await until('the join is over', () => join() === null);
  });
});
