import { useMemo } from 'react';
import { create } from 'zustand';
import { useDesk } from '../bridge/desk-store.ts';
import { usePhone, usePhoneStore } from '../bridge/phone-store.ts';
import { worksOf, type Work } from './work.ts';

type CallMemory = { readonly completed: readonly string[]; readonly seenLive: readonly string[] };

const remembered = 50;

/** What this window knows of calls beyond the snapshots. */
const useCallMemory = create<CallMemory>(() => ({ completed: [], seenLive: [] }));

export const rememberCompleted = (callId: string): void => {
  useCallMemory.setState(({ completed }) => ({
    completed: [...completed.slice(-remembered), callId],
  }));
};

usePhoneStore.subscribe(({ phone }) => {
  const { seenLive } = useCallMemory.getState();
  const unseen = (phone?.calls ?? [])
    .filter((call) => call.state === 'answering' || call.state === 'connected')
    .map((call) => call.callId)
    .filter((callId) => !seenLive.includes(callId));
  if (unseen.length > 0) {
    useCallMemory.setState({ seenLive: [...seenLive.slice(-remembered), ...unseen] });
  }
});

const noCalls: readonly never[] = [];

export const useWorks = (): readonly Work[] => {
  const calls = usePhone((phone) => phone?.calls ?? noCalls);
  const cards = useDesk((desk) => desk.cards);
  const drafts = useDesk((desk) => desk.wrapUps);
  const finished = useDesk((desk) => desk.finished?.callId ?? null);
  const { completed, seenLive } = useCallMemory();
  return useMemo(
    () =>
      worksOf({
        calls,
        cards,
        drafts,
        completed: finished === null ? completed : [...completed, finished],
        seenLive,
      }),
    [calls, cards, drafts, completed, finished, seenLive],
  );
};
