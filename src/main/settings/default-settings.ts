import { defaultGlobalKeys } from '../../shared/ipc/global-keys.ts';
import { defaultSound } from '../../shared/domain/sound/sound-settings.ts';
import type { Settings } from '../../shared/ipc/desk.ts';
import { noDeviceSettings } from '../../shared/ipc/devices.ts';
import { defaultHeadsetSettings } from '../../shared/ipc/headset-view.ts';

export const defaultSettings = (language: Settings['language']): Settings => ({
  theme: 'system',
  language,
  audioDevices: noDeviceSettings,
  ringProof: null,
  headset: defaultHeadsetSettings,
  ringVolume: 0.8,
  audioProcessing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  sound: defaultSound,
  globalKeys: defaultGlobalKeys,
  compact: false,
  incoming: { duringCall: 'ring', duringWrapUp: 'ring' },
  notifications: true,
  callerPage: 'never',
  shiftReminders: true,
  backendUrl: '',
});
