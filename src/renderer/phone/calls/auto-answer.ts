import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { playOnce } from '../media/tones.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Line, Lines, Outcome } from './lines.ts';

/** The call and its record go to the screen first: opening sound devices takes the processor for some milliseconds. */
const prepareAfterMs = 100;

export type AutoAnswer = {
  /** Called before the call is shown, so that it never begins to ring. */
  readonly expect: (callId: string) => void;
  readonly begin: (line: Line) => void;
  /** The agent was quicker: what is answered now is answered by a press. */
  readonly leave: (callId: string) => void;
  /** Told by a tone of its own, and not by ringing. */
  readonly isQuiet: (callId: string) => boolean;
  readonly isAutomatic: (callId: string) => boolean;
};

/**
 * Answers calls without a press. Never in silence: whatever stands in the way of hearing and being heard, or another
 * call that came meanwhile, leaves the call ringing like any other.
 */
export const createAutoAnswer = (ports: {
  readonly lines: Pick<Lines, 'callOf' | 'attach'>;
  readonly store: PhoneStore;
  /** For `setSinkId`; null: the system's. */
  readonly speaker: () => string | null;
  readonly answer: (line: Line) => Promise<Outcome>;
  readonly log: Logger;
}): AutoAnswer => {
  const { lines, store, log } = ports;
  const quiet = new Set<string>();
  const automatic = new Set<string>();

  /** null: nothing does; otherwise why it has to ring. */
  const obstacle = (callId: string): string | null => {
    if (!quiet.has(callId) || lines.callOf(callId)?.state !== 'offered') return 'settled';
    const { calls, devices, join } = store.get();
    // The microphone of who listens to others opens by nobody's call.
    if (join) return 'a join';
    const others = calls.filter((call) => call.callId !== callId && call.state !== 'ended');
    return others.length > 0 ? 'another call' : devices.problem;
  };

  const answered = async (line: Line): Promise<string | null> => {
    const { callId } = line;
    const before = obstacle(callId);
    if (before !== null) return before;
    const ready = await lines.attach(line);
    if (!ready.ok) return ready.why;
    const told =
      obstacle(callId) === null &&
      (await playOnce('zip', { deviceId: ports.speaker(), volume: 1 }, log));
    const now = obstacle(callId);
    if (now !== null || !told) return now ?? 'the tone could not be heard';
    automatic.add(callId);
    const outcome = await ports.answer(line).finally(() => automatic.delete(callId));
    return outcome.ok ? null : outcome.why;
  };

  const run = async (line: Line): Promise<void> => {
    const { callId } = line;
    const why = await answered(line).catch((error: unknown) => textOf(error));
    if (why !== null && why !== 'settled') log.warn('not answered by itself', { callId, why });
    quiet.delete(callId);
    // Whoever makes the sounds looks again: it rings now.
    if (lines.callOf(callId)?.state === 'offered') store.update({});
  };

  return {
    expect: (callId) => {
      quiet.add(callId);
    },
    begin: (line) => {
      setTimeout(() => void run(line), prepareAfterMs);
    },
    leave: (callId) => {
      quiet.delete(callId);
    },
    isQuiet: (callId) => quiet.has(callId),
    isAutomatic: (callId) => automatic.has(callId),
  };
};
