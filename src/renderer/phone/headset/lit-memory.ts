import { textOf, type Logger } from '../log.ts';

/** What outlives this page and this program: the models of headsets that may show lights of ours, one for each headset. */
export type LitMemory = {
  readonly read: () => readonly string[];
  readonly keep: (models: readonly string[]) => void;
};

const key = 'headsets-lit';
/** Of headsets that never come back. */
const most = 32;

/**
 * In the page's own storage, which needs no answer from main while it rings. A program that is killed may lose the last
 * seconds of it: then a headset that was plugged in is put out at the next start all the same.
 */
export const storedLitMemory = (log: Logger): LitMemory => ({
  read: () => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
    } catch (error) {
      log.warn('Which headsets were left lit is not known', { error: textOf(error) });
      return [];
    }
  },
  keep: (models) => {
    try {
      localStorage.setItem(key, JSON.stringify(models));
    } catch (error) {
      log.warn('Which headsets are lit cannot be kept', { error: textOf(error) });
    }
  },
});

/** Headsets that went away before their lights were out: what they show when they are back is ours to put out. */
export type LitDebts = {
  readonly add: (model: string) => void;
  /** Whether one of this model is owed it; it is not any more then. */
  readonly take: (model: string) => boolean;
  /** Something changed: it is kept for whoever comes after this page. */
  readonly keep: () => void;
};

/** `litNow`: those that are plugged in and may be lit; a page that dies leaves them so. */
export const litDebts = (memory: LitMemory, litNow: () => readonly string[]): LitDebts => {
  let owed = memory.read();
  let kept = JSON.stringify(owed);
  return {
    add: (model) => {
      owed = [...owed, model].slice(-most);
    },
    take: (model) => {
      const at = owed.indexOf(model);
      owed = owed.filter((_each, place) => place !== at);
      return at >= 0;
    },
    keep: () => {
      const now = [...owed, ...litNow()].slice(-most);
      const text = JSON.stringify(now);
      if (text === kept) return;
      kept = text;
      memory.keep(now);
    },
  };
};
