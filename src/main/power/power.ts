import { powerMonitor, powerSaveBlocker } from 'electron';
import { wishesReady } from '../../shared/domain/agent/wishes-ready.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createLogger } from '../log/logger.ts';
import { followAddresses, ownAddresses } from './addresses.ts';
import { startHeld } from './inhibitor.ts';
import { createSleepLock, type SleepLockPorts } from './sleep-lock.ts';

const log = createLogger('power');
const lookEveryMs = 2_000;
/** A call that has lost its way is silent until it is noticed. */
const lookInCallMs = 400;
/** A machine under load is late by less. */
const standstillMs = 5_000;

/** Of the processor's full speed: a machine that saves a little power is none that fails. */
const slowBelowPercent = 70;
/** To start a process takes milliseconds that a call which rings needs for its record. */
const holdAfterMs = 1_000;
/** logind's patience is five seconds (InhibitDelayMaxSec). */
const tellWithinMs = 4_000;

const enough = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, tellWithinMs).unref();
  });

export type PowerPorts = {
  /** Resolves when whoever has to know was told; the machine waits for it where its system lets us. */
  readonly onSleep: () => void | Promise<void>;
  readonly onWake: (why: 'resume' | 'network' | 'moved') => void;
  readonly onNetwork: (isThere: boolean) => void;
  readonly onLocked: (isLocked: boolean) => void;
  /** The system slows the machine down, or no longer. */
  readonly onSlowed: (isSlowed: boolean) => void;
  /** This program was not run for so long, awake or asleep. */
  readonly onStoodStill: (forMs: number) => void;
};

export type Power = {
  /** Keeps the machine from falling asleep while a call lives or could come. */
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

export const watchPower = (ports: PowerPorts, why: SleepLockPorts['why']): Power => {
  let blocker: number | null = null;
  let inCall: ReturnType<typeof setInterval> | null = null;
  let changeOf = followAddresses(ownAddresses());
  let wanted: 'none' | 'delay' | 'block' = 'none';
  /** From the moment at which sleep is announced until the machine woke. */
  let asleep = false;
  // Windows and macOS give their own, shorter grace, and let nobody forbid a closed lid.
  const lock = process.platform === 'linux' ? createSleepLock({ start: startHeld, why }) : null;

  const look = (): void => {
    const change = changeOf(ownAddresses());
    if (change === 'none') return;
    log.info('The network changed', { change });
    ports.onNetwork(change !== 'gone');
    if (change === 'moved') ports.onWake('moved');
    else if (change === 'more') ports.onWake('network');
  };

  let lookedAtMs = performance.now();

  powerMonitor.on('suspend', () => {
    log.info('The machine falls asleep');
    asleep = true;
    const told = Promise.resolve(ports.onSleep());
    void Promise.race([told, enough()]).finally(() => lock?.letGo());
  });
  powerMonitor.on('resume', () => {
    log.info('The machine woke');
    const here = ownAddresses();
    changeOf = followAddresses(here);
    lookedAtMs = performance.now();
    asleep = false;
    lock?.hold(wanted);
    ports.onWake('resume');
    if (here.length > 0) ports.onNetwork(true);
  });
  powerMonitor.on('lock-screen', () => ports.onLocked(true));
  powerMonitor.on('unlock-screen', () => ports.onLocked(false));
  let isHot = false;
  let isLimited = false;
  // macOS alone tells of heat, macOS and Windows of limits.
  powerMonitor.on('thermal-state-change', ({ state }) => {
    isHot = state === 'serious' || state === 'critical';
    ports.onSlowed(isHot || isLimited);
  });
  powerMonitor.on('speed-limit-change', ({ limit }) => {
    isLimited = limit < slowBelowPercent;
    ports.onSlowed(isHot || isLimited);
  });
  // Node has no event for it.
  setInterval(() => {
    const stoodMs = performance.now() - lookedAtMs - lookEveryMs;
    lookedAtMs = performance.now();
    if (stoodMs > standstillMs) ports.onStoodStill(stoodMs);
    look();
  }, lookEveryMs).unref();

  let holdTimer: ReturnType<typeof setTimeout> | null = null;
  const holdSoon = (): void => {
    if (lock === null) return;
    holdTimer ??= setTimeout(() => {
      holdTimer = null;
      if (!asleep) lock.hold(wanted);
    }, holdAfterMs).unref();
  };

  const lookOften = (often: boolean): void => {
    if (often === (inCall !== null)) return;
    if (inCall !== null) clearInterval(inCall);
    inCall = often ? setInterval(look, lookInCallMs).unref() : null;
  };

  return {
    show: (desk, phone) => {
      const isInCall = phone.calls.some((call) => call.state !== 'ended');
      lookOften(isInCall);
      const awake = isInCall || (desk.agent !== null && wishesReady(desk.agent.state));
      wanted = isInCall ? 'block' : awake ? 'delay' : 'none';
      holdSoon();
      if (awake && blocker === null) {
        blocker = powerSaveBlocker.start('prevent-app-suspension');
      } else if (!awake && blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
};
