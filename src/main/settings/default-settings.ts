import { defaultGlobalKeys } from '../../shared/ipc/global-keys.ts';
import type { Settings } from '../../shared/ipc/desk.ts';

export const defaultSettings = (language: Settings['language']): Settings => ({
  theme: 'system',
  language,
  devices: { microphone: null, speaker: null, ringer: null },
  ringVolume: 0.8,
  audioProcessing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  globalKeys: defaultGlobalKeys,
  compact: false,
  incoming: { duringCall: 'ring', duringWrapUp: 'ring' },
  notifications: true,
  shiftReminders: true,
  backendUrl: '',
});
