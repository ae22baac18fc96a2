import type {
  HeadsetEvent,
  HeadsetState,
  HeadsetStep,
} from '../../../shared/domain/headset/headset.ts';
import { headsetStep, newHeadset } from '../../../shared/domain/headset/headset.ts';
import type { HeadsetMap } from '../../../shared/domain/headset/headset-map.ts';
import type { HeadsetQuirks } from '../../../shared/domain/headset/quirks.ts';
import type { HeadsetAction, HeadsetWish } from '../../../shared/domain/headset/wish.ts';
import { isWished, noWish } from '../../../shared/domain/headset/wish.ts';
import type { HeadsetView } from '../../../shared/ipc/headset-view.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { HeadsetLogBook } from './headset-log.ts';
import { createHeadsetPort, type HeadsetPort } from './headset-port.ts';

/** A handle that died is given some time and a few tries; a call, a wake or a plug try again. */
const reopenAfterMs = 1_000;
const reopenTries = 3;

const isDark = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0);

export type DrivenHeadset = {
  readonly device: HIDDevice;
  readonly problem: () => HeadsetView['problem'];
  /** `reset`: what it shows is left over from us. */
  readonly open: (reset: boolean) => void;
  readonly follow: (wish: HeadsetWish) => void;
  /** Writes everything anew, or tries a device that did not answer once more. */
  readonly refresh: () => void;
  /** Lights out, then left to others. */
  readonly release: () => void;
  /** It may show lights of ours: it was sent some, and did not take since that they are out. */
  readonly mayBeLit: () => boolean;
  /** It was unplugged. */
  readonly lost: () => void;
};

/** One headset, from plugging to unplugging: its state, its handle, and what its buttons ask for. */
export const driveHeadset = (
  device: HIDDevice,
  number: number,
  kind: { readonly map: HeadsetMap; readonly quirks: HeadsetQuirks },
  ports: {
    readonly wish: () => HeadsetWish;
    /** Resolves when it was done, or refused. */
    readonly act: (action: HeadsetAction) => Promise<unknown> | null;
    readonly onChange: () => void;
    /** `mayBeLit` is another now. */
    readonly onLit: () => void;
    readonly book: HeadsetLogBook;
    readonly log: Logger;
  },
): DrivenHeadset => {
  const { book, log } = ports;
  let state: HeadsetState = newHeadset;
  let port: HeadsetPort | null = null;
  let problem: HeadsetView['problem'] = null;
  let isWanted = false;
  let isOpening = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  /** Reports with lights of ours, as far as anybody knows. */
  const lit = new Set<number>();

  const stillWanted = (): boolean => isWanted;

  const tellProblem = (next: HeadsetView['problem']): void => {
    if (next === problem) return;
    problem = next;
    ports.onChange();
  };

  const step = (event: HeadsetEvent): void => {
    apply(headsetStep(kind, state, event, performance.now()));
  };

  const apply = (next: HeadsetStep): void => {
    state = next.state;
    port?.write(next.reports);
    wakeAt(state.writeAgainAt);
    for (const action of next.actions) {
      book.note({ headset: number, kind: 'press', action });
      const done = ports.act(action);
      const settle = (): void => {
        if (port !== null) step({ kind: 'settled' });
      };
      if (done === null) settle();
      else void done.then(settle, settle);
    }
  };

  const wakeAt = (at: number | null): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (at === null) return;
    // A timer may come a millisecond early.
    timer = setTimeout(() => step({ kind: 'time' }), Math.max(at - performance.now(), 0) + 1);
  };

  const note = (wish: HeadsetWish): void => {
    book.note({ headset: number, kind: 'wish', ...wish });
  };

  const noteLit = (reportId: number, isLit: boolean): void => {
    if (lit.has(reportId) === isLit) return;
    if (isLit) lit.add(reportId);
    else lit.delete(reportId);
    ports.onLit();
  };

  const drop = (): HeadsetPort | null => {
    const dropped = port;
    port = null;
    wakeAt(null);
    return dropped;
  };

  const died = (dead: HeadsetPort, why: string): void => {
    if (port !== dead) return;
    log.warn('A headset does not answer', { why });
    void drop()?.close();
    tellProblem('not_answering');
    openLater(true);
  };

  const openLater = (reset: boolean): void => {
    if (tries >= reopenTries) return;
    tries += 1;
    if (retry !== null) clearTimeout(retry);
    retry = setTimeout(() => void open(reset), reopenAfterMs);
  };

  const open = async (reset: boolean): Promise<void> => {
    if (!isWanted || isOpening || port !== null) return;
    isOpening = true;
    const opened: HeadsetPort = createHeadsetPort(device, {
      onReport: (reportId, bytes) => {
        book.note({ headset: number, kind: 'in', reportId, bytes: [...bytes] });
        step({ kind: 'report', reportId, bytes });
      },
      onWrite: ({ reportId, bytes }) => {
        if (!isDark(bytes)) noteLit(reportId, true);
      },
      onWritten: ({ reportId, bytes }, taken) => {
        book.note({ headset: number, kind: 'out', reportId, bytes: [...bytes], taken });
        if (!taken) return;
        tries = 0;
        if (isDark(bytes)) noteLit(reportId, false);
        if (port !== opened) return;
        tellProblem(null);
        step({ kind: 'taken' });
      },
      onDead: (why) => {
        died(opened, why);
      },
    });
    try {
      await opened.open();
    } catch (error) {
      isOpening = false;
      // Unplugged, while the system was asked.
      if (!stillWanted()) return;
      log.warn('A headset could not be opened', { why: textOf(error) });
      book.note({ headset: number, kind: 'device', what: 'refused' });
      tellProblem('no_access');
      // The system may still be busy with closing it, or not have got to granting it.
      openLater(reset);
      return;
    }
    isOpening = false;
    // Given up, or unplugged, while the system was asked.
    if (!stillWanted()) {
      void opened.close();
      return;
    }
    port = opened;
    book.note({ headset: number, kind: 'device', what: 'opened' });
    const wish = ports.wish();
    state = { ...newHeadset, wish };
    if (isWished(wish)) note(wish);
    if (problem === 'no_access') tellProblem(null);
    step({ kind: 'opened', reset: reset || lit.size > 0 });
  };

  const stop = (): void => {
    isWanted = false;
    if (retry !== null) clearTimeout(retry);
    retry = null;
  };

  return {
    device,
    problem: () => problem,
    open: (reset) => {
      isWanted = true;
      if (reset) for (const reportId of kind.map.lightReports) noteLit(reportId, true);
      void open(reset);
    },
    follow: (wish) => {
      if (port === null) {
        // A call is worth another try.
        if (isWanted && isWished(wish) && !isWished(state.wish)) void open(true);
        state = { ...state, wish };
        return;
      }
      note(wish);
      step({ kind: 'wish', wish });
    },
    refresh: () => {
      tries = 0;
      if (port === null) void open(true);
      else step({ kind: 'settled' });
    },
    release: () => {
      stop();
      if (port !== null && isWished(state.wish)) step({ kind: 'wish', wish: noWish });
      const dropped = drop();
      void dropped?.close();
      tellProblem(null);
    },
    mayBeLit: () => lit.size > 0,
    lost: () => {
      stop();
      void drop()?.close();
    },
  };
};
