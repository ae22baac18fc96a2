import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { talking } from './calls.ts';
import { deskFixture, phoneFixture } from './desk-fixture.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** Microphones and speakers that come and go. */

const inCall = (now: number, part: Partial<PhoneSnapshot['devices']>): Scene => {
  const scene = talkingScene(now, { consent: { state: 'granted', at: now } }, talking(now));
  return {
    ...scene,
    phone: { ...scene.phone, devices: { ...phoneFixture(now).devices, ...part } },
  };
};

const headset = { id: 'microphone-1', label: 'Jabra Evolve2 65 (microphone)' };
const laptop = { id: 'microphone-2', label: 'Built-in microphone' };

export const deviceScenes = {
  'device-offered': (now) =>
    inCall(now, {
      inUse: {
        microphone: laptop,
        speaker: { id: 'speaker-2', label: 'Built-in speakers' },
        ringer: { id: 'speaker-2', label: 'Built-in speakers' },
      },
      offered: [{ role: 'microphone', device: headset }],
    }),
  'bluetooth-microphone': (now) => {
    const { devices } = phoneFixture(now);
    const airPods = { id: 'microphone-3', label: 'AirPods Pro (Bluetooth)' };
    return {
      phone: {
        ...phoneFixture(now),
        devices: { ...devices, microphones: [...devices.microphones, airPods] },
      },
    };
  },
  'hands-free': (now) => inCall(now, { handsFree: true }),
  'ring-unproven': (now) => ({
    desk: { settings: { ...deskFixture(now).settings, ringProof: null } },
  }),
} satisfies Record<string, (now: number) => Scene>;

/** What the phone would do: nothing is played in a gallery. */
export const deviceHandlersOf = (
  bridge: Pick<MemoryBridge, 'desk' | 'changeDesk'>,
  now: () => number,
) => {
  const done = { ok: true, value: null } as const;
  return {
    'devices.order': () => done,
    'devices.ringHeard': ({ heard }: { readonly heard: boolean }) => {
      const { settings } = bridge.desk();
      const ringProof = { at: now(), heard, ringer: 'Jabra Evolve2 65 (headset)' };
      bridge.changeDesk({ settings: { ...settings, ringProof } });
      return done;
    },
  };
};
