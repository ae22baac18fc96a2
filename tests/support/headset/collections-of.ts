import type { HidCollection, HidItem, HidReport } from '../../../src/shared/domain/headset/hid.ts';

/** HID 1.11 §6.2.2: the tags of a report descriptor's items, without their size bits. */
const tags = {
  input: 0x80,
  output: 0x90,
  collection: 0xa0,
  endCollection: 0xc0,
  usagePage: 0x04,
  logicalMinimum: 0x14,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const;

type Growing = {
  readonly parent: number | null;
  readonly usagePage: number;
  readonly usage: number;
  readonly inputReports: Map<number, HidItem[]>;
  readonly outputReports: Map<number, HidItem[]>;
};

const reportsOf = (reports: ReadonlyMap<number, HidItem[]>): HidReport[] =>
  [...reports].map(([reportId, items]) => ({ reportId, items }));

/**
 * A report descriptor as Chromium tells it to a page: an item is in the collection that it stands in and in all around it.
 * Enough of the format for headsets; collections that Chromium keeps from pages are told as well.
 */
export const collectionsOf = (descriptor: string): readonly HidCollection[] => {
  const bytes = Buffer.from(descriptor, 'hex');
  const collections: Growing[] = [];
  const open: number[] = [];
  let page = 0;
  let logicalMinimum = 0;
  let reportSize = 0;
  let reportCount = 0;
  let reportId = 0;
  let usages: number[] = [];
  let range: { minimum: number | null; maximum: number | null } = { minimum: null, maximum: null };

  const whole = (value: number, length: number): number =>
    length === 4 ? value : page * 0x1_0000 + value;
  const forgetLocals = (): void => {
    usages = [];
    range = { minimum: null, maximum: null };
  };
  const addItem = (to: 'inputReports' | 'outputReports', flags: number): void => {
    const item: HidItem = {
      ...{ usages, reportSize, reportCount, logicalMinimum },
      usageMinimum: range.minimum,
      usageMaximum: range.maximum,
      isRange: range.minimum !== null,
      isArray: (flags & 2) === 0,
      isAbsolute: (flags & 4) === 0,
    };
    for (const at of open) {
      const reports = collections[at]?.[to];
      reports?.set(reportId, [...(reports.get(reportId) ?? []), item]);
    }
  };

  for (let at = 0; at < bytes.length;) {
    const head = bytes[at] ?? 0;
    const length = [0, 1, 2, 4][head & 3] ?? 0;
    const value = length === 0 ? 0 : bytes.readUIntLE(at + 1, length);
    at += 1 + length;
    switch (head & 0xfc) {
      case tags.usagePage:
        page = value;
        break;
      case tags.logicalMinimum:
        logicalMinimum = value;
        break;
      case tags.reportSize:
        reportSize = value;
        break;
      case tags.reportCount:
        reportCount = value;
        break;
      case tags.reportId:
        reportId = value;
        break;
      case tags.usage:
        usages.push(whole(value, length));
        break;
      case tags.usageMinimum:
        range.minimum = whole(value, length);
        break;
      case tags.usageMaximum:
        range.maximum = whole(value, length);
        break;
      case tags.collection: {
        const usage = usages.at(-1) ?? 0;
        const place = collections.length;
        collections.push({
          parent: open.at(-1) ?? null,
          usagePage: Math.floor(usage / 0x1_0000),
          usage: usage % 0x1_0000,
          inputReports: new Map(),
          outputReports: new Map(),
        });
        open.push(place);
        forgetLocals();
        break;
      }
      case tags.endCollection:
        open.pop();
        forgetLocals();
        break;
      case tags.input:
        addItem('inputReports', value);
        forgetLocals();
        break;
      case tags.output:
        addItem('outputReports', value);
        forgetLocals();
        break;
    }
  }
  return collections.map((collection) => ({
    ...collection,
    inputReports: reportsOf(collection.inputReports),
    outputReports: reportsOf(collection.outputReports),
  }));
};
