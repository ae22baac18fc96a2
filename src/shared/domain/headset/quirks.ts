/**
 * What headsets of one maker do beyond what their descriptors say. Reported by others and not tried on the devices
 * themselves; a log of a real one that disagrees wins.
 */
export type HeadsetQuirks = {
  readonly vendorId: number;
  readonly maker: string;
  /** While a call is on hold its headset must not show that a call is going on, or it says that the agent hung up. */
  readonly holdClearsOffHook?: true;
  /** A button that rejects and has no usage: a bit of the report that has the hook switch, from the lowest. */
  readonly rejectBit?: number;
  /** So long after the agent hung up the headset says so again, which must not end the next call. */
  readonly lateHookMs?: number;
  /** One press of mute comes under several reports, so close together. */
  readonly muteTwinMs?: number;
  /** Where that is known from. */
  readonly source: string;
};

export const headsetQuirks: readonly HeadsetQuirks[] = [
  {
    vendorId: 0x0b0e,
    maker: 'Jabra',
    lateHookMs: 2_500,
    source:
      'github.com/tomek-o/tSIP issue 32: a press on an Evolve 65 is told of again about three seconds later; mute is reported off-hook only, and taken back where its light does not follow',
  },
  {
    vendorId: 0x047f,
    maker: 'Poly',
    muteTwinMs: 50,
    source:
      'Poly | HP WebHID sample 0.1 (in github.com/purecloudlabs/softphone-vendor-headsets, polyhp): mute and flash are one shot of 1 then 0; several reports carry mute',
  },
  {
    vendorId: 0x1395,
    maker: 'EPOS',
    source:
      'Other programs reach these by a service of the maker; nothing is known of their own reports',
  },
  {
    vendorId: 0x6993,
    maker: 'Yealink',
    holdClearsOffHook: true,
    rejectBit: 6,
    source:
      'github.com/purecloudlabs/softphone-vendor-headsets, yealink.ts: reject is 0x40 of the first byte; off-hook is cleared while a call is held',
  },
  {
    vendorId: 0x046d,
    maker: 'Logitech',
    source: 'The H390 and its like describe volume keys alone: no hook switch, no mute',
  },
];

/** How a device behaves that says nothing about its maker. */
export const noQuirks: HeadsetQuirks = {
  vendorId: 0,
  maker: '',
  source: 'USB HID usage tables 1.5, telephony and LED pages',
};

export const quirksOf = (vendorId: number): HeadsetQuirks =>
  headsetQuirks.find((quirks) => quirks.vendorId === vendorId) ?? noQuirks;
