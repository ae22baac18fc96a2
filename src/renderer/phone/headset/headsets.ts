import {
  headsetButtons,
  headsetLights,
  headsetMapOf,
  type HeadsetMap,
} from '../../../shared/domain/headset/headset-map.ts';
import { quirksOf } from '../../../shared/domain/headset/quirks.ts';
import type { HeadsetAction, HeadsetWish } from '../../../shared/domain/headset/wish.ts';
import { commandOf, isOfJoin, noWish, wishOf } from '../../../shared/domain/headset/wish.ts';
import { meantCall } from '../../../shared/domain/call/meant-call.ts';
import type { PhoneBridge } from '../../../shared/ipc/bridge.ts';
import type { HeadsetView } from '../../../shared/ipc/headset-view.ts';
import { defaultHeadsetSettings, type HeadsetSettings } from '../../../shared/ipc/headset-view.ts';
import type { EngineSetup, PhoneAnswer, PhoneCommand } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { PhoneStore } from '../phone-state.ts';
import { describedHeadset } from './described.ts';
import { driveHeadset, type DrivenHeadset } from './driven-headset.ts';
import { createHeadsetLog } from './headset-log.ts';
import { litDebts, type LitMemory } from './lit-memory.ts';

const hex = (id: number): string => id.toString(16).padStart(4, '0');
const modelOf = (device: HIDDevice): string => `${hex(device.vendorId)}:${hex(device.productId)}`;

type Plugged = {
  readonly id: number;
  readonly model: string;
  readonly map: HeadsetMap;
  readonly driven: DrivenHeadset;
  isUsed: boolean;
};

const isSame = (one: HeadsetWish, other: HeadsetWish): boolean =>
  one.ringing === other.ringing &&
  one.offHook === other.offHook &&
  one.muted === other.muted &&
  one.held === other.held;

export type HeadsetPorts = {
  /** undefined: this platform has none. */
  readonly hid: HID | undefined;
  readonly bridge: PhoneBridge;
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
  readonly isQuiet: (callId: string) => boolean;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
  /** Of a line to an agent's call: at once, whatever main says later. */
  readonly closeJoinMicrophone: () => void;
  readonly litMemory: LitMemory;
  readonly log: Logger;
};

/**
 * The agent's headsets: all that are plugged in show the calls and may answer them, unless the agent leaves one alone. The
 * lights of whatever ran here before are put out first of all.
 */
