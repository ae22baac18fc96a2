import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { Microphone } from '../media/microphone.ts';
import { success } from '../../../shared/result.ts';
import { openSuppressor, type Suppressor } from './suppressor.ts';

const swapMs = 500;

export type SuppressionState = 'off' | 'on' | 'failed';

/**
 * The microphone as calls send it: with or without strong noise suppression, which can be switched while they talk. The
 * device itself is not opened anew for that, since its echo canceller would begin to learn from nothing.
 */
export const createSuppressedMicrophone = (
  create: (onReplaced: (track: MediaStreamTrack) => void) => Microphone,
  ports: {
    readonly isWanted: () => boolean;
    readonly onReplaced: (track: MediaStreamTrack) => void;
    readonly onState: (state: SuppressionState) => void;
    readonly onLoad: (load: number) => void;
    readonly log: Logger;
  },
): Microphone & { readonly follow: () => void } => {
  let talking = false;
  let using: { readonly from: MediaStreamTrack; readonly suppressor: Suppressor } | null = null;
  let failed = false;
  /** One change at a time, in their order. */
  let turn: Promise<unknown> = Promise.resolve();

  const isWanted = () => talking && ports.isWanted();
  const tell = () => ports.onState(using !== null ? 'on' : failed && isWanted() ? 'failed' : 'off');

  const end = (): void => {
    using?.suppressor.close();
    using = null;
    ports.onLoad(0);
  };

  const shaped = async (track: MediaStreamTrack): Promise<MediaStreamTrack> => {
    if (using?.from === track && isWanted()) return using.suppressor.track;
    const before = using;
    using = null;
    failed = false;
    if (isWanted() && track.readyState === 'live') {
      try {
        const suppressor = await openSuppressor(track, ports.onLoad, ports.log);
        // It may have ended, or be unwanted, by now; then the next in turn sees to it.
        using = { from: track, suppressor };
      } catch (error) {
        failed = true;
        ports.log.warn('noise suppression failed', { error: textOf(error) });
      }
    }
    // What is sent until the calls have the new one.
    if (before !== null) setTimeout(before.suppressor.close, swapMs);
    if (using === null) ports.onLoad(0);
    tell();
    return using?.suppressor.track ?? track;
  };

  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const send = (track: MediaStreamTrack): void => {
    void inTurn(async () => {
      const sent = await shaped(track);
      // Another device took over meanwhile: its own turn comes next.
      if (inner.track() === track) ports.onReplaced(sent);
    });
  };

  const inner = create((track) => {
    // Without a suppressor a device is replaced at once.
    if (using === null && !isWanted()) ports.onReplaced(track);
    else send(track);
  });

  return {
    ...inner,
    open: async () => {
      const opened = await inner.open();
      if (!opened.ok || (using === null && !isWanted())) return opened;
      return success(await inTurn(() => shaped(opened.value)));
    },
    talk: () => {
      talking = true;
      inner.talk();
    },
    rest: () => {
      talking = false;
      inner.rest();
    },
    close: () => {
      talking = false;
      inner.close();
      end();
      tell();
    },
    follow: () => {
      const track = inner.track();
      if (track !== null && (using !== null) !== isWanted()) send(track);
    },
  };
};
