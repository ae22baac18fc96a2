import type { OutputReport } from '../../../shared/domain/headset/lights.ts';
import { textOf } from '../log.ts';

/** A write to a device that was unplugged never settles; one that is asleep takes some tenths of a second. */
export const writeTimeoutMs = 1_000;
const openTimeoutMs = 3_000;

/** What stood still was this page, if a timer comes so late: the answer is there and waits for its turn. */
const lateMs = 250;

const inTime = <Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> =>
  new Promise((resolve, reject) => {
    const dueAt = performance.now() + timeoutMs;
    const fail = (): void => {
      reject(new Error('Not in time'));
    };
    let timer = setTimeout(() => {
      if (performance.now() > dueAt + lateMs) timer = setTimeout(fail, lateMs);
      else fail();
    }, timeoutMs);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });

export type HeadsetPort = {
  /** Asks the system for it; fails where that refuses. */
  readonly open: () => Promise<void>;
  /** In order, one at a time. After one that was not taken nothing is written any more. */
  readonly write: (reports: readonly OutputReport[]) => void;
  /** Resolves once everything was written, or given up. */
  readonly close: () => Promise<void>;
};

/** One opened handle of one device. It is dropped for a new one rather than mended. */
export const createHeadsetPort = (
  device: HIDDevice,
  ports: {
    readonly onReport: (reportId: number, bytes: readonly number[]) => void;
    /** It is being sent now. */
    readonly onWrite: (report: OutputReport) => void;
    readonly onWritten: (report: OutputReport, taken: boolean) => void;
    /** It takes nothing any more. */
    readonly onDead: (why: string) => void;
  },
): HeadsetPort => {
  let isDead = false;
  let last: Promise<void> = Promise.resolve();

  const wasClosed = (): boolean => isDead;

  const receive = (event: HIDInputReportEvent): void => {
    const { data } = event;
    if (isDead) return;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    ports.onReport(event.reportId, [...bytes]);
  };

  const send = async (report: OutputReport): Promise<void> => {
    if (isDead) return;
    ports.onWrite(report);
    try {
      const sent = device.sendReport(report.reportId, new Uint8Array(report.bytes));
      await inTime(sent, writeTimeoutMs);
      ports.onWritten(report, true);
    } catch (error) {
      // It may have been closed in the meantime.
      if (wasClosed()) return;
      isDead = true;
      ports.onWritten(report, false);
      ports.onDead(textOf(error));
    }
  };

  return {
    open: async () => {
      if (!device.opened) await inTime(device.open(), openTimeoutMs);
      device.addEventListener('inputreport', receive);
    },
    write: (reports) => {
      for (const report of reports) last = last.then(() => send(report));
    },
    close: async () => {
      device.removeEventListener('inputreport', receive);
      await last;
      isDead = true;
      // One that was unplugged has nothing to close, and says so by never answering.
      await inTime(device.close(), writeTimeoutMs).catch(() => undefined);
    },
  };
};
