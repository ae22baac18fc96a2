import type { HeadsetModel } from './headset-model.ts';

/**
 * Headsets of each shape that is met, after what is public of them: vendor, name and how their descriptors are built. None
 * was read from a real device.
 */

const hexOf = (text: string): string => text.replaceAll(/\s+/gu, '');

/** One input and one output report with everything in it; hook absolute, mute a press (relative). */
export const jabra: HeadsetModel = {
  vendorId: 0x0b0e,
  productId: 0x0e41,
  product: 'Jabra EVOLVE 20',
  // Report 1: consumer control with volume. Report 2, in: hook and busy tone, then mute, flash, redial and drop; out: six lights.
  descriptor: hexOf(`
    050c 0901 a101 8501 1500 2501 09e9 09ea 7501 9502 8102 9506 8103 c0
    050b 0905 a101 8502 050b 1500 2501 0920 0997 7501 9502 8122
    092f 0921 0924 0926 9504 8106 9502 8103
    0508 0909 0917 0918 0920 0921 092a 9506 9122 9502 9103 c0`),
  numbersReports: true,
  inputBytes: { 1: 1, 2: 1 },
  buttons: {
    hook: { reportId: 2, bit: 0 },
    lineBusy: { reportId: 2, bit: 1 },
    mute: { reportId: 2, bit: 2 },
    flash: { reportId: 2, bit: 3 },
    redial: { reportId: 2, bit: 4 },
    drop: { reportId: 2, bit: 5 },
    volumeUp: { reportId: 1, bit: 0 },
  },
  lights: {
    mute: { reportId: 2, bit: 0 },
    offHook: { reportId: 2, bit: 1 },
    ring: { reportId: 2, bit: 2 },
    hold: { reportId: 2, bit: 3 },
    microphone: { reportId: 2, bit: 4 },
  },
};

/** Items that are called constant and carry usages all the same, a keypad within, and button 7 for rejecting. */
export const jabraConstant: HeadsetModel = {
  vendorId: 0x0b0e,
  productId: 0x0300,
  product: 'Jabra EVOLVE 20',
  descriptor: hexOf(`
    050b 0905 a101 8502 050b 1500 2501 0920 0997 092b 092a 7501 9504 8123
    092f 0921 0924 0926 7501 9504 8107
    0906 a102 19b0 29bb 1500 250c 7504 9501 8140 c0
    0509 0907 1500 2501 7501 9501 8102 7501 9503 8101
    0508 1500 2501 0917 0909 0918 0920 0921 092a 7501 9506 9122 7501 950a 9101 c0`),
  numbersReports: true,
  inputBytes: { 2: 2 },
  buttons: {
    hook: { reportId: 2, bit: 0 },
    lineBusy: { reportId: 2, bit: 1 },
    mute: { reportId: 2, bit: 4 },
    flash: { reportId: 2, bit: 5 },
    redial: { reportId: 2, bit: 6 },
    drop: { reportId: 2, bit: 7 },
    reject: { reportId: 2, bit: 12 },
  },
  lights: {
    offHook: { reportId: 2, bit: 0 },
    mute: { reportId: 2, bit: 1 },
    ring: { reportId: 2, bit: 2 },
    hold: { reportId: 2, bit: 3 },
    microphone: { reportId: 2, bit: 4 },
  },
};

/** An output report for each light, and an item with more usages than fields. */
export const poly: HeadsetModel = {
  vendorId: 0x047f,
  productId: 0xc056,
  product: 'Plantronics Blackwire 3220 Series',
  descriptor: hexOf(`
    050b 0905 a101 8520 1500 2501 7501 9501 0920 8122 092f 8106 0921 8102 0924 8106
    0907 0509 0901 8106 7503 8101
    8521 0508 0918 7501 9122 7507 9101 8522 091e 7501 9122 7507 9101
    8523 0909 7501 9122 7507 9101 8524 0917 7501 9122 7507 9101
    8525 0920 7501 9122 7507 9101 c0`),
  numbersReports: true,
  inputBytes: { 0x20: 1 },
  buttons: {
    hook: { reportId: 0x20, bit: 0 },
    mute: { reportId: 0x20, bit: 1 },
    flash: { reportId: 0x20, bit: 2 },
    redial: { reportId: 0x20, bit: 3 },
  },
  lights: {
    ring: { reportId: 0x21, bit: 0 },
    mute: { reportId: 0x23, bit: 0 },
    offHook: { reportId: 0x24, bit: 0 },
    hold: { reportId: 0x25, bit: 0 },
  },
};

