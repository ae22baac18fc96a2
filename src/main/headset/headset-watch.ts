import type { Refusal } from '../../shared/ipc/contract.ts';
import type { HeadsetLog, HeadsetNews } from '../../shared/ipc/headset.ts';
import { nothingWatched, withNews } from '../../shared/ipc/headset-news.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { HeadsetHandlers } from '../ipc/ui-answers.ts';
import { reasonOf } from '../log/logger.ts';

export type HeadsetWatching = {
  readonly handlers: HeadsetHandlers;
  readonly take: (news: HeadsetNews) => void;
  /** The phone as it is now: an engine that was born meanwhile knows of nobody who looks. */
  readonly takePhone: (phone: Pick<PhoneSnapshot, 'engineId'>) => void;
  /** The page that looked is gone. */
  readonly close: () => void;
};

type Ports = {
  readonly order: (on: boolean) => void;
  readonly publish: (news: HeadsetNews) => void;
  /** Asks the user where to; null: nowhere. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  readonly program: string;
  readonly system: string;
  readonly wallNow: () => number;
};

/** Holds what went in and out of headsets, while a page shows it. */
export const createHeadsetWatch = (ports: Ports): HeadsetWatching => {
  let watched = false;
  let known = nothingWatched;
  let engine: string | null = null;

  const watch = (on: boolean): void => {
    if (!on && !watched) return;
    watched = on;
    known = nothingWatched;
    ports.order(on);
  };

  const save = async (note: string): Promise<Result<string | null, Refusal>> => {
    const log: HeadsetLog = {
      format: 'ringside-headset-log',
      version: 1,
      program: ports.program,
      system: ports.system,
      note,
      ...known,
    };
    const day = new Date(ports.wallNow()).toISOString().slice(0, 10);
    try {
      return success(
        await ports.saveFile(`ringside-headset-${day}.json`, `${JSON.stringify(log, null, 1)}\n`),
      );
    } catch (thrown) {
      return failure({ code: 'failed', detail: reasonOf(thrown) });
    }
  };

  return {
    handlers: {
      'headsets.watch': () => {
        watch(true);
        return success(null);
      },
      'headsets.unwatch': () => {
        watch(false);
        return success(null);
      },
      'headsets.export': ({ note }) => save(note),
    },
    take: (news) => {
      if (!watched) return;
      known = withNews(known, news);
      ports.publish(news);
    },
    takePhone: ({ engineId }) => {
      if (engineId === engine) return;
      engine = engineId;
      if (watched) ports.order(true);
    },
    close: () => watch(false),
  };
};
