import { outputLengths } from './report-lengths.ts';

/** A bit of a report: which one, and which of its bits after the id. */
export type ReportBit = { readonly reportId: number; readonly bit: number };

export type Button =
  'hook' | 'mute' | 'flash' | 'redial' | 'drop' | 'reject' | 'volumeUp' | 'lineBusy';
export type Light = 'offHook' | 'ring' | 'mute' | 'hold' | 'microphone';

/** A headset as its maker describes it: what it is called, and what its reports hold. */
export type HeadsetModel = {
  readonly vendorId: number;
  readonly productId: number;
  readonly product: string;
  /** The report descriptor, in hexadecimal digits. */
  readonly descriptor: string;
  /** Bytes of each input report after the id. */
  readonly inputBytes: Readonly<Record<number, number>>;
  readonly numbersReports: boolean;
  readonly buttons: Readonly<Partial<Record<Button, ReportBit>>>;
  readonly lights: Readonly<Partial<Record<Light, ReportBit>>>;
};

/** An input report in which these buttons are on, as it goes over the wire. */
export const inputReport = (
  model: HeadsetModel,
  reportId: number,
  pressed: ReadonlySet<Button>,
): Uint8Array => {
  const bytes = new Uint8Array(model.inputBytes[reportId] ?? 0);
  for (const button of pressed) {
    const place = model.buttons[button];
    if (place?.reportId !== reportId) continue;
    const at = place.bit >> 3;
    bytes[at] = (bytes[at] ?? 0) | (1 << (place.bit & 7));
  }
  return model.numbersReports ? Uint8Array.of(reportId, ...bytes) : bytes;
};

/** The lights that this output report sets, as it came over the wire: Linux has an id before each. */
export const lightsIn = (model: HeadsetModel, report: Uint8Array): ReadonlyMap<Light, boolean> => {
  const found = new Map<Light, boolean>();
  const [reportId] = report;
  for (const [light, place] of Object.entries(model.lights) as [Light, ReportBit][]) {
    if (place.reportId !== reportId) continue;
    found.set(light, (((report[1 + (place.bit >> 3)] ?? 0) >> (place.bit & 7)) & 1) === 1);
  }
  return found;
};

const hex = (value: number, digits: number): string =>
  value.toString(16).toUpperCase().padStart(digits, '0');

/** What the headset is plugged into, and its sound card. Both stay: only the HID device comes and goes. */
export const describePort = (port: number): string => {
  const usb = `/devices/pci0000:00/0000:00:14.0/usb1/1-${port}`;
  return [
    `P: ${usb}`,
    `N: bus/usb/001/${String(port + 1).padStart(3, '0')}`,
    `E: DEVNAME=/dev/bus/usb/001/${String(port + 1).padStart(3, '0')}`,
    'E: DEVTYPE=usb_device',
    'E: SUBSYSTEM=usb',
    '',
    `P: ${usb}/1-${port}:1.3`,
    'E: DEVTYPE=usb_interface',
    'E: SUBSYSTEM=usb',
    '',
    `P: ${usb}/1-${port}:1.0/sound/card${port}`,
    'E: SUBSYSTEM=sound',
    'E: SOUND_INITIALIZED=1',
    '',
  ].join('\n');
};

export const soundCardOf = (port: number): string =>
  `/sys/devices/pci0000:00/0000:00:14.0/usb1/1-${port}/1-${port}:1.0/sound/card${port}`;

/** For the bed's `plug`. Linux numbers an HID device and its `hidraw` file with each plugging. */
export const describeHeadset = (model: HeadsetModel, port: number): string => {
  const vendor = hex(model.vendorId, 4);
  const product = hex(model.productId, 4);
  const hid = `/devices/pci0000:00/0000:00:14.0/usb1/1-${port}/1-${port}:1.3/0003:${vendor}:${product}.000@N@`;
  return [
    `P: ${hid}`,
    'E: SUBSYSTEM=hid',
    `E: HID_ID=0003:${hex(model.vendorId, 8)}:${hex(model.productId, 8)}`,
    `E: HID_NAME=${model.product}`,
    `E: HID_PHYS=usb-0000:00:14.0-${port}/input3`,
    `E: HID_UNIQ=00A0B0C0D${port}`,
    `H: report_descriptor=${model.descriptor.toUpperCase()}`,
    '',
    `P: ${hid}/hidraw/hidraw@N@`,
    'N: hidraw@N@',
    'E: DEVNAME=/dev/hidraw@N@',
    'E: MAJOR=245',
    'E: MINOR=@N@',
    'E: SUBSYSTEM=hidraw',
    'A: dev=245:@N@\\n',
    ...[...outputLengths(model.descriptor)].map(([id, length]) => `O: ${id} ${length}`),
    '',
  ].join('\n');
};
