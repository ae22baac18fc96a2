import { i18n } from '../../i18n/i18n.ts';
import { announce } from '../../state/announcement-store.ts';
import { closeKnowledge, useKnowledge } from '../../state/knowledge-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { articleText, type Hit } from './article-text.ts';

/** Puts an article where the caret stood, and the caret behind it, as if it had been typed. */
export const putArticle = ({ article }: Hit, withSnippet: boolean): void => {
  const target = useKnowledge.getState().opened?.target ?? null;
  if (target === null) return;
  const { area, from, to } = target;
  const text = articleText(article, area.value.slice(0, from), withSnippet);
  closeKnowledge();
  if (!area.isConnected) {
    giveNotice({ tone: 'error', text: i18n.t('knowledge.notesGone'), detail: null });
    return;
  }
  // A script may not fill a field past what may be typed into it: what is longer would not be kept.
  if (area.maxLength > 0 && area.value.length - (to - from) + text.length > area.maxLength) {
    giveNotice({ tone: 'error', text: i18n.t('knowledge.notesFull'), detail: null });
    return;
  }
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  announce(i18n.t('knowledge.inserted', { title: article.title }));
  const caret = from + text.length;
  // After the dialog gave the focus back.
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(caret, caret);
    });
  });
};
