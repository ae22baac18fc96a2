import { create } from 'zustand';
import { wrapUpReadiness } from '../../../../shared/domain/wrap-up/readiness.ts';
import { underRules } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { serverNow } from '../../bridge/clock.ts';
import { i18n } from '../../i18n/i18n.ts';
import { announce } from '../../state/announcement-store.ts';
import { completeWrapUp, currentDraftText } from '../../state/draft-store.ts';
import { order } from '../../state/orders.ts';
import { change } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';
import { showPart } from '../../state/work-part.ts';
import { currentTerms } from '../../state/wrap-up-terms.ts';
import { isCodeFlaw, keyOf, wordsOfFlaw } from './flaw-words.ts';
import { progressOf } from './progress.ts';

type Missing = { readonly callId: string | null };

const useMissing = create<Missing>(() => ({ callId: null }));

/** Whether the agent tried to finish this wrap-up while something was missing. */
export const useTriedToFinish = (callId: string): boolean =>
  useMissing((missing) => missing.callId === callId);

export const codeFieldId = 'wrap-up-code';
export const notesFieldId = 'wrap-up-notes';
export const fieldId = (key: string): string => `wrap-up-field-${key}`;

export const focusCodeField = (): void => {
  document.getElementById(codeFieldId)?.focus();
};

/** Finishes by button or key. While something is missing it goes nowhere but there. */
export const finishWrapUp = async (work: Work): Promise<void> => {
  const terms = currentTerms(work.queue);
  const words = underRules(terms.rules, currentDraftText(work));
  const { flaws, endsAtOnce } = wrapUpReadiness(terms, progressOf(work, words), serverNow());
  const [flaw] = flaws;
  if (flaw !== undefined) {
    useMissing.setState({ callId: work.callId });
    announce(wordsOfFlaw(flaw, i18n.t));
    showPart(work, 'notes', () => {
      if (isCodeFlaw(flaw)) focusCodeField();
      else document.getElementById(fieldId(keyOf(flaw)))?.focus();
    });
    return;
  }
  useMissing.setState({ callId: null });
  if (!(await completeWrapUp(work, endsAtOnce))) return;
  if (!endsAtOnce) {
    announce(i18n.t('wrapUp.doneWaits'));
    return;
  }
  change({ chosenCallId: null });
  announce(i18n.t('wrapUp.completed'));
};

export const extendWrapUp = async (work: Work): Promise<void> => {
  const answer = await order('wrapUp.extend', { callId: work.callId });
  if (answer.ok) announce(i18n.t('wrapUp.extended'));
};
