import { useMemo } from 'react';
import type { WrapUpCode } from '../../../shared/api/records.ts';
import type { WrapUpFieldView } from '../../../shared/api/wrap-ups.ts';
import { rulesFor, type WrapUpRules } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import type { WrapUpTerms } from '../../../shared/domain/wrap-up/wrap-up-words.ts';
import type { SessionView } from '../../../shared/ipc/desk.ts';
import { useDesk, useDeskStore } from '../bridge/desk-store.ts';

/** The rules of a queue, with the words that its codes and fields have on screen. */
export type ShownTerms = Omit<WrapUpTerms, 'codes'> & {
  readonly codes: readonly WrapUpCode[];
  readonly fields: readonly WrapUpFieldView[];
  /** The codes that this agent chooses most. */
  readonly used: readonly string[];
};

export const termsIn = (session: SessionView, queue: string | null): ShownTerms => {
  if (session.state !== 'signed_in') {
    return { queue, rules: rulesFor([], queue), codes: [], fields: [], used: [] };
  }
  const { wrapUpRules = [], wrapUpCodes, usedCodes = [] } = session;
  const rules: WrapUpRules = rulesFor(wrapUpRules, queue);
  const fields = wrapUpRules.find((each) => each.queue === queue)?.fields ?? [];
  return { queue, rules, codes: wrapUpCodes, fields, used: usedCodes };
};

export const currentTerms = (queue: string | null): ShownTerms =>
  termsIn(useDeskStore.getState().desk?.session ?? { state: 'signing_in' }, queue);

/** How the queue of a call wants its wrap-up. */
export const useTerms = (queue: string | null): ShownTerms => {
  const session = useDesk((desk) => desk.session);
  return useMemo(() => termsIn(session, queue), [session, queue]);
};
