import type { HidCollection, HidField, HidLayout } from './hid.ts';
import { layoutOf } from './hid.ts';
import type { HeadsetQuirks } from './quirks.ts';

/** What of a HID device makes it a headset, found by what it says and never by the number of a report. */

export const headsetButtons = ['hook', 'mute', 'drop', 'reject', 'flash', 'redial'] as const;
export type HeadsetButton = (typeof headsetButtons)[number];

/** In the order in which they are written. */
export const headsetLights = ['off_hook', 'ring', 'mute', 'hold', 'microphone'] as const;
export type HeadsetLight = (typeof headsetLights)[number];

/** USB HID usage tables: telephony page 0x0B, button page 0x09. */
const buttonOf: ReadonlyMap<number, HeadsetButton> = new Map([
  [0x0b_0020, 'hook'],
  [0x0b_002f, 'mute'],
  [0x0b_0026, 'drop'],
  [0x0b_0021, 'flash'],
  [0x0b_0023, 'flash'],
  [0x0b_0024, 'redial'],
  [0x09_0007, 'reject'],
]);

/** LED page 0x08. */
const lightOf: ReadonlyMap<number, HeadsetLight> = new Map([
  [0x08_0017, 'off_hook'],
  [0x08_0018, 'ring'],
  [0x08_0009, 'mute'],
  [0x08_0020, 'hold'],
  [0x08_0021, 'microphone'],
]);

export type ButtonField = HidField & { readonly button: HeadsetButton };

export type HeadsetMap = {
  readonly layout: HidLayout;
  readonly buttons: readonly ButtonField[];
  /** Reports that show a light, in the order in which they are written. */
  readonly lightReports: readonly number[];
  readonly lights: ReadonlySet<HeadsetLight>;
};

export const lightIn = (field: HidField): HeadsetLight | null => lightOf.get(field.usage) ?? null;

const vendorButtons = (
  buttons: readonly ButtonField[],
  { rejectBit }: HeadsetQuirks,
): readonly ButtonField[] => {
  const hook = buttons.find(({ button }) => button === 'hook');
  if (rejectBit === undefined || hook === undefined) return [];
  const isTaken = buttons.some(
    ({ reportId, offset }) => reportId === hook.reportId && offset === rejectBit,
  );
  if (isTaken) return [];
  const { reportId } = hook;
  const place = { reportId, offset: rejectBit, size: 1, isAbsolute: true, named: null };
  return [{ ...place, usage: 0, button: 'reject' }];
};

/** null: it is no headset, for nothing in it is a telephone's. */
export const headsetMapOf = (
  collections: readonly HidCollection[],
  quirks: HeadsetQuirks,
): HeadsetMap | null => {
  const layout = layoutOf(collections);
  const declared = layout.inputs.flatMap((field): ButtonField[] => {
    const button = buttonOf.get(field.usage);
    return button === undefined ? [] : [{ ...field, button }];
  });
  const isTelephone =
    declared.some(({ button }) => button !== 'reject') ||
    collections.some(({ usagePage }) => usagePage === 0x0b);
  if (!isTelephone) return null;
  const shown = layout.outputs.flatMap((field) => {
    const light = field.named === null ? lightIn(field) : null;
    return light === null ? [] : [{ light, reportId: field.reportId }];
  });
  const inOrder = headsetLights.flatMap((light) =>
    shown.filter((each) => each.light === light).map(({ reportId }) => reportId),
  );
  return {
    layout,
    buttons: [...declared, ...vendorButtons(declared, quirks)],
    lightReports: [...new Set(inOrder)],
    lights: new Set(shown.map(({ light }) => light)),
  };
};
