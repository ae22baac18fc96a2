import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo } from './pbx-story.ts';
import type { RtpMedia } from './rtp-media.ts';
import { openRtpMedia } from './rtp-media.ts';
import type { SipPhone } from './sip-phone.ts';
import { createSipPhone, openUdpWire } from './sip-phone.ts';
import { plainSdp } from './test-sdp.ts';
import { levelDb } from './tone.ts';

const toneHz = 440;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let alice: SipPhone;
let bruno: SipPhone;
let aliceMedia: RtpMedia;
let brunoMedia: RtpMedia;

const register = async (phone: SipPhone, extension: string): Promise<void> => {
  const { password } = known(await pbx.mintCredentials(extension, 60_000));
  expect(await phone.register(password)).toBe(200);
};

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest({
    'extensions_local.conf': 'AGENT_RING_SECONDS = 1\n',
    'voicemail.conf': '1091 => ,Alice\n1092 => ,Bruno\n',
  });
  pbx = asterisk.adapter();
  const story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
  alice = createSipPhone(await openUdpWire(asterisk.sipPort), '1091');
  bruno = createSipPhone(await openUdpWire(asterisk.sipPort), '1092');
  await register(alice, '1091');
  await register(bruno, '1092');
  aliceMedia = await openRtpMedia();
  brunoMedia = await openRtpMedia();
});

afterAll(async () => {
  await pbx.stop();
  for (const closed of [alice, bruno, aliceMedia, brunoMedia]) closed.close();
  await asterisk.stop();
});

const until = async (what: string, isSo: () => boolean, timeoutMs = 15_000): Promise<number> => {
  const from = performance.now();
  while (!isSo()) {
    if (performance.now() - from > timeoutMs) throw new Error(`never: ${what}`);
    await wait(20);
  }
  return performance.now() - from;
};

const waiting = (phone: SipPhone): string | undefined =>
  /^Voice-Message: (\d+\/\d+)/mu.exec(phone.toldOf('message-summary').at(-1) ?? '')?.[1];

const hears = (media: RtpMedia, frequencyHz: number) => () =>
  levelDb(media.heard(200), 8_000, frequencyHz) > -25;

describe('a colleague who does not answer', () => {
  test('gets a message, is told of it within 2 s, hears it without a password, and deletes it', async () => {
    await until('Alice knows that nothing waits', () => waiting(alice) === '0/0');
    const leaving = await bruno.dial('1091', [], plainSdp(brunoMedia.port, 'sendrecv', 1));
    expect(leaving.status).toBe(200);
    brunoMedia.talkTo(leaving.answer.body, null);
    await wait(500);
    // past the greeting
    brunoMedia.press('#');
    await until('the beep', hears(brunoMedia, 800));
    await wait(500);
    brunoMedia.setTone(toneHz);
    await wait(3_000);
    brunoMedia.setTone(null);
    await leaving.call.hangUp();
    const toldMs = await until('1 new', () => waiting(alice) === '1/0');
    console.log(`told after ${toldMs.toFixed(0)} ms`);
    expect(toldMs).toBeLessThan(2_000);
    // Only the owner of the folder gets at what is in it.
    expect((await stat(asterisk.mailboxes)).mode & 0o077).toBe(0);

    const listening = await alice.dial('*97', [], plainSdp(aliceMedia.port, 'sendrecv', 1));
    aliceMedia.talkTo(listening.answer.body, null);
    await until('the tone', hears(aliceMedia, toneHz));
    aliceMedia.press('7');
    await wait(1_500);
    await listening.call.hangUp();
    await until('0 new', () => waiting(alice) === '0/0');
  }, 60_000);
});

describe('a phone that watches a colleague', () => {
  const accept = 'application/dialog-info+xml';
  const states = () =>
    alice
      .toldOf('dialog')
      .map((body) => /<state>(\w+)<\/state>/u.exec(body)?.[1] ?? 'none')
      .filter((state, index, all) => state !== all[index - 1]);

  test('is told as the phone rings, is in use, and is not', async () => {
    expect(await alice.subscribe('1092', 'dialog', accept)).toBe(200);
    await until('idle', () => states().join(' ') === 'terminated');
    const calling = alice.dial('1092', [], plainSdp(aliceMedia.port, 'sendrecv', 1));
    const ringing = await bruno.nextCall();
    ringing.ring();
    await until('ringing', () => states().at(-1) === 'early');
    await ringing.answer(plainSdp(brunoMedia.port, 'sendrecv', 1));
    await until('in use', () => states().at(-1) === 'confirmed');
    await (await calling).call.hangUp();
    await until('idle again', () => states().at(-1) === 'terminated');
    expect(states()).toEqual(['terminated', 'early', 'confirmed', 'terminated']);
  });

  test("can watch nothing but colleagues' phones, nor read another's mailbox", async () => {
    expect(await alice.subscribe('queue-support', 'dialog', accept)).toBe(404);
    expect(await alice.subscribe('*97', 'dialog', accept)).toBe(404);
    const counts = 'application/simple-message-summary';
    expect(await alice.subscribe('1092', 'message-summary', counts)).toBe(404);
    expect(await alice.subscribe('1092', 'presence', 'application/pidf+xml')).toBeGreaterThan(399);
  });
});
