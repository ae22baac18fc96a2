import type { AudioDevice } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';

export type AudioDevices = {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
};

/** Chromium's names for "whatever the system uses", which the domain calls null. */
const aliases = new Set(['', 'default', 'communications']);

const listed = (devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind) =>
  devices
    .filter((device) => device.kind === kind && !aliases.has(device.deviceId))
    .map(({ deviceId, label }): AudioDevice => ({ id: deviceId, label }));

/** Tells the devices now and whenever one comes or goes. */
export const watchDevices = (
  onChange: (
    devices: AudioDevices & { readonly hasMicrophone: boolean; readonly hasSpeaker: boolean },
  ) => void,
  log: Logger,
): void => {
  const look = () => {
    navigator.mediaDevices.enumerateDevices().then(
      (devices) => {
        onChange({
          microphones: listed(devices, 'audioinput'),
          speakers: listed(devices, 'audiooutput'),
          hasMicrophone: devices.some((device) => device.kind === 'audioinput'),
          hasSpeaker: devices.some((device) => device.kind === 'audiooutput'),
        });
      },
      (error: unknown) => log.warn('devices unknown', { error: textOf(error) }),
    );
  };
  navigator.mediaDevices.addEventListener('devicechange', look);
  look();
};
