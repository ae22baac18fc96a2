import { describe, expect } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import { noDeviceSettings } from '../../../src/shared/ipc/devices.ts';
import type { EngineSetup } from '../../../src/shared/ipc/phone.ts';
import type { DeskNetwork } from '../network/desk-network.ts';
import type { EngineBrowser, EngineBrowserOptions, EnginePage } from './engine-page.ts';
import { startEngineBrowser } from './engine-page.ts';
import type { FarEnds } from './far-end.ts';
import { listenForFarEnds } from './far-end.ts';
import type { TestPbx } from './test-pbx.ts';
import { startTestPbx } from './test-pbx.ts';

/** Everything that a test of the phone needs: a PBX, its customers and a browser. */
export type PhoneBed = {
  readonly pbx: TestPbx;
  readonly farEnds: FarEnds;
  readonly browser: EngineBrowser;
  /** Opens the phone of this agent, and waits until it is registered. */
  readonly registered: (extension?: string) => Promise<EnginePage>;
  readonly stop: () => Promise<void>;
};

/** A suite that is skipped where there is no phone to test. */
export const describePhone = describe.skipIf(reasonToSkip([...windowNeeds, 'Asterisk']) !== null);

/** Ends a test of the phone, which must have logged no error. */
export const closeWithoutErrors = async (phone: EnginePage): Promise<void> => {
  const errors = phone.logs.filter(({ level }) => level === 'error');
  await phone.close();
  expect(errors).toEqual([]);
};

/** The best of the edges comes first. */
export const setupFor = (urls: string | readonly string[], extension = '1001'): EngineSetup => ({
  account: {
    uri: `sip:${extension}@ringside`,
    username: extension,
    password: `secret-${extension}`,
    edges: [urls].flat().map((url, priority) => ({ url, priority, weight: 1 })),
    country: 'US',
    voicemailNumber: '*97',
    expiresAt: Date.now() + 3_600_000,
  },
  devices: noDeviceSettings,
  ringVolume: 0.5,
  incoming: { autoAnswerQueues: [], directCalls: 'ring', duringCall: 'ring' },
  // Tones pass untouched.
  audioProcessing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  watch: [],
});

/** The PBX listens on loopback: a desk's network has a door to it. */
const seenFrom = async (network: DeskNetwork, pbx: TestPbx): Promise<TestPbx> => {
  const { port, pathname } = new URL(pbx.sipUrl);
  const door = await network.openDoor(() => Number(port));
  return { ...pbx, sipUrl: `ws://${network.machine}:${door.port}${pathname}` };
};

export const startPhoneBed = async (options: EngineBrowserOptions = {}): Promise<PhoneBed> => {
  const farEnds = await listenForFarEnds();
  const [local, browser] = await Promise.all([
    startTestPbx(farEnds.port, options.network?.machine),
    startEngineBrowser(options),
  ]);
  const pbx = options.network === undefined ? local : await seenFrom(options.network, local);
  for (const extension of ['1001', '1002']) await pbx.setPassword(extension, `secret-${extension}`);
  return {
    pbx,
    farEnds,
    browser,
    registered: async (extension) => {
      const phone = await browser.open(setupFor(pbx.sipUrl, extension));
      await phone.untilRegistered();
      return phone;
    },
    stop: async () => {
      await browser.close();
      await pbx.stop();
      farEnds.close();
    },
  };
};
