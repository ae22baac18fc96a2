import type { DeskEvidence } from '../evidence/desk-evidence.ts';
import type { PowerPorts } from '../power/power.ts';
import type { DeskReadiness } from '../readiness/desk-readiness.ts';
import type { DeskSession } from './desk-session.ts';

const sleepWaitsMs = 4_000;

/** What sleep, network and standstill mean for the desk. */
export const createDeskPower = (ports: {
  readonly session: Pick<DeskSession, 'wake'>;
  readonly evidence: Pick<DeskEvidence, 'trouble' | 'stoodStill'>;
  readonly readiness: Pick<DeskReadiness, 'asleep' | 'network' | 'shaken' | 'heard'>;
  /** What else there is to do when the machine woke or moved. */
  readonly onMoved: () => void;
  readonly wakeEngine: PowerPorts['onWake'];
  readonly onSlowed: PowerPorts['onSlowed'];
}): PowerPorts => {
  const { session, evidence, readiness } = ports;
  return {
    onSleep: () => {
      readiness.asleep(true);
      evidence.trouble('asleep', true);
      // The queue knows before the machine sleeps, as far as its system waits.
      return readiness.heard(sleepWaitsMs);
    },
    onWake: (why) => {
      session.wake(why === 'resume');
      // By the clock that counts the sleep.
      if (why === 'resume') evidence.trouble('asleep', false);
      ports.onMoved();
      ports.wakeEngine(why);
      if (why === 'resume') readiness.asleep(false);
      else readiness.shaken('network');
    },
    onNetwork: (isThere) => {
      readiness.network(isThere);
      evidence.trouble('no_network', !isThere);
    },
    onLocked: (isLocked) => evidence.trouble('locked', isLocked),
    onSlowed: ports.onSlowed,
    onStoodStill: (forMs) => {
      readiness.shaken('standstill');
      evidence.stoodStill(forMs);
    },
  };
};