/** Reports without numbers; mute absolute. */
export const epos: HeadsetModel = {
  vendorId: 0x1395,
  productId: 0x0026,
  product: 'Sennheiser SC 660 USB',
  descriptor: hexOf(`
    050b 0905 a101 1500 2501 0920 092f 7501 9502 8102 9506 8103
    0508 0917 0909 0918 9503 9102 9505 9103 c0`),
  numbersReports: false,
  inputBytes: { 0: 1 },
  buttons: { hook: { reportId: 0, bit: 0 }, mute: { reportId: 0, bit: 1 } },
  lights: {
    offHook: { reportId: 0, bit: 0 },
    mute: { reportId: 0, bit: 1 },
    ring: { reportId: 0, bit: 2 },
  },
};

/** Telephony within consumer control. */
export const yealink: HeadsetModel = {
  vendorId: 0x6993,
  productId: 0xb017,
  product: 'Yealink UH38',
  descriptor: hexOf(`
    050c 0901 a101 8501 1500 2501 09e9 09ea 7501 9502 8102 9506 8103
    050b 0905 a102 8502 0920 092f 7501 9502 8102 9506 8103
    0508 0917 0909 0918 0920 9504 9102 9504 9103 c0 c0`),
  numbersReports: true,
  inputBytes: { 1: 1, 2: 1 },
  buttons: {
    hook: { reportId: 2, bit: 0 },
    mute: { reportId: 2, bit: 1 },
    // In what the descriptor calls padding.
    reject: { reportId: 2, bit: 6 },
    volumeUp: { reportId: 1, bit: 0 },
  },
  lights: {
    offHook: { reportId: 2, bit: 0 },
    mute: { reportId: 2, bit: 1 },
    ring: { reportId: 2, bit: 2 },
    hold: { reportId: 2, bit: 3 },
  },
};

/** Mute flagged absolute, and beside telephony a mute of the whole system; lights in a report of their own. */
export const generic: HeadsetModel = {
  vendorId: 0x18d1,
  productId: 0x0001,
  product: 'Meeting headset',
  descriptor: hexOf(`
    050b 0905 a101 8501 1500 2501 0920 7501 9501 8102 092f 7501 9501 8102 7506 9501 8103
    8502 0508 0909 7501 9501 9102 0917 9102 0918 9102 7505 9103 c0
    0501 0980 a101 8503 09a9 1500 2501 9501 7501 8106 7507 8103 0508 0957 7501 9106 7507 9103 c0`),
  numbersReports: true,
  inputBytes: { 1: 1 },
  buttons: { hook: { reportId: 1, bit: 0 }, mute: { reportId: 1, bit: 1 } },
  lights: {
    mute: { reportId: 2, bit: 0 },
    offHook: { reportId: 2, bit: 1 },
    ring: { reportId: 2, bit: 2 },
  },
};

/** Volume keys alone: nothing of a telephone. */
export const logitech: HeadsetModel = {
  vendorId: 0x046d,
  productId: 0x0a8f,
  product: 'Logitech USB Headset',
  descriptor: hexOf('050c 0901 a101 8501 1500 2501 09e9 09ea 09e2 7501 9503 8102 9505 8103 c0'),
  numbersReports: true,
  inputBytes: { 1: 1 },
  buttons: { volumeUp: { reportId: 1, bit: 0 } },
  lights: {},
};

export const telephonyModels = { jabra, jabraConstant, poly, epos, yealink, generic } as const;
