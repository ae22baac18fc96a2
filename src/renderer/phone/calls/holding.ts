import type { Stamp } from '../../../shared/domain/call/call.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { Line, Lines, Outcome } from './lines.ts';

export type Holding = {
  readonly setHold: (line: Line, hold: boolean) => Promise<Outcome>;
  /**
   * One live conversation at a time: every other one is put on hold first. Refused while another call is being set up,
   * and while a conference goes on, which has to be split or left before.
   */
  readonly holdOthers: (callId: string | null) => Promise<Outcome>;
};

export const createHolding = (ports: {
  readonly lines: Lines;
  readonly stamp: () => Stamp;
  readonly log: Logger;
}): Holding => {
  const { lines, log } = ports;

  const setHold: Holding['setHold'] = async (line, hold) => {
    // Privacy first: silence both ways before the PBX agrees.
    if (hold) line.audio.setHeld(true);
    const done = await line.leg.setHold(hold);
    if (!done.ok) {
      log.warn('hold failed', { callId: line.callId, hold, why: done.why });
      line.audio.setHeld(!hold);
      return failure('phone_failed');
    }
    line.audio.setHeld(hold);
    const stamp = ports.stamp();
    lines.apply(line.callId, { kind: hold ? 'held' : 'resumed', by: 'local', stamp });
    return success(null);
  };

  return {
    setHold,
    holdOthers: async (callId) => {
      for (const line of lines.all()) {
        if (line.callId === callId) continue;
        const call = lines.callOf(line.callId);
        if (
          call?.state === 'dialing' ||
          call?.state === 'alerting' ||
          call?.state === 'answering'
        ) {
          return failure('busy');
        }
        if (call?.state !== 'connected') continue;
        if (call.conference) return failure('busy');
        if (call.hold === 'local' || call.hold === 'both') continue;
        const held = await setHold(line, true);
        if (!held.ok) return held;
      }
      return success(null);
    },
  };
};
