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

  /** What was asked for last and is not done yet. Of requests that cross, it alone says whether anything is sent. */
  const underWay = new WeakMap<Line, { readonly hold: boolean; readonly done: Promise<Outcome> }>();

  const isHeld = (line: Line): boolean => {
    const call = lines.callOf(line.callId);
    return call?.state === 'connected' && (call.hold === 'local' || call.hold === 'both');
  };

  const change = async (line: Line, hold: boolean, isNewest: () => boolean): Promise<Outcome> => {
    // Privacy first: silence both ways before the PBX agrees.
    if (hold) line.audio.setHeld(true);
    const done = await line.leg.setHold(hold);
    if (!done.ok) {
      log.warn('hold failed', { callId: line.callId, hold, why: done.why });
      if (isNewest()) line.audio.setHeld(isHeld(line));
      return failure('phone_failed');
    }
    if (isNewest()) line.audio.setHeld(hold);
    const stamp = ports.stamp();
    lines.apply(line.callId, { kind: hold ? 'held' : 'resumed', by: 'local', stamp });
    return success(null);
  };

  const setHold: Holding['setHold'] = (line, hold) => {
    const before = underWay.get(line);
    if (before?.hold === hold) return before.done;
    const isNewest = (): boolean => underWay.get(line)?.done === done;
    const done = change(line, hold, isNewest).finally(() => {
      if (isNewest()) underWay.delete(line);
    });
    underWay.set(line, { hold, done });
    return done;
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
        // One that ended meanwhile is in nobody's way.
        if (!held.ok && lines.callOf(line.callId)?.state === 'connected') return held;
      }
      return success(null);
    },
  };
};