export const followHeadsets = (ports: HeadsetPorts): void => {
  const { hid, bridge, store, log } = ports;
  if (hid === undefined) return;
  const book = createHeadsetLog((news) => bridge.report('engine.headsetNews', news));
  const plugged = new Map<HIDDevice, Plugged>();
  const debts = litDebts(ports.litMemory, () =>
    [...plugged.values()].filter(({ driven }) => driven.mayBeLit()).map(({ model }) => model),
  );
  let nextId = 1;
  let wish = noWish;
  let dialed: string | null = null;
  let settings: HeadsetSettings = defaultHeadsetSettings;

  const isUsed = (model: string): boolean => settings.use && !settings.unused.includes(model);

  const tell = (): void => {
    const views = [...plugged.values()].map(
      ({ id, model, map, driven, isUsed: used }): HeadsetView => ({
        id,
        model,
        name: driven.device.productName,
        buttons: headsetButtons.filter((each) => map.buttons.some(({ button }) => button === each)),
        lights: headsetLights.filter((each) => map.lights.has(each)),
        used,
        problem: driven.problem(),
      }),
    );
    if (JSON.stringify(views) !== JSON.stringify(store.get().headsets ?? [])) {
      store.update({ headsets: views });
    }
  };

  /** What calls have no use for; null: nothing is done. */
  const spare = (model: string): Promise<unknown> | null => {
    if (settings.spareButton === 'help') {
      const call = meantCall(store.get().calls.filter(({ state }) => state === 'connected'));
      if (call !== null) {
        bridge.report('engine.headsetAsked', { what: 'help', callKey: call.callKey });
      }
    }
    const { calls, join } = store.get();
    const isBusy = Boolean(join) || calls.some(({ state }) => state !== 'ended');
    if (settings.spareButton !== 'redial' || dialed === null || isBusy) return null;
    log.info('A headset redials', { model });
    return ports.command({ kind: 'dial', number: dialed });
  };

  const act = ({ model, map }: Pick<Plugged, 'model' | 'map'>, action: HeadsetAction) => {
    const hasRedial = map.buttons.some(({ button }) => button === 'redial');
    const { calls, join = null } = store.get();
    // Without a button of its own the flash stands in, where calls have no use for it.
    const isFlashSpare =
      !hasRedial &&
      (settings.spareButton === 'help' || calls.every(({ state }) => state === 'ended'));
    if (action === 'redial' || (action === 'flash' && isFlashSpare)) return spare(model);
    const command = commandOf(action, calls, join);
    if (command === null) return null;
    if (!isOfJoin(command)) return ports.command(command);
    // Whatever is asked for, and whenever main hears of it: nobody hears this supervisor from here on.
    ports.closeJoinMicrophone();
    bridge.report('engine.headsetAsked', { what: command.kind });
    return null;
  };

  const use = ({ model, driven }: Plugged, isLeftOver: boolean): void => {
    const isOwed = debts.take(model);
    driven.open(isLeftOver || isOwed);
    debts.keep();
  };

  const take = (device: HIDDevice, isLeftOver: boolean): void => {
    if (plugged.has(device)) return;
    const id = nextId;
    const description = describedHeadset(device, id);
    const quirks = quirksOf(device.vendorId);
    const map = headsetMapOf(description.collections, quirks);
    // Of a keyboard or a mouse nothing is read, and nothing is told.
    if (map === null) return;
    nextId += 1;
    const model = modelOf(device);
    book.describe({ ...description, present: true });
    book.note({ headset: id, kind: 'device', what: 'connected' });
    const driven = driveHeadset(
      device,
      id,
      { map, quirks },
      {
        ...{ wish: () => wish, act: (action) => act({ model, map }, action), book, log },
        ...{ onChange: tell, onLit: debts.keep },
      },
    );
    const one: Plugged = { id, model, map, driven, isUsed: isUsed(model) };
    plugged.set(device, one);
    if (one.isUsed) use(one, isLeftOver);
    tell();
  };

  const leave = (device: HIDDevice): void => {
    const one = plugged.get(device);
    if (one === undefined) return;
    plugged.delete(device);
    if (one.driven.mayBeLit()) debts.add(one.model);
    one.driven.lost();
    debts.keep();
    book.gone(one.id);
    book.note({ headset: one.id, kind: 'device', what: 'gone' });
    tell();
  };

  const look = (isLeftOver: boolean): void => {
    hid.getDevices().then(
      (devices) => {
        for (const device of [...plugged.keys()]) if (!devices.includes(device)) leave(device);
        for (const device of devices) take(device, isLeftOver);
      },
      (error: unknown) => log.warn('Headsets cannot be looked for', { error: textOf(error) }),
    );
  };

  const useSettings = (setup: EngineSetup): void => {
    settings = setup.headset ?? defaultHeadsetSettings;
    for (const one of plugged.values()) {
      const used = isUsed(one.model);
      if (used === one.isUsed) continue;
      one.isUsed = used;
      if (used) use(one, false);
      else one.driven.release();
    }
    tell();
  };

  store.subscribe((now, before) => {
    if (now.calls === before.calls && now.join === before.join) return;
    for (const call of now.calls) {
      if (call.state !== 'dialing' || call.consultFor !== null) continue;
      const [fact] = call.facts;
      if (fact?.kind === 'dialed' && fact.mailbox !== true) dialed = fact.remoteNumber;
    }
    const next = wishOf(now.calls, ports.isQuiet, now.join ?? null);
    if (isSame(next, wish)) return;
    wish = next;
    for (const { driven } of plugged.values()) driven.follow(wish);
  });

  hid.addEventListener('connect', ({ device }) => take(device, false));
  hid.addEventListener('disconnect', ({ device }) => leave(device));
  bridge.on('engine.setupChanged', useSettings);
  bridge.on('engine.watchHeadsets', ({ on }) => book.watch(on));
  bridge.on('engine.wake', () => {
    look(false);
    for (const { driven, isUsed: used } of plugged.values()) if (used) driven.refresh();
  });
  useSettings(ports.setup());
  look(true);
};
