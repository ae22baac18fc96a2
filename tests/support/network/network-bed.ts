import { setTimeout as pause } from 'node:timers/promises';
import type { Relay } from '../../../src/shared/api/routes.ts';
import type { EnginePage } from '../engine-page/engine-page.ts';
import { agentToneHz, type FarEnd, toneDb, until } from '../engine-page/far-end.ts';
import { type PhoneBed, setupFor, startPhoneBed } from '../engine-page/phone-bed.ts';
import { backAfterMs, turnsOf, watchTone } from './agent-ear.ts';
import { type DeskNetwork, openDeskNetwork } from './desk-network.ts';

const customerToneHz = 1_000;
const audibleDb = -30;
/** Of what the customer heard: two frames. */
const windowMs = 40;
const lookEveryMs = 10;
/** A packet alone is no sound. */
const enoughMs = 120;
/** Frames come every 20 ms. */
const pauseMs = 100;

const nowMs = (): number => performance.timeOrigin + performance.now();

/** A phone in a network of its own, and the real PBX on this machine. */
export type NetworkBed = {
  readonly network: DeskNetwork;
  readonly bed: PhoneBed;
  readonly stop: () => Promise<void>;
};

export const startNetworkBed = async (): Promise<NetworkBed> => {
  const network = await openDeskNetwork();
  try {
    const bed = await startPhoneBed({ network });
    return {
      network,
      bed,
      stop: async () => {
        await bed.stop();
        await network.stop();
      },
    };
  } catch (error) {
    await network.stop();
    throw error;
  }
};

/** Both say a tone without a pause, and it is known of each when it was heard. */
export type Conversation = {
  readonly phone: EnginePage;
  readonly customer: FarEnd;
  readonly callId: string;
  readonly isUp: () => boolean;
  /**
   * How long after `since` (epoch ms) each heard the other again, and went on hearing for `lastsMs`, ms. null: not within
   * `giveUpMs`.
   */
  readonly heardAgain: (
    since: number,
    giveUpMs: number,
    lastsMs?: number,
  ) => Promise<{ readonly byCustomer: number | null; readonly byAgent: number | null }>;
};

export const converse = async (
  { bed }: Pick<NetworkBed, 'bed'>,
  phone: EnginePage,
): Promise<Conversation> => {
  const customer = bed.farEnds.expect();
  customer.say(customerToneHz);
  await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
  const { callId } = await phone.untilCall('offered', 20_000);
  await phone.command({ kind: 'answer', callId });
  await phone.untilCall('connected', 20_000);
  await until('the customer hears', () => customer.firstHeardAt() !== null, 20_000);
  const isUp = (): boolean =>
    phone.latest().calls.some((call) => call.callId === callId && call.state === 'connected');

  const untilCustomerHears = async (
    since: number,
    untilMs: number,
    lastsMs: number,
  ): Promise<number | null> => {
    let known = customer.heardMs();
    let knownAt = 0;
    let begun: number | null = null;
    while (nowMs() < untilMs + lastsMs) {
      // What was heard before the network was cut is still in the ear.
      if (customer.heardMs() > known) knownAt = nowMs();
      known = customer.heardMs();
      const isHeard =
        nowMs() - knownAt < pauseMs &&
        toneDb(customer.lastHeard(windowMs), agentToneHz) > audibleDb;
      begun = isHeard ? (begun ?? nowMs()) : null;
      if (begun !== null && nowMs() - begun >= lastsMs) return Math.max(0, begun - since);
      await pause(lookEveryMs);
    }
    return null;
  };
  const untilAgentHears = async (
    since: number,
    untilMs: number,
    lastsMs: number,
  ): Promise<number | null> => {
    for (;;) {
      const back = backAfterMs(await turnsOf(phone.page), since, lastsMs, nowMs());
      if (back !== null || nowMs() > untilMs + lastsMs) return back;
      await pause(100);
    }
  };
  return {
    phone,
    customer,
    callId,
    isUp,
    heardAgain: async (since, giveUpMs, lastsMs = enoughMs) => {
      const [byCustomer, byAgent] = await Promise.all([
        untilCustomerHears(since, since + giveUpMs, lastsMs),
        untilAgentHears(since, since + giveUpMs, lastsMs),
      ]);
      return { byCustomer, byAgent };
    },
  };
};

/** The phone of 1001, registered, with an ear for what its agent hears. */
export const openPhone = async (
  { bed }: Pick<NetworkBed, 'bed'>,
  relay?: Relay,
): Promise<EnginePage> => {
  const setup = setupFor(bed.pbx.sipUrl);
  const account = setup.account && relay ? { ...setup.account, relay } : setup.account;
  const phone = await bed.browser.open({ ...setup, account });
  await phone.untilRegistered();
  await watchTone(phone.page, customerToneHz);
  return phone;
};
