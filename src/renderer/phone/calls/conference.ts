import type { Stamp } from '../../../shared/domain/call/call.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';
import type { Holding } from './holding.ts';
import type { Line, Lines, Outcome } from './lines.ts';

export type Conference = {
  /** Everybody hears everybody. */
  readonly merge: (line: Line, other: Line) => Promise<Outcome>;
  /** The one goes on, the other waits on hold. */
  readonly split: (line: Line, other: Line) => Promise<Outcome>;
  readonly members: () => readonly Line[];
  /** A call is over: if it was in the conference, whoever is left goes on as a plain call. */
  readonly left: (callId: string) => void;
};

/**
 * Three who talk: this phone sends to each far side the microphone and the other far side, so that it works with any
 * PBX. The agent hears both calls as ever.
 */
export const createConference = (ports: {
  readonly lines: Lines;
  readonly holding: Holding;
  readonly stamp: () => Stamp;
  readonly log: Logger;
}): Conference => {
  const { lines, log } = ports;
  let room: { readonly context: AudioContext; readonly members: readonly Line[] } | null = null;

  const disband = async () => {
    if (room === null) return;
    const { context, members } = room;
    room = null;
    for (const { callId } of members) {
      lines.apply(callId, { kind: 'conference_changed', conference: false });
    }
    await Promise.all(members.map(({ audio }) => audio.sendAlone())).finally(() =>
      closeContext(context, log),
    );
  };

  const join = async (
    [line, other]: readonly [Line, Line],
    context: AudioContext,
  ): Promise<Outcome> => {
    for (const [one, two] of [
      [line, other],
      [other, line],
    ] as const) {
      const said = two.audio.remoteTrack();
      if (said === null) return failure('phone_failed');
      await one.audio.sendWith(said, context);
    }
    for (const one of [line, other]) {
      const call = lines.callOf(one.callId);
      if (call?.state !== 'connected') return failure('no_such_call');
      if (call.hold !== 'local' && call.hold !== 'both') continue;
      const resumed = await ports.holding.setHold(one, false);
      if (!resumed.ok) return resumed;
    }
    return success(null);
  };

  return {
    merge: async (line, other) => {
      if (room !== null) return failure('busy');
      const context = silentContext();
      context.resume().catch((error: unknown) => {
        if (context.state !== 'closed') log.warn('mixing is silent', { error: textOf(error) });
      });
      const mine = { context, members: [line, other] };
      room = mine;
      // One of them muted is all muted: there is one agent.
      const muted = line.audio.isMuted() || other.audio.isMuted();
      const joined = await join([line, other], context);
      if (room !== mine) return failure('no_such_call');
      if (!joined.ok) {
        await disband();
        return joined;
      }
      for (const { callId, audio } of mine.members) {
        audio.setMuted(muted);
        lines.apply(callId, { kind: 'mute_changed', muted: audio.isMuted() });
        lines.apply(callId, { kind: 'consult_ended', stamp: ports.stamp() });
        lines.apply(callId, { kind: 'conference_changed', conference: true });
      }
      return success(null);
    },
    split: async (line, other) => {
      const held = await ports.holding.setHold(other, true);
      if (!held.ok) return held;
      await disband();
      for (const [customer, consult] of [
        [line, other],
        [other, line],
      ] as const) {
        if (lines.callOf(consult.callId)?.consultFor !== customer.callId) continue;
        lines.apply(customer.callId, { kind: 'consult_began', stamp: ports.stamp() });
      }
      return success(null);
    },
    members: () => room?.members ?? [],
    left: (callId) => {
      if (room?.members.some((line) => line.callId === callId) !== true) return;
      disband().catch((error: unknown) => {
        log.error('the conference did not end', { error: textOf(error) });
      });
    },
  };
};
