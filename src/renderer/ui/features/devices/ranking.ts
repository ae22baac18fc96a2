import { matched, type KnownDevice } from '../../../../shared/domain/devices/device.ts';
import type { AudioDevice } from '../../../../shared/ipc/devices.ts';

/** A line of a list of devices. */
export type RankedRow = {
  /** What is kept of it. */
  readonly known: KnownDevice;
  /** What it is now; null: it is not plugged in. */
  readonly device: AudioDevice | null;
  /** The agent put it where it stands; else the system did. */
  readonly isRanked: boolean;
};

/** Those that were ranked, there or not, then the others that are there. */
export const rankedRows = (
  ranking: readonly KnownDevice[],
  found: readonly AudioDevice[],
): readonly RankedRow[] => {
  const devices = matched(
    ranking,
    found.map((device) => ({ ...device, isDefault: false })),
  );
  const taken = new Set(devices.map((device) => device?.id));
  return [
    ...ranking.map((known, index): RankedRow => {
      const device = devices[index] ?? null;
      return {
        // By the port that it is at now, it is found at once the next time.
        known: device === null ? known : { id: device.id, label: device.label },
        device: device === null ? null : { id: device.id, label: device.label },
        isRanked: true,
      };
    }),
    ...found
      .filter(({ id }) => !taken.has(id))
      .map((device): RankedRow => ({ known: device, device, isRanked: false })),
  ];
};

/** The ranking after a line was put elsewhere: what stands before it by now is ranked as well. */
export const movedRanking = (
  rows: readonly RankedRow[],
  from: number,
  to: number,
): readonly KnownDevice[] => {
  const row = rows[from];
  const count = rows.filter(({ isRanked }) => isRanked).length;
  if (row === undefined || to < 0 || to >= rows.length) {
    return rows.slice(0, count).map(({ known }) => known);
  }
  const others = rows.filter((_row, index) => index !== from);
  const order = [...others.slice(0, to), row, ...others.slice(to)];
  const length = Math.max(row.isRanked ? count : count + 1, to + 1);
  return order.slice(0, length).map(({ known }) => known);
};

/** The ranking without this line. */
export const rankingWithout = (rows: readonly RankedRow[], index: number): readonly KnownDevice[] =>
  rows.filter((row, at) => row.isRanked && at !== index).map(({ known }) => known);
