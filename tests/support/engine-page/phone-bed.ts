import type { EngineSetup } from '../../../src/shared/ipc/phone.ts';
import type { EngineBrowser, EngineBrowserOptions } from './engine-page.ts';
import { hasEngineBrowser, startEngineBrowser } from './engine-page.ts';
import type { FarEnds } from './far-end.ts';
import { listenForFarEnds } from './far-end.ts';
import type { TestPbx } from './test-pbx.ts';
import { asteriskPrefix, startTestPbx } from './test-pbx.ts';

/** Everything that a test of the phone needs: a PBX, its customers and a browser. */
export type PhoneBed = {
  readonly pbx: TestPbx;
  readonly farEnds: FarEnds;
  readonly browser: EngineBrowser;
  readonly stop: () => Promise<void>;
};

/** Why the tests of this machine cannot run; null when they can. */
export const missingForPhone = (): string | null => {
  if (asteriskPrefix() === null) return 'Asterisk';
  return hasEngineBrowser() ? null : 'Electron';
};

export const setupFor = (url: string, extension = '1001'): EngineSetup => ({
  account: {
    uri: `sip:${extension}@ringside`,
    username: extension,
    password: `secret-${extension}`,
    url,
    country: 'US',
    expiresAt: Date.now() + 3_600_000,
  },
  devices: { microphone: null, speaker: null, ringer: null },
  ringVolume: 0.5,
  // Tones pass untouched.
  audioProcessing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
});

export const startPhoneBed = async (options: EngineBrowserOptions = {}): Promise<PhoneBed> => {
  const farEnds = await listenForFarEnds();
  const [pbx, browser] = await Promise.all([
    startTestPbx(farEnds.port),
    startEngineBrowser(options),
  ]);
  for (const extension of ['1001', '1002']) await pbx.setPassword(extension, `secret-${extension}`);
  return {
    pbx,
    farEnds,
    browser,
    stop: async () => {
      await browser.close();
      await pbx.stop();
      farEnds.close();
    },
  };
};
