/** HID 1.11 §6.2.2: the tags of a report descriptor's items, without their size bits. */
const tags = { output: 0x90, reportSize: 0x74, reportId: 0x84, reportCount: 0x94 } as const;
const longItem = 0xfe;

/** Bytes of each output report by its id, the id among them as Linux passes it (0 where a device numbers none). */
export const outputLengths = (descriptor: string): ReadonlyMap<number, number> => {
  const bytes = Buffer.from(descriptor, 'hex');
  const bits = new Map<number, number>();
  let reportId = 0;
  let size = 0;
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const head = bytes[at] ?? 0;
    if (head === longItem) throw new Error('a report descriptor with long items is none of ours');
    const length = [0, 1, 2, 4][head & 3] ?? 0;
    const value = length === 0 ? 0 : bytes.readUIntLE(at + 1, length);
    const tag = head & 0xfc;
    if (tag === tags.reportSize) size = value;
    if (tag === tags.reportCount) count = value;
    if (tag === tags.reportId) reportId = value;
    if (tag === tags.output) bits.set(reportId, (bits.get(reportId) ?? 0) + size * count);
    at += 1 + length;
  }
  return new Map([...bits].map(([id, sum]) => [id, 1 + Math.ceil(sum / 8)]));
};
