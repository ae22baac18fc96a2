/** What people hear and speak with, as the system lists it and as it is remembered. Everything here is by kind: a list
 * of microphones, or one of speakers. */

/** What a device is used for. A ringer is a speaker that tells of calls. */
export const deviceRoles = ['microphone', 'speaker', 'ringer'] as const;
export type DeviceRole = (typeof deviceRoles)[number];

/** A device that is there. */
export type FoundDevice = {
  /** The browser's: stable for one port of one machine. */
  readonly id: string;
  readonly label: string;
  /** The system uses it where nobody chose. */
  readonly isDefault: boolean;
};

/** A device that was chosen once; it may be away, or back at another port under another id. */
export type KnownDevice = {
  readonly id: string;
  /** Empty: taken over from a version that kept no names. */
  readonly label: string;
};

const aliasPrefix = /^(?:default|communications) - /iu;
/** Chromium puts the USB ids of a device behind its name. */
const usbIds = /\s*\(([0-9a-f]{4}:[0-9a-f]{4})\)\s*$/iu;
/** Windows numbers a device that it meets at another port: `Headset (2- Jabra Evolve 20)`. */
const portNumber = /(^|\()\d{1,2}- ?/gu;

/** `0b0e:0305`; null: the name does not tell. */
export const usbIdsOf = (label: string): string | null =>
  usbIds.exec(label)?.[1]?.toLowerCase() ?? null;

/** What is the same of one device's name at every port; empty: it has none. */
export const plainName = (label: string): string =>
  label
    .replace(aliasPrefix, '')
    .replace(usbIds, '')
    .replace(portNumber, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

/** Which of these is the device that is remembered: by id, else by name, else by its USB ids if only one has them. */
const likest = (known: KnownDevice, found: readonly FoundDevice[]): FoundDevice | null => {
  const name = plainName(known.label);
  if (name === '') return null;
  const sameName = found.find((device) => plainName(device.label) === name);
  if (sameName !== undefined) return sameName;
  const ids = usbIdsOf(known.label);
  const sameIds = ids === null ? [] : found.filter(({ label }) => usbIdsOf(label) === ids);
  return sameIds.length === 1 ? (sameIds[0] ?? null) : null;
};

/** Each that is remembered with what it is now; null: it is away. No device stands for two. */
export const matched = (
  known: readonly KnownDevice[],
  found: readonly FoundDevice[],
): readonly (FoundDevice | null)[] => {
  const free = new Map(found.map((device) => [device.id, device]));
  const take = (device: FoundDevice | null | undefined): FoundDevice | null => {
    if (device === null || device === undefined) return null;
    free.delete(device.id);
    return device;
  };
  // An id is certain: nobody's likeness may take its device.
  const byId = known.map(({ id }) => take(free.get(id)));
  return byId.map((device, index) => {
    const one = known[index];
    return device ?? (one === undefined ? null : take(likest(one, [...free.values()])));
  });
};

/** Everything that is there, the best first: as ranked, then what the system would use, then as the system lists it. */
export const ranked = (
  preferences: readonly KnownDevice[],
  found: readonly FoundDevice[],
): readonly FoundDevice[] => {
  const preferred = matched(preferences, found).filter((device) => device !== null);
  const taken = new Set(preferred.map(({ id }) => id));
  const others = found.filter(({ id }) => !taken.has(id));
  return [
    ...preferred,
    ...others.filter(({ isDefault }) => isDefault),
    ...others.filter(({ isDefault }) => !isDefault),
  ];
};

/** Whether anybody chose it; else the system did. */
export const isPreferred = (
  preferences: readonly KnownDevice[],
  found: readonly FoundDevice[],
  device: FoundDevice,
): boolean => matched(preferences, found).some((one) => one?.id === device.id);
