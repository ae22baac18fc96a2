import type { DeviceReport } from '../../../shared/ipc/devices.ts';

type Levels = Extract<DeviceReport, { readonly kind: 'levels' }>['levels'];
type Listener = (levels: Levels) => void;

const listeners = new Set<Listener>();
/** By the test's id. */
const tests = new Map<string, (played: boolean) => void>();

/** What the phone answers of its microphones and speakers goes straight to who asked: ten times a second. */
export const publishDeviceReport = (report: DeviceReport): void => {
  if (report.kind === 'levels') {
    for (const listener of listeners) listener(report.levels);
    return;
  }
  tests.get(report.id)?.(report.played);
  tests.delete(report.id);
};

export const onDeviceLevels = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const onTested = (id: string, tell: (played: boolean) => void): void => {
  tests.set(id, tell);
};
