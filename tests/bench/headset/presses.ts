import { setTimeout as pause } from 'node:timers/promises';
import {
  type Figure,
  figureOf,
  type Measure,
  progress,
} from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import type { LivingHeadset } from '../../support/headset/firmware.ts';
import { startHeadsetPhone } from '../../support/headset/headset-phone.ts';
import { jabra, poly, yealink } from '../../support/headset/models.ts';
import { quantile } from '../support/statistics.ts';

const promisedMs = 100;
const heardDb = -20;
/** Presses come at any moment of a frame. */
const frameMs = 20;
/** Lights and reports of the last press are through. */
const betweenMs = 700;

const plans = { full: 45, quick: 3 } as const;

type Timed = { readonly answer: number[]; readonly light: number[]; readonly silence: number[] };

const untilRings = (phone: EnginePage) =>
  until('it rings', () => phone.latest().calls.at(-1)?.state === 'offered');

/** The 200 to the newest INVITE, as it leaves for the PBX. */
const answerSentAt = async (phone: EnginePage, since: number): Promise<number> => {
  const sent = (await phone.traffic()).find(
    ({ at, way, text }) =>
      way === 'out' &&
      at >= since &&
      text.startsWith('SIP/2.0 200') &&
      /^CSeq: \d+ INVITE/mu.test(text),
  );
  if (sent === undefined) throw new Error('the answer was not sent');
  return sent.at;
};

const measureCall = async (
  bed: PhoneBed,
  phone: EnginePage,
  one: LivingHeadset,
  timed: Timed,
): Promise<void> => {
  const customer = bed.farEnds.expect();
  await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
  await untilRings(phone);
  await one.lightsBecome({ ring: true });
  await pause(200 + Math.random() * frameMs);
  const answeredAt = await one.press('hook');
  const { callId } = await phone.untilCall('connected');
  timed.answer.push((await answerSentAt(phone, answeredAt - 1)) - answeredAt);
  await until('the customer hears', () => customer.heardDb(agentToneHz) > heardDb);
  await pause(betweenMs + Math.random() * frameMs);

  const mutedAt = await one.press('mute');
  const lit = one.lightsBecome({ mute: true });
  await until('silence', () => (customer.silentSince() ?? 0) > mutedAt);
  // It must last: a gap between two frames is no silence.
  await pause(300);
  timed.silence.push((customer.silentSince() ?? Number.NaN) - mutedAt);
  timed.light.push((await lit) - mutedAt);
  await phone.command({ kind: 'end', callId });
  await pause(betweenMs);
};

/**
 * A finger on a headset: until the answer leaves for the PBX, until the light says that it is muted, and until the customer
 * hears silence, which is measured at the customer's ear behind a real PBX.
 */
export const measurePresses: Measure = async ({ quick }): Promise<readonly Figure[]> => {
  await prepareTestNeeds();
  const models = [jabra, poly, yealink];
  const calls = quick ? plans.quick : plans.full;
  const bed = await startHeadsetPhone(...models);
  try {
    const phone = await bed.registered();
    const timed: Timed = { answer: [], light: [], silence: [] };
    progress(`${calls} calls at one headset after another`);
    for (const one of bed.headsets) {
      await one.plug();
      await until('it is known', () => phone.latest().headsets?.length === 1);
      for (let call = 0; call < Math.ceil(calls / models.length); call += 1) {
        await measureCall(bed, phone, one, timed);
      }
      await one.unplug();
      await until('it is gone', () => phone.latest().headsets?.length === 0);
    }
    const p95 = (name: string, values: readonly number[]): Figure =>
      figureOf(name, quantile(values, 0.95), 'ms', values.length, { atMost: promisedMs });
    return [
      p95('press to answer sent, p95', timed.answer),
      p95('mute press to light, p95', timed.light),
      p95('mute press to silence at the customer, p95', timed.silence),
    ];
  } finally {
    await bed.stop();
  }
};
