import type { HeadsetDescription, HeadsetEntry, HeadsetNews } from '../../../shared/ipc/headset.ts';
import { headsetLogLength } from '../../../shared/ipc/headset.ts';

/** What is told at once; a press and its lights come together. */
const tellAfterMs = 50;
/** Those that were unplugged longest ago are forgotten. */
const headsetsKept = 16;

type Told<Entry> = Entry extends unknown ? Omit<Entry, 'at'> : never;

export type HeadsetLogBook = {
  readonly describe: (headset: HeadsetDescription) => void;
  readonly gone: (headset: number) => void;
  readonly note: (entry: Told<HeadsetEntry>) => void;
  readonly watch: (on: boolean) => void;
};

/** The last of what went in and out of headsets, kept in memory and told only to a page that watches. */
export const createHeadsetLog = (
  report: (news: HeadsetNews) => void,
  now: () => number = () => performance.now(),
): HeadsetLogBook => {
  let headsets: readonly HeadsetDescription[] = [];
  let entries: HeadsetEntry[] = [];
  let isWatched = false;
  /** What came since the page was told. */
  let fresh: HeadsetEntry[] | null = null;

  const tell = (): void => {
    if (fresh === null) return;
    const news = fresh.slice(-headsetLogLength);
    fresh = null;
    if (isWatched) report({ whole: false, headsets: [...headsets], entries: news });
  };
  const tellSoon = (entry: HeadsetEntry | null): void => {
    if (!isWatched) return;
    if (fresh === null) {
      fresh = [];
      setTimeout(tell, tellAfterMs);
    }
    if (entry !== null) fresh.push(entry);
  };
  const put = (headset: HeadsetDescription): void => {
    const others = headsets.filter((each) => each.headset !== headset.headset);
    headsets = [...others, headset].slice(-headsetsKept);
    tellSoon(null);
  };

  return {
    describe: put,
    gone: (headset) => {
      const known = headsets.find((each) => each.headset === headset);
      if (known !== undefined) put({ ...known, present: false });
    },
    note: (told) => {
      const entry: HeadsetEntry = { ...told, at: Math.round(now() * 10) / 10 };
      entries.push(entry);
      if (entries.length > headsetLogLength * 2) entries = entries.slice(-headsetLogLength);
      tellSoon(entry);
    },
    watch: (on) => {
      isWatched = on;
      fresh = null;
      if (!on) return;
      report({
        whole: true,
        headsets: [...headsets],
        entries: entries.slice(-headsetLogLength),
      });
    },
  };
};
