import { create } from 'zustand';
import {
  nothingWatched,
  withNews,
  type HeadsetWatch,
} from '../../../../shared/ipc/headset-news.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ask } from '../../state/orders.ts';

/** `known`: the phone has told what there is. */
export const useHeadsets = create<HeadsetWatch & { readonly known: boolean }>(() => ({
  ...nothingWatched,
  known: false,
}));

/** Looks at the headsets from now on. Answers how to stop; meanwhile the phone tells of every report. */
export const watchHeadsets = (): (() => void) => {
  useHeadsets.setState({ ...nothingWatched, known: false });
  const stop = bridge().on('headsets.news', (news) => {
    useHeadsets.setState({ ...withNews(useHeadsets.getState(), news), known: true });
  });
  void ask('headsets.watch', null);
  return () => {
    stop();
    void ask('headsets.unwatch', null);
  };
};
