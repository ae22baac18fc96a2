import type { ListeningChoice } from '../../../shared/domain/sound/sound-settings.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, moveContext } from '../media/context-output.ts';
import { createCallEar, type CallEar, type EarOutput } from './call-ear.ts';
import { createLimiter } from './limiter.ts';

/** Twice as long as the shortest: half the work, and 12 ms later. */
const latencySeconds = 0.02;

/** What is heard of all calls, behind one limiter. Where nothing is to be changed there is none of it. */
export type Listening = {
  readonly attend: (ports: {
    /** From now on it is heard here (true) or has to be heard elsewhere. */
    readonly onPlaying: (playing: boolean) => void;
    /** A bang that was kept from the agent; dB of full scale as it came in. */
    readonly onBang: (peakDb: number) => void;
  }) => CallEar;
  readonly choose: (choice: ListeningChoice) => void;
  /** null: the system's. */
  readonly setSpeaker: (deviceId: string | null) => Promise<void>;
};

type Room = {
  readonly context: AudioContext;
  readonly input: GainNode;
  /** It plays at the speaker that was chosen. */
  ready: boolean;
};

export const createListening = (
  first: { readonly choice: ListeningChoice; readonly speaker: string | null },
  log: Logger,
): Listening => {
  let { choice, speaker } = first;
  let room: Room | null = null;
  const ears = new Set<CallEar>();

  const follow = (): void => {
    const isWanted = [...ears].some((ear) => ear.isWanted());
    if (isWanted && room === null) open();
    if (!isWanted && room !== null) close();
    // A device that stops is heard of here: whoever listens goes on without us.
    const plays = room?.ready === true && room.context.state === 'running';
    const output: EarOutput | null = room !== null && plays ? room : null;
    for (const ear of ears) ear.connect(output);
  };

  const close = (): void => {
    const closing = room?.context;
    room = null;
    if (closing !== undefined) void closeContext(closing, log);
  };

  /** A device that is pulled out stops the context, and another one does not start it by itself. */
  const useSpeaker = async (mine: Room): Promise<void> => {
    const { context } = mine;
    try {
      await moveContext(context, speaker ?? '');
    } catch (error) {
      if (context.state === 'closed') return;
      log.warn('speaker refused', { error: textOf(error) });
      await moveContext(context, '').catch(() => undefined);
    }
    if (room === mine) await context.resume();
  };

  const wire = ({ context, input }: Room): void => {
    input.disconnect();
    if (choice.limiter) {
      const limiter = createLimiter(context, choice.ceilingDb);
      input.connect(limiter.input);
      limiter.output.connect(context.destination);
    } else input.connect(context.destination);
  };

  const prepare = async (mine: Room): Promise<void> => {
    wire(mine);
    mine.context.onstatechange = () => {
      if (room === mine) follow();
    };
    await Promise.all([speaker === null ? null : useSpeaker(mine), mine.context.resume()]);
    if (room !== mine) return;
    mine.ready = true;
    follow();
  };

  const open = (): void => {
    const context = new AudioContext({ latencyHint: latencySeconds });
    // One voice: the same in both ears.
    const input = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    const mine: Room = { context, input, ready: false };
    room = mine;
    prepare(mine).catch((error: unknown) => {
      // The call's own element plays: heard without a limiter is better than not heard.
      if (room === mine) log.warn('listening failed', { error: textOf(error) });
    });
  };

  return {
    attend: ({ onPlaying, onBang }) => {
      const ear = createCallEar({
        choice: () => choice,
        onChanged: follow,
        onPlaying,
        onBang,
        onClosed: () => {
          ears.delete(ear);
          follow();
        },
      });
      ears.add(ear);
      return ear;
    },
    choose: (next) => {
      const { limiter, ceilingDb } = choice;
      choice = next;
      if (room !== null && (next.limiter !== limiter || next.ceilingDb !== ceilingDb)) wire(room);
      follow();
    },
    setSpeaker: async (deviceId) => {
      speaker = deviceId;
      if (room === null) return;
      await useSpeaker(room).catch((error: unknown) => {
        log.warn('listening failed', { error: textOf(error) });
      });
    },
  };
};
