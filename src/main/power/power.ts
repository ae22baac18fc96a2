import { networkInterfaces } from 'node:os';
import { powerMonitor, powerSaveBlocker } from 'electron';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('power');
const lookEveryMs = 2_000;

export type PowerPorts = {
  readonly onWake: (why: 'resume' | 'network') => void;
};

export type Power = {
  /** Keeps the machine from falling asleep while a call lives or could come. */
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

const addresses = (): string =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => !entry.internal)
    .map((entry) => entry.address)
    .sort()
    .join(' ');

export const watchPower = (ports: PowerPorts): Power => {
  let blocker: number | null = null;
  let known = addresses();

  powerMonitor.on('resume', () => {
    log.info('The machine woke');
    known = addresses();
    ports.onWake('resume');
  });
  // Node has no event for it.
  setInterval(() => {
    const seen = addresses();
    if (seen === known) return;
    known = seen;
    log.info('The network changed', { online: seen !== '' });
    if (seen !== '') ports.onWake('network');
  }, lookEveryMs).unref();

  return {
    show: (desk, phone) => {
      const awake =
        desk.agent?.state.state === 'ready' || phone.calls.some((call) => call.state !== 'ended');
      if (awake && blocker === null) {
        blocker = powerSaveBlocker.start('prevent-app-suspension');
      } else if (!awake && blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
};
