import { create } from 'zustand';
import { giveNotice } from './notice-store.ts';
import { ask } from './orders.ts';
import { rememberCompleted } from './use-works.ts';
import { i18n } from '../i18n/i18n.ts';
import { wordsWithoutCards } from '../../../shared/domain/payment/card-digits.ts';
import type { WrapUpWords } from '../../../shared/domain/wrap-up/wrap-up-words.ts';
import type { Work } from './work.ts';

/** A wrap-up as it is being written. It is on its way to the disk 250 ms after the last key at the latest. */
export type DraftText = WrapUpWords;

type Drafts = { readonly texts: Readonly<Record<string, DraftText>> };

const settleMs = 250;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

const useDrafts = create<Drafts>(() => ({ texts: {} }));

const emptyText: DraftText = { codes: [], fields: {}, notes: '' };

const savedText = ({ draft }: Work): DraftText => {
  if (draft === null) return emptyText;
  const { code, codes = [], fields = {}, notes } = draft;
  return { codes: code === null ? [] : [code, ...codes], fields, notes };
};

/** As main takes it. */
export const saidIn = ({ codes: [code, ...codes], fields, notes }: DraftText) => ({
  code: code ?? null,
  codes,
  fields,
  notes,
});

/** What was typed here, else what the disk has. */
export const useDraftText = (work: Work): DraftText => {
  const typed = useDrafts(({ texts }) => texts[work.callId]);
  return typed ?? savedText(work);
};

const send = async (callId: string): Promise<void> => {
  const text = useDrafts.getState().texts[callId];
  if (text === undefined) return;
  const answer = await ask('wrapUp.draft', { callId, ...saidIn(text) });
  if (answer.ok || answer.why.code === 'no_such_call') return;
  giveNotice({ tone: 'error', text: i18n.t('wrapUp.notKept'), detail: answer.why.detail });
};

/** Sends what waits, now. */
export const flushDraft = (callId: string): void => {
  const timer = timers.get(callId);
  if (timer === undefined) return;
  clearTimeout(timer);
  timers.delete(callId);
  void send(callId);
};

const flushAll = (): void => {
  for (const callId of [...timers.keys()]) flushDraft(callId);
};

window.addEventListener('blur', flushAll);
window.addEventListener('pagehide', flushAll);

export const editDraft = (work: Work, part: Partial<DraftText>): void => {
  const { callId } = work;
  useDrafts.setState(({ texts }) => ({
    texts: { ...texts, [callId]: { ...(texts[callId] ?? savedText(work)), ...part } },
  }));
  const waiting = timers.get(callId);
  if (waiting !== undefined) clearTimeout(waiting);
  timers.set(
    callId,
    setTimeout(() => {
      flushDraft(callId);
    }, settleMs),
  );
};

/** Takes the digits of cards out of what was typed; true: there were any. */
export const withoutCards = (work: Work): boolean => {
  const typed = currentDraftText(work);
  const kept = wordsWithoutCards(typed);
  if (kept === typed) return false;
  editDraft(work, kept);
  return true;
};

/** The text as it stands, for completing by a key. */
export const currentDraftText = (work: Work): DraftText =>
  useDrafts.getState().texts[work.callId] ?? savedText(work);

/** Completes the wrap-up, once main has it on disk; where nobody gets out early (`atOnce` false) it stays a while. */
export const completeWrapUp = async (work: Work, atOnce: boolean): Promise<boolean> => {
  const { callId } = work;
  const said = saidIn(wordsWithoutCards(currentDraftText(work)));
  const waiting = timers.get(callId);
  if (waiting !== undefined) clearTimeout(waiting);
  timers.delete(callId);
  const answer = await ask('wrapUp.complete', { callId, ...said, code: said.code ?? '' });
  if (answer.ok && !atOnce) return true;
  if (answer.ok) {
    rememberCompleted(callId);
    useDrafts.setState(({ texts }) => {
      const { [callId]: _done, ...rest } = texts;
      return { texts: rest };
    });
    return true;
  }
  giveNotice({
    tone: 'error',
    text: i18n.t('wrapUp.notCompleted', { why: i18n.t(`refusal.${answer.why.code}`) }),
    detail: answer.why.detail,
  });
  return false;
};
