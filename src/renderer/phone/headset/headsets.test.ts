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

/** A phone with one headset on its desk. */
const phoneWith = async (model: HeadsetModel, headset: HeadsetSettings) => {
  const reports: { readonly name: string; readonly report: unknown }[] = [];
  const commands: PhoneCommand[] = [];
  let hear: (event: { reportId: number; data: DataView }) => void = quiet;
  const device = {
    ...{ vendorId: model.vendorId, productId: model.productId, productName: model.product },
    collections: collectionsOf(model.descriptor).filter(({ parent }) => parent === null),
    opened: false,
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    sendReport: () => Promise.resolve(),
    addEventListener: (_name: string, listener: typeof hear) => (hear = listener),
    removeEventListener: quiet,
  };
  const hid = { getDevices: () => Promise.resolve([device]), addEventListener: quiet };
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
    log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  });
  await turn();
  return {
    store,
    commands,
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
