import type { HeadsetCollection, HeadsetEntry, HeadsetNews } from '../../../shared/ipc/headset.ts';
import type { createMemoryBridge } from './memory-bridge.ts';

type Item = HeadsetCollection['inputReports'][number]['items'][number];

const item = (isAbsolute: boolean, ...usages: readonly number[]): Item => ({
  usages: [...usages],
  usageMinimum: null,
  usageMaximum: null,
  reportSize: 1,
  reportCount: usages.length,
  logicalMinimum: 0,
  logicalMaximum: 1,
  isAbsolute,
  isArray: false,
  isConstant: false,
  isRange: false,
  hasNull: false,
  hasPreferredState: isAbsolute,
});

const jabra: HeadsetNews['headsets'][number] = {
  headset: 1,
  vendorId: 0x0b0e,
  productId: 0x0e41,
  productName: 'Jabra EVOLVE 20',
  present: true,
  collections: [
    {
      usagePage: 0x0b,
      usage: 0x05,
      type: 1,
      parent: null,
      inputReports: [
        {
          reportId: 2,
          items: [
            item(true, 0x0b_0020, 0x0b_0097),
            item(false, 0x0b_002f, 0x0b_0021, 0x0b_0024, 0x0b_0026),
          ],
        },
      ],
      outputReports: [
        {
          reportId: 2,
          items: [item(true, 0x08_0009, 0x08_0017, 0x08_0018, 0x08_0020, 0x08_0021, 0x08_002a)],
        },
      ],
      featureReports: [],
    },
  ],
};

const plantronics: HeadsetNews['headsets'][number] = {
  ...jabra,
  headset: 2,
  vendorId: 0x047f,
  productId: 0xc056,
  productName: 'Plantronics Blackwire 3220 Series',
  present: false,
};

type Told<Entry> = Entry extends unknown ? Omit<Entry, 'at' | 'headset'> : never;

const at = (seconds: number, entry: Told<HeadsetEntry>): HeadsetEntry => ({
  ...entry,
  at: seconds * 1_000,
  headset: 1,
});

const wish = (part: Partial<Record<'ringing' | 'offHook' | 'muted' | 'held', boolean>>) => ({
  ...{ kind: 'wish' as const, ringing: false, offHook: false, muted: false, held: false },
  ...part,
});

const heard = (bits: number) => ({ kind: 'in' as const, reportId: 2, bytes: [bits] });
const written = (bits: number) => ({
  ...{ kind: 'out' as const, reportId: 2, bytes: [bits] },
  taken: true,
});

const entries: readonly HeadsetEntry[] = [
  at(0.412, { kind: 'device', what: 'connected' }),
  at(0.431, { kind: 'device', what: 'opened' }),
  at(12.04, wish({ ringing: true })),
  at(12.041, written(0b100)),
  at(14.92, heard(0b1)),
  at(14.92, { kind: 'press', action: 'answer' }),
  at(14.953, wish({ offHook: true })),
  at(14.954, written(0b1_0010)),
  at(31.6, heard(0b101)),
  at(31.6, { kind: 'press', action: 'toggle_mute' }),
  at(31.604, wish({ offHook: true, muted: true })),
  at(31.605, written(0b11)),
  at(31.66, heard(0b1)),
];

const done = { ok: true, value: null } as const;

export const headsetHandlersOf = (
  bridge: Parameters<Parameters<typeof createMemoryBridge>[2]>[0],
) => ({
  'headsets.watch': () => {
    const known = (bridge.phone().headsets ?? []).length > 0;
    bridge.emit('headsets.news', {
      whole: true,
      headsets: known ? [jabra, plantronics] : [],
      entries: known ? [...entries] : [],
    });
    return done;
  },
  'headsets.unwatch': () => done,
  'headsets.export': () =>
    ({ ok: true, value: '/home/ana/ringside-headset-2026-11-22.json' }) as const,
});
