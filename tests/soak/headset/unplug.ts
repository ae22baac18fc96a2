import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { agentToneHz, toneDb, until } from '../../support/engine-page/far-end.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import {
  answeredCustomer,
  customerToneHz,
  type DeviceBed,
  laptopToneHz,
  listenAt,
  offersSent,
  rankHeadsetFirst,
  startDeviceBed,
} from '../../support/headset/device-bed.ts';

const audibleDb = -25;
/** Of what the customer heard: two frames. */
const windowMs = 40;
const giveUpMs = 10_000;
const lookEveryMs = 4;
const patienceMs = 3_000;

const nowMs = (): number => performance.timeOrigin + performance.now();

/** When this was first heard, epoch ms; null: not in time. */
const firstTime = async (isHeard: () => boolean, untilMs: number): Promise<number | null> => {
  while (nowMs() < untilMs) {
    if (isHeard()) return nowMs();
    await pause(lookEveryMs);
  }
  return null;
};

type Round = { readonly byCustomer: number | null; readonly byAgent: number | null };

const runRounds = async ({ sound, bed, plug, say }: DeviceBed, rounds: number) => {
  const playing = [say('headset_mic', true), say('laptop_mic', true)];
  const phone = await bed.registered();
  await rankHeadsetFirst(phone);
  const { customer, callId } = await answeredCustomer(bed, phone);
  const ear = listenAt(sound, 'speakers');
  const customerHears = (hertz: number): boolean =>
    toneDb(customer.lastHeard(windowMs), hertz) > audibleDb;
  const isUp = (): boolean =>
    phone.latest().calls.some((call) => call.callId === callId && call.state === 'connected');
  try {
    const done: Round[] = [];
    let toldAgain = 0;
    await until('the headset is heard', () => customerHears(agentToneHz), giveUpMs);
    const offers = await offersSent(phone);
    while (done.length < rounds && isUp()) {
      const at = await plug.unplug();
      const [byCustomer, byAgent] = await Promise.all([
        firstTime(() => customerHears(laptopToneHz), at + giveUpMs),
        firstTime(() => ear.heardDb(customerToneHz) > audibleDb, at + giveUpMs),
      ]);
      done.push({
        byCustomer: byCustomer === null ? null : byCustomer - at,
        byAgent: byAgent === null ? null : byAgent - at,
      });
      await plug.plug();
      const isOffered = () => (phone.latest().devices.offered ?? []).length > 0;
      // Of some hundred such events one is lost between the bed and a browser that is short of time.
      if ((await firstTime(isOffered, nowMs() + patienceMs)) === null) {
        toldAgain += 1;
        await plug.tellAgain();
      }
      await until('offered', isOffered, giveUpMs);
      await phone.orderDevices({ kind: 'take', yes: true });
      // What was heard of the laptop before must not be taken for what is heard of it next.
      const isBack = () => customerHears(agentToneHz) && !customerHears(laptopToneHz);
      await until('the headset is back, and alone', isBack, giveUpMs);
      // The speakers fall silent before they are listened to again.
      await until('quiet', () => ear.heardDb(customerToneHz) < audibleDb, giveUpMs);
      if (done.length % 10 === 0) progress(`${String(done.length)} unplugs`);
    }
    return { done, toldAgain, lost: isUp() ? 0 : 1, offers: (await offersSent(phone)) - offers };
  } finally {
    ear.stop();
    for (const playback of playing) playback.stop();
    await phone.close();
  }
};

/** What was never heard counts as long as it was waited for. */
const waited = (times: readonly (number | null)[]): readonly number[] =>
  times.map((time) => Math.round(time ?? giveUpMs));

/**
 * A headset pulled out in a call: from the moment at which the sound server is told to take it away until the customer
 * hears the next microphone (codec, jitter buffer and PBX included) and the agent the customer at the next speaker.
 */
export const measureUnplugs: Measure = async ({ quick }) => {
  const rounds = quick ? 3 : 50;
  progress(`a call in which the headset is pulled out ${String(rounds)} times`);
  const bed = await startDeviceBed();
  try {
    const { done, toldAgain, lost, offers } = await runRounds(bed, rounds);
    const toCustomer = waited(done.map(({ byCustomer }) => byCustomer));
    const toAgent = waited(done.map(({ byAgent }) => byAgent));
    const inTime = done.filter(
      ({ byCustomer, byAgent }) =>
        (byCustomer ?? giveUpMs) <= 2_000 && (byAgent ?? giveUpMs) <= 2_000,
    ).length;
    const n = done.length;
    return [
      figureOf('unplugs in a call, heard both ways within 2 s', inTime, '', n, { atLeast: rounds }),
      figureOf(
        'unplug to the next microphone at the customer, median',
        median(toCustomer),
        'ms',
        n,
      ),
      figureOf('the longest of them', largest(toCustomer), 'ms', n, { atMost: 2_000 }),
      figureOf('unplug to the next speaker at the agent, median', median(toAgent), 'ms', n),
      figureOf('the longest of those', largest(toAgent), 'ms', n, { atMost: 2_000 }),
      figureOf('plugs that had to be told twice', toldAgain, '', n),
      figureOf('calls lost', lost, '', n, { exactly: 0 }),
      figureOf('session descriptions offered anew', offers, '', n, { exactly: 0 }),
    ];
  } finally {
    await bed.stop();
  }
};
