import type { FoundDevice } from '../../../shared/domain/devices/device.ts';

export type DeviceLists = {
  readonly microphones: readonly FoundDevice[];
  readonly speakers: readonly FoundDevice[];
  /** Also where only an alias is listed. */
  readonly hasMicrophone: boolean;
  readonly hasSpeaker: boolean;
};

/** Chromium's names for "whatever the system uses"; behind each stands a device that is listed as well. */
const aliases = new Set(['', 'default', 'communications']);
const aliasPrefix = /^Default - /u;

const listed = (
  devices: readonly MediaDeviceInfo[],
  kind: MediaDeviceKind,
): readonly FoundDevice[] => {
  const ofKind = devices.filter((device) => device.kind === kind);
  const real = ofKind.filter(({ deviceId }) => !aliases.has(deviceId));
  const alias = ofKind.find(({ deviceId }) => deviceId === 'default');
  // The alias is in the group of the device that it stands for; some systems write that one's name behind it as well.
  const meant =
    real.find(({ label }) => label === alias?.label.replace(aliasPrefix, '')) ??
    real.find(({ groupId }) => groupId !== '' && groupId === alias?.groupId);
  return real.map((device) => ({
    id: device.deviceId,
    label: device.label,
    isDefault: device === meant,
  }));
};

/** What can be heard and spoken with now. */
export const listDevices = async (): Promise<DeviceLists> => {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return {
    microphones: listed(devices, 'audioinput'),
    speakers: listed(devices, 'audiooutput'),
    hasMicrophone: devices.some(({ kind }) => kind === 'audioinput'),
    hasSpeaker: devices.some(({ kind }) => kind === 'audiooutput'),
  };
};
