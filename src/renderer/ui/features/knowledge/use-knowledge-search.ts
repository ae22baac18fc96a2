import { useEffect, useState } from 'react';
import type { KnowledgeSource } from '../../../../shared/api/elsewhere.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';

/** Vendors count requests: a word that is still being typed is not looked for. */
const settleMs = 250;
/** After this somebody wonders whether anything goes on. */
const slowMs = 1_500;
export const fewestLetters = 2;

export type Searched =
  | { readonly state: 'nothing_typed' }
  | { readonly state: 'searching'; readonly isSlow: boolean }
  | { readonly state: 'away' }
  | { readonly state: 'answered'; readonly sources: readonly KnowledgeSource[] };

type Kept = { readonly text: string; readonly searched: Searched };

/** Looks for what is typed; an answer to what is no longer typed counts for nothing. */
export const useKnowledgeSearch = (typed: string, attempt: number): Searched => {
  const locale = useLocale();
  const text = typed.trim();
  const key = `${String(attempt)} ${text}`;
  const [kept, setKept] = useState<Kept | null>(null);
  useEffect(() => {
    if (text.length < fewestLetters) return;
    let current = true;
    const tell = (searched: Searched): void => {
      if (current) setKept({ text: key, searched });
    };
    const slow = setTimeout(() => {
      tell({ state: 'searching', isSlow: true });
    }, settleMs + slowMs);
    const timer = setTimeout(() => {
      void ask('knowledge.search', { text, locale }).then((answer) => {
        clearTimeout(slow);
        tell(answer.ok ? { state: 'answered', sources: answer.value.sources } : { state: 'away' });
      });
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
      clearTimeout(slow);
    };
  }, [text, key, locale]);
  if (text.length < fewestLetters) return { state: 'nothing_typed' };
  return kept?.text === key ? kept.searched : { state: 'searching', isSlow: false };
};
