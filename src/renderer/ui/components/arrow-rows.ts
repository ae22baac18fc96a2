import type { KeyboardEvent } from 'react';

/**
 * Moves the focus between the lines of a list (`data-row`) with the arrows; Home and End lead to the ends. Answers
 * whether the press meant that.
 */
export const moveByArrows = (event: KeyboardEvent<HTMLElement>): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const row =
    event.target instanceof Element
      ? event.target.closest('li')?.querySelector('[data-row]')
      : null;
  const index = rows.findIndex((known) => known === row);
  const next =
    event.key === 'ArrowDown'
      ? rows[index + 1]
      : event.key === 'ArrowUp'
        ? rows[index - 1]
        : event.key === 'Home'
          ? rows[0]
          : event.key === 'End'
            ? rows.at(-1)
            : undefined;
  if (next === undefined || index < 0) return false;
  event.preventDefault();
  next.focus();
  return true;
};

/** The first line of the list, if it has any. */
export const focusFirstRow = (list: HTMLElement | null): void => {
  list?.querySelector<HTMLElement>('[data-row]')?.focus();
};
