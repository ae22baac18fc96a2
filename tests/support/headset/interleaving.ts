import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneSnapshot } from '../../../src/shared/ipc/phone.ts';
import type { EnginePage } from '../engine-page/engine-page.ts';
import { agentToneHz, type FarEnd, until } from '../engine-page/far-end.ts';
import type { PhoneBed } from '../engine-page/phone-bed.ts';
import type { LivingHeadset } from './firmware.ts';
import { yealink } from './models.ts';

/** Deeds of the agent on the screen and of fingers on headsets, in any order and at any moment, and what is so at rest. */

export type Scene = {
  readonly bed: PhoneBed;
  readonly phone: EnginePage;
  readonly headsets: readonly LivingHeadset[];
  readonly random: () => number;
};

/** The music of who waits has some of every pitch; a voice is far above it. */
const heardDb = -25;
const silentDb = -40;
/** A headset and the screen may act at once: what holds is written again 300 ms later. */
const restMs = 350;
const agreeWithinMs = 3_000;
const agreeForMs = 60;
const mostGapMs = 120;
/** Longer than any answer of the PBX that is still waited for. */
const answeredWithinMs = 40_000;
/** The PBX asks a phone every ten seconds whether it is there. */
const recoveredWithinMs = 30_000;

type Deed = {
  readonly name: string;
  readonly mayEnd: boolean;
  readonly act: () => Promise<unknown>;
};

const liveCall = (phone: EnginePage): PhoneSnapshot['calls'][number] | undefined =>
  phone.latest().calls.findLast(({ state }) => state !== 'ended');

const oneOf = <Item>(items: readonly Item[], random: () => number): Item | undefined =>
  items[Math.floor(random() * items.length)];

const onScreen = ({ phone }: Scene, kind: 'mute' | 'unmute' | 'hold' | 'resume' | 'end'): Deed => ({
  name: kind,
  mayEnd: kind === 'end',
  act: async () => {
    const call = liveCall(phone);
    if (call !== undefined) await phone.command({ kind, callId: call.callId });
  },
});

const onHeadset = (one: LivingHeadset, button: 'mute' | 'flash' | 'hook'): Deed => ({
  name: `${button} of ${one.model.product}`,
  mayEnd: button === 'hook',
  act: async () => {
    if (one.isPlugged() && one.model.buttons[button] !== undefined) await one.press(button);
  },
});

const plugging = (one: LivingHeadset): Deed => ({
  name: `${one.isPlugged() ? 'unplug' : 'plug'} ${one.model.product}`,
  mayEnd: false,
  act: () => (one.isPlugged() ? one.unplug() : one.plug()),
});

const anyDeed = (scene: Scene): Deed => {
  const { random, headsets } = scene;
  const chance = random();
  if (chance < 0.4) {
    return onScreen(scene, oneOf(['mute', 'unmute', 'hold', 'resume'] as const, random) ?? 'mute');
  }
  if (chance < 0.43) return onScreen(scene, 'end');
  const one = oneOf(headsets, random);
  if (one === undefined) return onScreen(scene, 'mute');
  if (chance < 0.7) return onHeadset(one, 'mute');
  if (chance < 0.85) return onHeadset(one, 'flash');
  if (chance < 0.9) return onHeadset(one, 'hook');
  return plugging(one);
};

/** What the screen, the lights and the ear at the other end disagree about; null: nothing. */
const disagreement = ({ phone, headsets }: Scene, customer: FarEnd): string | null => {
  const call = liveCall(phone);
  const isOn = call?.state === 'connected';
  const muted = isOn && call.muted;
  const held = isOn && call.hold !== 'none';
  if (call !== undefined && !isOn) return `the call is ${call.state}`;
  for (const one of headsets) {
    if (!one.isPlugged()) continue;
    const shown = one.lights();
    const wanted = {
      offHook: isOn && !(held && one.model === yealink),
      ring: false,
      mute: muted,
      ...(one.model.lights.hold === undefined ? {} : { hold: held }),
    };
    for (const [light, on] of Object.entries(wanted)) {
      if ((shown[light as keyof typeof wanted] ?? false) === on) continue;
      return `${one.model.product}: its ${light} light is ${on ? 'off' : 'on'} (${isOn ? 'in a call' : 'no call'}, muted ${muted}, held ${held})`;
    }
  }
  const level = customer.heardDb(agentToneHz);
  if (isOn && !muted && !held && level < heardDb) {
    return `the customer hears ${level.toFixed(0)} dB of an agent who speaks`;
  }
  if ((muted || held) && level > silentDb) {
    return `the customer hears ${level.toFixed(0)} dB of an agent who ${muted ? 'is muted' : 'holds'}`;
  }
  return null;
};

