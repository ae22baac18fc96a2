import { useEffect } from 'react';
import { create } from 'zustand';
import type { KeptWriting, WriteDraft } from '../../../shared/ipc/deeds.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { i18n } from '../i18n/i18n.ts';
import { giveNotice } from './notice-store.ts';
import { ask } from './orders.ts';

/** What was typed for another system; kept until it was sent, however often the form, the window or the program is closed. */

export type WriteKind = KeptWriting['kind'];

type Drafts = Readonly<Record<string, KeptWriting>>;
type Kept = { readonly drafts: Drafts };

const settleMs = 250;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** Changed here since the disk was asked: what it says of them is old. */
const touched = new Set<string>();

const useKept = create<Kept>(() => ({ drafts: {} }));

const keyOf = (kind: WriteKind, contactId: string): string => `${kind} ${contactId}`;

export const keptWriting = (kind: WriteKind, contactId: string): WriteDraft | null =>
  useKept.getState().drafts[keyOf(kind, contactId)]?.draft ?? null;

/** Which of them wait to be gone on with. */
export const useIsBegun = (): ((kind: WriteKind, contactId: string | null) => boolean) => {
  const drafts = useKept((kept) => kept.drafts);
  return (kind, contactId) => contactId !== null && keyOf(kind, contactId) in drafts;
};

const send = async (
  kind: WriteKind,
  contactId: string,
  draft: WriteDraft | null,
): Promise<void> => {
  const answer = await ask('deeds.keep', { kind, contactId, draft });
  if (answer.ok || answer.why.code === 'not_signed_in') return;
  giveNotice({ tone: 'error', text: i18n.t('wrapUp.notKept'), detail: answer.why.detail });
};

const stopTimer = (key: string): void => {
  clearTimeout(timers.get(key));
  timers.delete(key);
};

const flush = (key: string): void => {
  if (!timers.has(key)) return;
  stopTimer(key);
  const kept = useKept.getState().drafts[key];
  if (kept !== undefined) void send(kept.kind, kept.contactId, kept.draft);
};

export const flushWriting = (): void => {
  for (const key of [...timers.keys()]) flush(key);
};

window.addEventListener('blur', flushWriting);
window.addEventListener('pagehide', flushWriting);

export const keepWriting = (kind: WriteKind, contactId: string, draft: WriteDraft): void => {
  const key = keyOf(kind, contactId);
  touched.add(key);
  useKept.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: { kind, contactId, draft } } }));
  stopTimer(key);
  timers.set(
    key,
    setTimeout(() => {
      flush(key);
    }, settleMs),
  );
};

/** It was sent, or nobody wants it any more. */
export const dropWriting = (kind: WriteKind, contactId: string): void => {
  const key = keyOf(kind, contactId);
  touched.add(key);
  stopTimer(key);
  useKept.setState(({ drafts }) => {
    const { [key]: _dropped, ...others } = drafts;
    return { drafts: others };
  });
  void send(kind, contactId, null);
};

/** Somebody else works here from now on; what the disk has waits for its own agent. */
export const forgetKeptWriting = (): void => {
  for (const key of [...timers.keys()]) stopTimer(key);
  touched.clear();
  useKept.setState({ drafts: {} });
};

/** Brings back what the disk has of whoever signed in. */
export const useRestoredWriting = (): void => {
  const userId = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  useEffect(() => {
    let current = userId !== '';
    if (current) {
      void ask('deeds.kept', null).then((answer) => {
        if (!current || !answer.ok) return;
        const read = answer.value.drafts
          .map((kept) => [keyOf(kept.kind, kept.contactId), kept] as const)
          .filter(([key]) => !touched.has(key));
        useKept.setState(({ drafts }) => ({ drafts: { ...drafts, ...Object.fromEntries(read) } }));
      });
    }
    return () => {
      current = false;
      forgetKeptWriting();
    };
  }, [userId]);
};
