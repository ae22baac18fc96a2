import { createLogger } from '../log/logger.ts';

const log = createLogger('sleep-lock');

/** `cat` ends when its standard input does: with `release`, or with this program, however it dies. */
const heldBy = 'cat';

/** A process whose standard input is held open. */
export type Held = {
  readonly release: () => void;
  /** Called once it is gone, with what it said about why. */
  readonly onGone: (listener: (why: string) => void) => void;
};

export type SleepLock = {
  /**
   * `delay`: the machine waits with falling asleep until it is let go (five seconds at most, as logind has it). `block`:
   * neither a closed lid nor anybody's wish puts it to sleep.
   */
  readonly hold: (kind: 'none' | 'delay' | 'block') => void;
  /** It is told whatever had to be told: the machine may sleep. */
  readonly letGo: () => void;
};

export type SleepLockPorts = {
  readonly start: (command: string, args: readonly string[]) => Held;
  /** What the system shows to whoever asks what keeps the machine awake. */
  readonly why: (kind: 'delay' | 'block') => string;
};

/** After so many that ended by themselves no other is asked for: this system has none to give. */
const mostFailures = 3;

const whatOf = { delay: 'sleep', block: 'sleep:handle-lid-switch' } as const;

/** Inhibitor locks of logind (systemd.io/INHIBITOR_LOCKS), by its own tool. A system without them is left as it is. */
export const createSleepLock = ({ start, why }: SleepLockPorts): SleepLock => {
  const held = new Map<'delay' | 'block', Held>();
  let failures = 0;

  const take = (kind: 'delay' | 'block'): void => {
    if (held.has(kind) || failures >= mostFailures) return;
    const lock = start('systemd-inhibit', [
      `--what=${whatOf[kind]}`,
      `--mode=${kind}`,
      '--who=Ringside',
      `--why=${why(kind)}`,
      heldBy,
    ]);
    held.set(kind, lock);
    lock.onGone((reason) => {
      if (held.get(kind) !== lock) return;
      held.delete(kind);
      failures += 1;
      log.info('A lock on sleep ended by itself', { kind, why: reason });
    });
  };

  const drop = (kind: 'delay' | 'block'): void => {
    const lock = held.get(kind);
    held.delete(kind);
    lock?.release();
  };

  return {
    hold: (kind) => {
      // Before the other goes, so that there is none without.
      if (kind !== 'none') take('delay');
      if (kind === 'block') take('block');
      else drop('block');
      if (kind === 'none') drop('delay');
    },
    letGo: () => {
      drop('block');
      drop('delay');
    },
  };
};
