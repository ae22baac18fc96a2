import { networkInterfaces } from 'node:os';
import { powerMonitor, powerSaveBlocker } from 'electron';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('power');
const lookEveryMs = 2_000;
/** A machine under load is late by less. */
const standstillMs = 5_000;

export type PowerPorts = {
  readonly onSleep: () => void;
  readonly onWake: (why: 'resume' | 'network') => void;
  readonly onNetwork: (isThere: boolean) => void;
  readonly onLocked: (isLocked: boolean) => void;
  /** This program was not run for so long, awake or asleep. */
  readonly onStoodStill: (forMs: number) => void;
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

  let lookedAtMs = performance.now();

  powerMonitor.on('suspend', () => {
    log.info('The machine falls asleep');
    ports.onSleep();
  });
  powerMonitor.on('resume', () => {
    log.info('The machine woke');
    known = addresses();
    lookedAtMs = performance.now();
    ports.onWake('resume');
    if (known !== '') ports.onNetwork(true);
  });
  powerMonitor.on('lock-screen', () => ports.onLocked(true));
  powerMonitor.on('unlock-screen', () => ports.onLocked(false));
  // Node has no event for it.
  setInterval(() => {
    const stoodMs = performance.now() - lookedAtMs - lookEveryMs;
    lookedAtMs = performance.now();
    if (stoodMs > standstillMs) ports.onStoodStill(stoodMs);
    const seen = addresses();
    if (seen === known) return;
    known = seen;
    log.info('The network changed', { online: seen !== '' });
    ports.onNetwork(seen !== '');
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
