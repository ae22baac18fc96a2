import type { HeadsetCollection, HeadsetDescription } from '../../../shared/ipc/headset.ts';

type Report = HeadsetCollection['inputReports'][number];

const reportsOf = (reports: readonly HIDReportInfo[] = []): readonly Report[] =>
  reports.map(({ reportId = 0, items = [] }) => ({
    reportId,
    items: items.map((item) => ({
      usages: [...(item.usages ?? [])],
      usageMinimum: item.usageMinimum ?? null,
      usageMaximum: item.usageMaximum ?? null,
      reportSize: item.reportSize ?? 0,
      reportCount: item.reportCount ?? 0,
      logicalMinimum: item.logicalMinimum ?? 0,
      logicalMaximum: item.logicalMaximum ?? 0,
      isAbsolute: item.isAbsolute ?? false,
      isArray: item.isArray ?? false,
      isConstant: item.isConstant ?? false,
      isRange: item.isRange ?? false,
      hasNull: item.hasNull ?? false,
      hasPreferredState: item.hasPreferredState ?? false,
    })),
  }));

/** Depth first, each with the place of its parent. */
const flat = (
  collections: readonly HIDCollectionInfo[],
  parent: number | null,
  into: HeadsetCollection[],
): readonly HeadsetCollection[] => {
  for (const collection of collections) {
    const place = into.length;
    into.push({
      parent,
      usagePage: collection.usagePage ?? 0,
      usage: collection.usage ?? 0,
      type: collection.type ?? 0,
      inputReports: [...reportsOf(collection.inputReports)],
      outputReports: [...reportsOf(collection.outputReports)],
      featureReports: [...reportsOf(collection.featureReports)],
    });
    flat(collection.children ?? [], place, into);
  }
  return into;
};

/** What a device says of itself, as plain data. */
export const describedHeadset = (
  device: HIDDevice,
  headset: number,
): Omit<HeadsetDescription, 'present'> => ({
  headset,
  vendorId: device.vendorId,
  productId: device.productId,
  productName: device.productName,
  collections: flat(device.collections, null, []),
});
