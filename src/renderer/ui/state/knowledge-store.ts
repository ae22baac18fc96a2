import { create } from 'zustand';

/** The notes that an article can be put into, and where its caret stood when the search was opened. */
export type NotesTarget = {
  readonly area: HTMLTextAreaElement;
  readonly from: number;
  readonly to: number;
};

type Opened = {
  readonly target: NotesTarget | null;
  /** What had the focus, and gets it back. */
  readonly origin: Element | null;
};

export const useKnowledge = create<{ readonly opened: Opened | null }>(() => ({ opened: null }));

/** Notes of a call, or of a past contact that is being put right. */
const notesSelector = 'textarea[data-notes]';

/** Where text goes: the notes with the caret in them, else at the end of those that are there. */
const targetNow = (): NotesTarget | null => {
  const { activeElement } = document;
  if (activeElement instanceof HTMLTextAreaElement && activeElement.matches(notesSelector)) {
    const { selectionStart: from, selectionEnd: to } = activeElement;
    return { area: activeElement, from, to };
  }
  const area = document.querySelector<HTMLTextAreaElement>(notesSelector);
  return area === null ? null : { area, from: area.value.length, to: area.value.length };
};

export const openKnowledge = (): void => {
  if (useKnowledge.getState().opened !== null) return;
  useKnowledge.setState({ opened: { target: targetNow(), origin: document.activeElement } });
};

/** Closes; what had the focus has it again. */
export const closeKnowledge = (): void => {
  const { opened } = useKnowledge.getState();
  useKnowledge.setState({ opened: null });
  // Once the dialog is gone: while it is there it holds the focus.
  requestAnimationFrame(() => {
    if (opened?.origin instanceof HTMLElement) opened.origin.focus();
  });
};
