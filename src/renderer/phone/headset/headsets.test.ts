import { expect, test } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import type { HeadsetModel } from '../../../../tests/support/headset/headset-model.ts';
import { generic, jabra } from '../../../../tests/support/headset/models.ts';
import {
  callTransition,
  dialedCall,
  offeredCall,
  type Call,
} from '../../../shared/domain/call/call.ts';
import type { PhoneBridge } from '../../../shared/ipc/bridge.ts';
import type { HeadsetSettings } from '../../../shared/ipc/headset-view.ts';
import type { EngineSetup, PhoneCommand } from '../../../shared/ipc/phone.ts';
import { createPhoneStore } from '../phone-state.ts';
import { followHeadsets } from './headsets.ts';

const quiet = () => undefined;
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

const talking = (): Call => {
  const stamp = { id: 'fact', at: 0 };
  const remote = { number: '1', name: '' };
  const call = offeredCall({ callId: 'call', callKey: 'key', queue: null, remote, stamp });
  const answered = callTransition(call, { kind: 'answered', stamp });
  const confirmed = answered.ok ? callTransition(answered.value, { kind: 'confirmed' }) : answered;
  if (!confirmed.ok) throw new Error('not connected');
  return confirmed.value;
};

/** A phone with one headset on its desk. `owed`: models that another page before it left lit. */
const phoneWith = async (
  model: HeadsetModel,
  headset: HeadsetSettings,
  owed: readonly string[] = [],
) => {
  let kept = owed;
  let closed = 0;
  const reports: { readonly name: string; readonly report: unknown }[] = [];
  const commands: PhoneCommand[] = [];
  let hear: (event: { reportId: number; data: DataView }) => void = quiet;
  /** The first byte of each report that was sent to the device that is plugged in. */
  let sent: number[] = [];
  let takes = true;
  const plugs = new Map<string, (event: { device: unknown }) => void>();
  const newDevice = () => ({
    ...{ vendorId: model.vendorId, productId: model.productId, productName: model.product },
    collections: collectionsOf(model.descriptor).filter(({ parent }) => parent === null),
    opened: false,
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    sendReport: (_id: number, bytes: Uint8Array) => {
      sent.push(bytes[0] ?? -1);
      return takes ? Promise.resolve() : new Promise<void>(quiet);
    },
    addEventListener: (_name: string, listener: typeof hear) => (hear = listener),
    removeEventListener: quiet,
  });
  let device = newDevice();
  const hid = {
    getDevices: () => Promise.resolve([device]),
    addEventListener: (name: string, listener: (event: { device: unknown }) => void) =>
      plugs.set(name, listener),
  };
  const store = createPhoneStore(
    {
      registration: { state: 'unregistered' },
      ...{ calls: [], voicemail: null, presence: {} },
      devices: { microphones: [], speakers: [], problem: null },
    },
    quiet,
    quiet,
  );
  const bridge = {
    report: (name: string, report: unknown) => reports.push({ name, report }),
    on: () => quiet,
  };
  followHeadsets({
    // Parts of the real ones: what is used of them.
    hid: hid as unknown as HID,
    bridge: bridge as unknown as PhoneBridge,
    setup: () => ({ headset }) as unknown as EngineSetup,
    ...{ store, isQuiet: () => false },
    command: (command) => {
      commands.push(command);
      return Promise.resolve({ ok: true, value: { callId: null } });
    },
    closeJoinMicrophone: () => (closed += 1),
    litMemory: { read: () => owed, keep: (models) => (kept = models) },
    log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  });
  await turn();
  return {
    store,
    commands,
    sent: () => sent,
    kept: () => kept,
    closed: () => closed,
    stopTaking: () => (takes = false),
    unplug: () => plugs.get('disconnect')?.({ device }),
    plug: async () => {
      [sent, takes, device] = [[], true, newDevice()];
      plugs.get('connect')?.({ device });
      await turn();
    },
    asked: () => reports.filter(({ name }) => name === 'engine.headsetAsked'),
    say: (reportId: number, byte: number) =>
      hear({ reportId, data: new DataView(Uint8Array.of(byte).buffer) }),
  };
};

const spare = (spareButton: HeadsetSettings['spareButton']): HeadsetSettings => ({
  ...{ use: true, unused: [], spareButton },
});
const redial = 0b1_0000;

test('the desk is told of the headset and what it can do', async () => {
  const { store } = await phoneWith(generic, spare('nothing'));
  expect(store.get().headsets).toEqual([
    {
      ...{ id: 1, name: generic.product, model: '18d1:0001', used: true, problem: null },
      ...{ buttons: ['hook', 'mute'], lights: ['off_hook', 'ring', 'mute'] },
    },
  ]);
});