/** Rings, and is answered: on the screen, or by a headset that is plugged in. */
export const beginCall = async (scene: Scene): Promise<FarEnd> => {
  const { bed, phone, headsets, random } = scene;
  const customer = bed.farEnds.expect();
  await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
  await until('it rings', () => liveCall(phone)?.state === 'offered');
  const one = random() < 0.5 ? headsets.find((each) => each.isPlugged()) : undefined;
  if (one === undefined) {
    await phone.command({ kind: 'answer', callId: liveCall(phone)?.callId ?? '' });
  } else {
    await one.lightsBecome({ ring: true });
    await one.press('hook');
  }
  await until('it is answered', () => liveCall(phone)?.state === 'connected');
  await until('the customer hears', () => customer.heardDb(agentToneHz) > heardDb);
  return customer;
};

export type Outcome = {
  readonly wrong: string | null;
  readonly deeds: readonly string[];
  /** One of the deeds ends a call; on a busy machine it is heard of when the next deeds are done. */
  readonly mayEnd: boolean;
};

/** Some deeds with small pauses, then rest. What is wrong then stays in the answer. */
export const interleave = async (
  scene: Scene,
  customer: FarEnd,
  before: Outcome | null,
): Promise<Outcome> => {
  const { phone, random } = scene;
  const count = 2 + Math.floor(random() * 5);
  const deeds: Deed[] = [];
  const under: Promise<unknown>[] = [];
  /** A plug is pulled by a hand, and put in by a hand: never both at once. */
  let plug: Promise<unknown> = Promise.resolve();
  for (let index = 0; index < count; index += 1) {
    const deed = anyDeed(scene);
    deeds.push(deed);
    if (deed.name.includes('plug ')) plug = plug.then(deed.act, deed.act);
    under.push(
      (deed.name.includes('plug ') ? plug : deed.act()).catch((error: unknown) => {
        // Somebody pulls the plug while a button is pressed.
        if (!String(error).includes('not plugged in')) throw error;
      }),
    );
    if (random() < 0.7) await pause(random() * mostGapMs);
  }
  const names = deeds.map(({ name }) => name);
  const tooLate = new AbortController();
  const done = await Promise.race([
    Promise.all(under),
    pause(answeredWithinMs, 'late' as const, { signal: tooLate.signal }),
  ]);
  tooLate.abort();
  const mayEnd = deeds.some((deed) => deed.mayEnd);
  if (done === 'late') return { wrong: 'a deed was never answered', deeds: names, mayEnd };
  await pause(restMs);
  if (liveCall(phone) === undefined && !mayEnd && before?.mayEnd !== true) {
    const end = phone.latest().calls.findLast(({ state }) => state === 'ended');
    return { wrong: `the call was lost: ${JSON.stringify(end ?? null)}`, deeds: names, mayEnd };
  }
  const giveUpAt = performance.now() + agreeWithinMs;
  let agreedSince: number | null = null;
  let wrong: string | null = null;
  while (performance.now() < giveUpAt) {
    wrong = disagreement(scene, customer);
    if (wrong !== null) agreedSince = null;
    else agreedSince ??= performance.now();
    if (agreedSince !== null && performance.now() - agreedSince > agreeForMs) break;
    await pause(15);
  }
  return { wrong, deeds: names, mayEnd };
};

const endCalls = async ({ phone }: Scene): Promise<void> => {
  const call = liveCall(phone);
  if (call === undefined) return;
  const kind = call.state === 'offered' ? 'reject' : 'end';
  await phone.command({ kind, callId: call.callId });
};

/** Nothing of what went wrong is left for the next: no call here, none that the PBX is still to bring, and a phone it finds. */
const beginAnew = async ({ bed, phone }: Scene): Promise<void> => {
  await bed.pbx.cli('channel request hangup all');
  await until('no call is left', () => liveCall(phone) === undefined, recoveredWithinMs);
  const isFound = async () => (await bed.pbx.cli('pjsip show contacts')).includes('Avail');
  await until('the PBX finds the phone', isFound, recoveredWithinMs);
};

/** So many, with a new call wherever one was ended. Tells what was wrong, with what led to it. */
export const interleaveMany = async (
  scene: Scene,
  count: number,
  onWrong: (outcome: Outcome) => void,
): Promise<number> => {
  let customer: FarEnd | null = null;
  let before: Outcome | null = null;
  let wrongs = 0;
  for (let index = 0; index < count; index += 1) {
    let outcome: Outcome;
    try {
      if (customer === null || liveCall(scene.phone) === undefined) {
        before = null;
        customer = await beginCall(scene);
      }
      outcome = await interleave(scene, customer, before);
    } catch (error) {
      outcome = { wrong: String(error), deeds: ['a call was to begin'], mayEnd: true };
      customer = null;
      await beginAnew(scene);
    }
    before = outcome;
    if (outcome.wrong === null) continue;
    wrongs += 1;
    onWrong(outcome);
  }
  await endCalls(scene);
  return wrongs;
};
