import {
  appliesByItself,
  unusedForMs,
  updateFailureOf,
  updateObstacle,
  type DeskAtWork,
  type UpdateFailure,
} from '../../shared/domain/update/update.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { UpdateView } from '../../shared/ipc/update.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { UpdateHandlers } from '../ipc/ui-answers.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import { isFeedAllowed } from './feed.ts';
import type { FoundUpdate, Updater } from './updater.ts';

const log = createLogger('updates');
/** The desks of a centre sign in at the same minute, and do not ask at the same one. */
const firstCheckWithinMs = 5 * 60_000;
const checkEveryMs = 4 * 3_600_000;
/** A download would take the line from a call; one that goes on already is let be. */
const afterCallMs = 5 * 60_000;
const percentStep = 5;

export type UpdatesPorts = {
  readonly store: DeskStore;
  readonly atWork: () => DeskAtWork;
  /** By the command line; null: the backend's word counts. */
  readonly feed: string | null;
  /** Whether this program's file can be replaced at all. */
  readonly isReplaceable: boolean;
  /** What does the work; loaded when there is a feed. */
  readonly load: (feed: string) => Promise<Updater>;
  /** How long nobody has touched this machine. */
  readonly unusedMs: () => number;
  /** Says good-bye and ends the program, which is started again. */
  readonly restart: () => void;
  readonly wallNow: () => number;
  readonly random: () => number;
  readonly setTimer: (run: () => void, afterMs: number) => () => void;
};

export type Updates = {
  readonly handlers: UpdateHandlers;
  /** The desk or the phone changed. */
  readonly follow: () => void;
  /** The program ends: what was downloaded takes its place. */
  readonly leaving: (restart: boolean) => Promise<void>;
};

/** New versions: asked for now and then, downloaded beside the work, applied where nothing suffers from it. */
export const createUpdates = (ports: UpdatesPorts): Updates => {
  const { store } = ports;
  let feed: string | null = null;
  let updater: Promise<Updater> | null = null;
  let found: FoundUpdate | null = null;
  let stopCheck: (() => void) | null = null;
  let stopLook: (() => void) | null = null;
  let checking: Promise<void> | null = null;

  const shown = (): UpdateView | undefined => store.snapshot().update;
  const tell = (update: UpdateView): void => {
    if (JSON.stringify(shown()) !== JSON.stringify(update)) store.update({ update });
  };

  const tellFound = ({ version, notes }: FoundUpdate): void =>
    tell({ state: 'ready', version, notes, obstacle: updateObstacle(ports.atWork()) });

  const fail = (thrown: unknown): void => {
    const why = updateFailureOf(thrown);
    log.warn('There is no new version to be had', { kind: why, why: reasonOf(thrown) });
    // What was downloaded before is good still.
    if (found !== null) tellFound(found);
    else tell({ state: 'failed', why, at: ports.wallNow() });
  };

  const look = async (from: string): Promise<void> => {
    try {
      if (found === null) tell({ state: 'checking' });
      const { find } = await (updater ??= ports.load(from));
      const next = await find((version, percent) => {
        if (found !== null || from !== feed) return;
        tell({
          state: 'downloading',
          version,
          percent: Math.floor(percent / percentStep) * percentStep,
        });
      });
      if (from !== feed) return;
      if (next !== null) {
        if (found?.version !== next.version) log.info('Downloaded', { version: next.version });
        found = next;
        tellFound(next);
        follow();
      } else if (found !== null) tellFound(found);
      else tell({ state: 'newest', checkedAt: ports.wallNow() });
    } catch (thrown) {
      if (from === feed) fail(thrown);
    }
  };

  const checkIn = (afterMs: number): void => {
    stopCheck?.();
    stopCheck = ports.setTimer(() => void check(false), afterMs);
  };

  const check = async (isAsked: boolean): Promise<void> => {
    const from = feed;
    if (from === null) return;
    if (!isAsked && ports.atWork().inCall) {
      checkIn(afterCallMs);
      return;
    }
    checkIn(checkEveryMs * (0.75 + ports.random() / 2));
    checking ??= look(from).finally(() => (checking = null));
    await checking;
  };

  const useFeed = (wanted: string | null): void => {
    feed = wanted;
    updater = null;
    found = null;
    stopCheck?.();
    stopCheck = null;
    if (wanted === null) return;
    log.info('New versions are looked for', { from: wanted });
    tell({ state: 'newest', checkedAt: null });
    checkIn(ports.random() * firstCheckWithinMs);
  };

  /** What is kept of a session that ended: a program that is signed out is the best moment to be replaced. */
  const feedOf = ({ session }: DeskSnapshot): string | null =>
    ports.feed ?? (session.state === 'signed_in' ? (session.updates ?? null) : feed);

  const followFeed = (desk: DeskSnapshot): void => {
    const wanted = feedOf(desk);
    const isAllowed = wanted !== null && isFeedAllowed(wanted);
    if (!ports.isReplaceable) tell({ state: 'off', why: 'not_replaceable' });
    else if (wanted === null) tell({ state: 'off', why: 'no_feed' });
    else if (!isAllowed) tell({ state: 'off', why: 'feed_not_allowed' });
    const next = ports.isReplaceable && isAllowed ? wanted : null;
    if (next !== feed) useFeed(next);
  };

  const follow = (): void => {
    const desk = store.snapshot();
    followFeed(desk);
    if (found === null) return;
    tellFound(found);
    const isSignedOut = desk.session.state === 'signed_out';
    if (!isSignedOut) {
      stopLook?.();
      stopLook = null;
      return;
    }
    if (stopLook !== null) return;
    const restartIfUnused = (): void => {
      stopLook = null;
      const isNow = store.snapshot().session.state === 'signed_out';
      const moment = { isSignedOut: isNow, unusedMs: ports.unusedMs() };
      if (appliesByItself(ports.atWork(), moment)) void apply(null);
      else if (isNow) stopLook = ports.setTimer(restartIfUnused, unusedForMs);
    };
    stopLook = ports.setTimer(restartIfUnused, unusedForMs);
  };

  /** Puts the new file beside the old one; nothing is changed when it cannot be. */
  const prepare = async (): Promise<Result<null, UpdateFailure>> => {
    if (updater === null || found === null) return failure('failed');
    try {
      await (await updater).prepare();
      return success(null);
    } catch (thrown) {
      log.error('The new version could not be put in place', { why: reasonOf(thrown) });
      return failure(updateFailureOf(thrown));
    }
  };

  const apply: UpdateHandlers['update.apply'] = async () => {
    const before = updateObstacle(ports.atWork());
    if (before !== null) return success({ obstacle: before, failure: null });
    const prepared = await prepare();
    if (!prepared.ok) return success({ obstacle: null, failure: prepared.why });
    // A call may have come while the file was written.
    const obstacle = updateObstacle(ports.atWork());
    if (obstacle === null) ports.restart();
    return success({ obstacle, failure: null });
  };

  return {
    handlers: {
      'update.check': async () => {
        follow();
        await check(true);
        return success(null);
      },
      'update.apply': apply,
    },
    follow,
    leaving: async (restart) => {
      stopCheck?.();
      stopLook?.();
      if (updater === null || found === null) return;
      const prepared = await prepare();
      if (prepared.ok) (await updater).replace(restart);
    },
  };
};
