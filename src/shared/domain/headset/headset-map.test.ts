import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import type { HeadsetModel } from '../../../../tests/support/headset/headset-model.ts';
import {
  epos,
  generic,
  jabraConstant,
  logitech,
  poly,
  telephonyModels,
  yealink,
} from '../../../../tests/support/headset/models.ts';
import { bytesSaying, isSaid, layoutOf, type HidCollection, type HidItem } from './hid.ts';
import { headsetMapOf, lightIn } from './headset-map.ts';
import { noQuirks, quirksOf } from './quirks.ts';

const mapOf = (model: HeadsetModel) => {
  const map = headsetMapOf(collectionsOf(model.descriptor), quirksOf(model.vendorId));
  if (map === null) throw new Error(`${model.product} is no headset`);
  return map;
};

test.each(Object.entries(telephonyModels))(
  'the buttons and lights of %s are found where its descriptor puts them',
  (_name, model) => {
    const map = mapOf(model);
    const places = (button: string) =>
      map.buttons
        .filter((field) => field.button === button)
        .map(({ reportId, offset }) => ({ reportId, bit: offset }));
    for (const button of ['hook', 'mute', 'flash', 'redial', 'drop'] as const) {
      expect([button, ...places(button)]).toEqual([button, model.buttons[button]].filter(Boolean));
    }
    const lights = map.layout.outputs.flatMap((field) => {
      const light = lightIn(field);
      return light === null ? [] : [[light, { reportId: field.reportId, bit: field.offset }]];
    });
    const { offHook, ...others } = model.lights;
    expect(Object.fromEntries(lights)).toEqual({ ...others, off_hook: offHook });
  },
);

test('a headset with an output report for each light is written in the order that devices expect', () => {
  expect(mapOf(poly).lightReports).toEqual([0x24, 0x21, 0x23, 0x25]);
});

test('a report without a number is number 0', () => {
  expect(mapOf(epos).lightReports).toEqual([0]);
});

test('what is called constant and has a usage is a button all the same', () => {
  expect(mapOf(jabraConstant).buttons.map(({ button }) => button)).toContain('hook');
});

test('button 7 rejects, and so does the bit of a maker that has none', () => {
  const rejects = (model: HeadsetModel) =>
    mapOf(model)
      .buttons.filter(({ button }) => button === 'reject')
      .map(({ offset }) => offset);
  expect(rejects(jabraConstant)).toEqual([12]);
  expect(rejects(yealink)).toEqual([6]);
  expect(rejects(generic)).toEqual([]);
});

test('volume keys alone make no headset', () => {
  expect(headsetMapOf(collectionsOf(logitech.descriptor), noQuirks)).toBeNull();
});

test('a mute of the whole system beside telephony changes nothing of the places', () => {
  const visible = collectionsOf(generic.descriptor).filter(({ usagePage }) => usagePage === 0x0b);
  expect(headsetMapOf(visible, noQuirks)?.buttons).toEqual(mapOf(generic).buttons);
});

const item = (part: Partial<HidItem>): HidItem => ({
  usages: [],
  usageMinimum: null,
  usageMaximum: null,
  reportSize: 1,
  reportCount: 1,
  logicalMinimum: 0,
  isAbsolute: true,
  isArray: false,
  isRange: false,
  ...part,
});
const telephone = (inputs: readonly HidItem[]): readonly HidCollection[] => [
  {
    parent: null,
    usagePage: 0x0b,
    usage: 5,
    inputReports: [{ reportId: 3, items: inputs }],
    outputReports: [],
  },
];

test('usages beyond the places of an item take no room', () => {
  const map = headsetMapOf(
    telephone([
      item({ usages: [0x0b_0020, 0x0b_002f, 0x0b_0026], reportCount: 1 }),
      item({ usages: [0x0b_0021] }),
    ]),
    noQuirks,
  );
  expect(map?.buttons.map(({ button, offset }) => [button, offset])).toEqual([
    ['hook', 0],
    ['flash', 1],
  ]);
});

test('a button in an array is named by its number', () => {
  const map = headsetMapOf(
    telephone([
      item({
        ...{ isArray: true, isRange: true, reportSize: 4, reportCount: 2, logicalMinimum: 1 },
        ...{ usageMinimum: 0x0b_0020, usageMaximum: 0x0b_0026 },
      }),
    ]),
    noQuirks,
  );
  const hook = map?.buttons.find(({ button }) => button === 'hook');
  const drop = map?.buttons.find(({ button }) => button === 'drop');
  if (hook === undefined || drop === undefined) throw new Error('not found');
  expect(isSaid(hook, [0x10])).toBe(true);
  expect(isSaid(drop, [0x10])).toBe(false);
  expect(isSaid(drop, [0x07])).toBe(true);
  expect(isSaid(drop, [])).toBeNull();
});

const anyItem: fc.Arbitrary<HidItem> = fc.record({
  usages: fc.array(fc.constantFrom(0x08_0017, 0x08_0018, 0x08_0009, 0x0b_0020, 0x0c_00e9, 0), {
    maxLength: 6,
  }),
  usageMinimum: fc.constantFrom(null, 0x08_0000, 0x0b_0000),
  usageMaximum: fc.constantFrom(null, 0x08_0030, 0x0a_0000, 0xffff_ffff),
  reportSize: fc.integer({ min: 0, max: 40 }),
  reportCount: fc.integer({ min: 0, max: 12 }),
  logicalMinimum: fc.integer({ min: -1, max: 1 }),
  isAbsolute: fc.boolean(),
  isArray: fc.boolean(),
  isRange: fc.boolean(),
});

test('whatever a descriptor says, lights are written where they are read and nowhere else', () => {
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 8 }), (items) => {
      const layout = layoutOf([
        {
          parent: null,
          usagePage: 0x0b,
          usage: 5,
          inputReports: [{ reportId: 1, items }],
          outputReports: [{ reportId: 1, items }],
        },
      ]);
      const places = layout.outputs.filter(({ named, size }) => named === null && size > 0);
      const bytes = bytesSaying(layout, 1, ({ offset }) => offset % 2 === 0);
      expect(bytes).toHaveLength(layout.outputLengths.get(1) ?? 0);
      for (const place of places) {
        expect(isSaid(place, bytes)).toBe(
          places.some(
            ({ offset }) =>
              offset % 2 === 0 && offset >= place.offset && offset < place.offset + place.size,
          ),
        );
      }
    }),
  );
});