test('the spare button asks for help in the call that is talked, and for nothing without one', async () => {
  const phone = await phoneWith(jabra, spare('help'));
  phone.say(2, redial);
  expect(phone.asked()).toEqual([]);
  phone.store.update({ calls: [talking()] });
  phone.say(2, redial);
  expect(phone.asked()).toEqual([
    { name: 'engine.headsetAsked', report: { what: 'help', callKey: 'key' } },
  ]);
  expect(phone.commands).toEqual([]);
});

test('the spare button calls the number that was dialled last, and never during a call', async () => {
  const phone = await phoneWith(jabra, spare('redial'));
  phone.say(2, redial);
  const remote = { number: '+12025550123', name: '' };
  const call = dialedCall({ callId: 'out', callKey: 'out', remote, stamp: { id: 'f', at: 0 } });
  phone.store.update({ calls: [call] });
  phone.say(2, redial);
  expect(phone.commands).toEqual([]);
  phone.store.update({ calls: [] });
  phone.say(2, redial);
  expect(phone.commands).toEqual([{ kind: 'dial', number: '+12025550123' }]);
});

test('a spare button for nothing does nothing', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  phone.store.update({ calls: [talking()] });
  phone.say(2, redial);
  expect([...phone.commands, ...phone.asked()]).toEqual([]);
});

test('a headset whose buttons are not wanted is not opened', async () => {
  const phone = await phoneWith(jabra, { ...spare('help'), unused: ['0b0e:0e41'] });
  expect(phone.store.get().headsets).toMatchObject([{ used: false }]);
  phone.store.update({ calls: [talking()] });
  phone.say(2, redial);
  expect(phone.asked()).toEqual([]);
});

const jabraModel = '0b0e:0e41';
const lit = 0b1_0010;

test('one that went away in a call that is over when it comes back is put out', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  phone.store.update({ calls: [talking()] });
  await turn();
  expect(phone.sent()).toEqual([0, lit]);
  phone.unplug();
  phone.store.update({ calls: [] });
  await phone.plug();
  expect(phone.sent()).toEqual([0]);
  // Once is enough: from here on what it shows may be another program's.
  phone.unplug();
  await phone.plug();
  expect(phone.sent()).toEqual([]);
});

test('so is one that went away before it took that its lights are out', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  phone.store.update({ calls: [talking()] });
  await turn();
  phone.stopTaking();
  phone.store.update({ calls: [] });
  await turn();
  phone.unplug();
  await phone.plug();
  expect(phone.sent()).toEqual([0]);
});

test('one that comes back in the call shows it', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  phone.store.update({ calls: [talking()] });
  await turn();
  phone.unplug();
  await phone.plug();
  expect(phone.sent()).toEqual([lit]);
});

test('which ones are lit is kept for the page that comes after one that died, as long as they are', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  expect(phone.kept()).toEqual([]);
  phone.store.update({ calls: [talking()] });
  await turn();
  expect(phone.kept()).toEqual([jabraModel]);
  phone.unplug();
  expect(phone.kept()).toEqual([jabraModel]);
  await phone.plug();
  phone.store.update({ calls: [] });
  await turn();
  expect(phone.kept()).toEqual([]);
});

test('one that another page left lit, and that comes back to this one, is put out', async () => {
  const phone = await phoneWith(generic, spare('nothing'), [jabraModel, '18d1:0001']);
  expect(phone.sent()).toEqual([0]);
  expect(phone.kept()).toEqual([jabraModel]);
  phone.unplug();
  const other = await phoneWith(jabra, { ...spare('nothing'), unused: [jabraModel] }, [jabraModel]);
  expect(other.sent()).toEqual([]);
  expect(other.kept()).toEqual([jabraModel]);
});

const joined = (microphone: 'closed' | 'open') => ({
  join: { joinId: 'join', state: 'connected', microphone } as const,
});

test('a line to an agent’s call lights the headset, and its end button leaves it', async () => {
  const phone = await phoneWith(jabra, spare('redial'));
  phone.store.update(joined('open'));
  await turn();
  expect(phone.sent().at(-1)).toBe(lit);
  phone.say(2, redial);
  phone.say(2, 0b01);
  expect(phone.asked()).toEqual([]);
  phone.say(2, 0b00);
  expect(phone.asked()).toEqual([{ name: 'engine.headsetAsked', report: { what: 'leave_join' } }]);
  expect(phone.closed()).toBe(1);
  expect(phone.commands).toEqual([]);
  phone.store.update({ join: null });
  await turn();
  expect(phone.sent().at(-1)).toBe(0);
});

test('its mute button closes the microphone where it is open, and never opens it', async () => {
  const phone = await phoneWith(jabra, spare('nothing'));
  phone.store.update(joined('closed'));
  phone.say(2, 0b100);
  expect(phone.asked()).toEqual([]);
  phone.store.update(joined('open'));
  phone.say(2, 0b100);
  expect(phone.closed()).toBe(1);
  expect(phone.asked()).toEqual([{ name: 'engine.headsetAsked', report: { what: 'listen' } }]);
});
