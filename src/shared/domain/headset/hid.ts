/**
 * A HID device's reports as a descriptor tells them (HID 1.11 §6.2.2): plain data, in the shape in which WebHID hands it
 * out and the log of a headset keeps it.
 */

export type HidItem = {
  /** Page and id in one (page << 16 | id); of a range the ends stand in its place. */
  readonly usages: readonly number[];
  readonly usageMinimum: number | null;
  readonly usageMaximum: number | null;
  readonly reportSize: number;
  readonly reportCount: number;
  readonly logicalMinimum: number;
  readonly isAbsolute: boolean;
  readonly isArray: boolean;
  readonly isRange: boolean;
};

export type HidReport = { readonly reportId: number; readonly items: readonly HidItem[] };

/** One of a list, depth first; a child's reports are in its parent's as well. */
export type HidCollection = {
  readonly parent: number | null;
  readonly usagePage: number;
  readonly usage: number;
  readonly inputReports: readonly HidReport[];
  readonly outputReports: readonly HidReport[];
};

/** A place in a report that says one usage. Bits count from the lowest of the first byte, without the report id. */
export type HidField = {
  readonly reportId: number;
  readonly offset: number;
  readonly size: number;
  readonly isAbsolute: boolean;
  readonly usage: number;
  /** Of an array (§6.2.2.5): the number by which this usage is named, in any of `count` places. null: a place of its own. */
  readonly named: { readonly number: number; readonly count: number } | null;
};

export type HidLayout = {
  readonly inputs: readonly HidField[];
  readonly outputs: readonly HidField[];
  /** In bytes, by report id. */
  readonly outputLengths: ReadonlyMap<number, number>;
};

/** No page of telephones or lights is longer. */
const longestRange = 0x400;

/** The usages of an item, in order; what repeats to fill the item is not written out. */
const usagesOf = (item: HidItem): readonly number[] => {
  const { usageMinimum, usageMaximum } = item;
  if (!item.isRange || usageMinimum === null || usageMaximum === null) return item.usages;
  const count = Math.min(
    usageMaximum - usageMinimum + 1,
    item.isArray ? longestRange : item.reportCount,
  );
  return Array.from({ length: Math.max(count, 0) }, (_each, at) => usageMinimum + at);
};

const fieldsOf = (item: HidItem, reportId: number, offset: number): readonly HidField[] => {
  const { reportSize: size, reportCount: count, isAbsolute } = item;
  if (size === 0) return [];
  // Items of nothing but padding have no usage; those that claim to be constant and have one are sent all the same.
  const usages = usagesOf(item);
  if (item.isArray) {
    return usages.map((usage, at) => ({
      ...{ reportId, offset, size, isAbsolute, usage },
      named: { number: item.logicalMinimum + at, count },
    }));
  }
  // Some list more usages than the item has places. Where they list fewer the last one stands for the rest (§6.2.2.8):
  // its first place is the one that counts.
  return usages.slice(0, count).map((usage, at) => ({
    ...{ reportId, offset: offset + at * size, size, isAbsolute, usage },
    named: null,
  }));
};

type Laid = { readonly fields: HidField[]; readonly bits: Map<number, number> };

const lay = (reports: readonly HidReport[]): Laid => {
  const bits = new Map<number, number>();
  const fields: HidField[] = [];
  for (const { reportId, items } of reports) {
    for (const item of items) {
      const offset = bits.get(reportId) ?? 0;
      fields.push(...fieldsOf(item, reportId, offset));
      bits.set(reportId, offset + item.reportSize * item.reportCount);
    }
  }
  return { fields, bits };
};

/** Where everything is. Collections at the top alone are read: they have what their children have. */
export const layoutOf = (collections: readonly HidCollection[]): HidLayout => {
  const top = collections.filter(({ parent }) => parent === null);
  const inputs = lay(top.flatMap(({ inputReports }) => inputReports));
  const outputs = lay(top.flatMap(({ outputReports }) => outputReports));
  return {
    inputs: inputs.fields,
    outputs: outputs.fields,
    outputLengths: new Map(
      [...outputs.bits].map(([reportId, bits]) => [reportId, Math.ceil(bits / 8)]),
    ),
  };
};

const bitsAt = (bytes: readonly number[], offset: number, size: number): number | null => {
  if (offset + size > bytes.length * 8) return null;
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) {
    const at = offset + bit;
    if ((((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1) value += 2 ** bit;
  }
  return value;
};

/** Whether the report says this usage; null: it is too short to say. */
export const isSaid = (field: HidField, bytes: readonly number[]): boolean | null => {
  const { offset, size, named } = field;
  if (named === null) {
    const value = bitsAt(bytes, offset, size);
    return value === null ? null : value !== 0;
  }
  const values = Array.from({ length: named.count }, (_each, at) =>
    bitsAt(bytes, offset + at * size, size),
  );
  return values.every((value) => value === null) ? null : values.includes(named.number);
};

/** The bytes of an output report that says these usages and no other. */
export const bytesSaying = (
  layout: HidLayout,
  reportId: number,
  said: (field: HidField) => boolean,
): readonly number[] => {
  const bytes = new Array<number>(layout.outputLengths.get(reportId) ?? 0).fill(0);
  for (const field of layout.outputs) {
    if (field.reportId !== reportId || field.named !== null || !said(field)) continue;
    const at = field.offset >> 3;
    bytes[at] = (bytes[at] ?? 0) | (1 << (field.offset & 7));
  }
  return bytes;
};
