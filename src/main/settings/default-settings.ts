import type { Settings } from '../../shared/ipc/desk.ts';

export const defaultSettings = (language: Settings['language']): Settings => ({
  theme: 'system',
  language,
  devices: { microphone: null, speaker: null, ringer: null },
  ringVolume: 0.8,
  audioProcessing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  globalKeys: {
    answer: 'CommandOrControl+Alt+A',
    end: 'CommandOrControl+Alt+H',
    mute: 'CommandOrControl+Alt+M',
  },
  notifications: true,
  backendUrl: '',
});
