import { create } from 'zustand';
import { i18n } from '../../i18n/i18n.ts';
import { announce } from '../../state/announcement-store.ts';
import { completeWrapUp, currentDraftText } from '../../state/draft-store.ts';
import { change } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';

type Missing = { readonly callId: string | null };

const useMissing = create<Missing>(() => ({ callId: null }));

/** Whether the agent tried to finish this wrap-up without a code. */
export const useMissingCode = (callId: string): boolean =>
  useMissing((missing) => missing.callId === callId);

export const codeFieldId = 'wrap-up-code';

export const focusCodeField = (): void => {
  document.getElementById(codeFieldId)?.focus();
};

/** Finishes by button or key. Without a code it goes nowhere but to the code. */
export const finishWrapUp = async (work: Work): Promise<void> => {
  if (currentDraftText(work).code === null) {
    useMissing.setState({ callId: work.callId });
    announce(i18n.t('wrapUp.codeMissing'));
    focusCodeField();
    return;
  }
  useMissing.setState({ callId: null });
  if (!(await completeWrapUp(work))) return;
  change({ chosenCallId: null });
  announce(i18n.t('wrapUp.completed'));
};
