import { Textarea } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  findMacros,
  slashAt,
  type Macro,
  type Slash,
} from '../../../../shared/domain/macro/macro.ts';
import { useLabel, useLanguage } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { useMacros } from '../../state/guidance-store.ts';
import { useFilled } from '../../state/template-values.ts';
import type { Work } from '../../state/work.ts';
import { notesFieldId } from './finish.ts';
import styles from './NotesField.module.css';

const maximumLength = 10_000;

/** A slash at the caret, as if it had been typed: the list opens. */
export const beginMacro = (): void => {
  const field = document.getElementById(notesFieldId);
  if (!(field instanceof HTMLTextAreaElement)) return;
  if (document.activeElement !== field) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
  const { selectionStart, selectionEnd, value } = field;
  const isInWord = /\S$/u.test(value.slice(0, selectionStart));
  field.setRangeText(isInWord ? ' /' : '/', selectionStart, selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Notes of a call; a slash and some letters put a piece of text in. */
export const NotesField = ({
  work,
  notes,
  classNames,
  onChange,
}: {
  readonly work: Work;
  readonly notes: string;
  readonly classNames: { readonly root: string; readonly wrapper: string; readonly input: string };
  readonly onChange: (notes: string) => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const filled = useFilled(work, useLanguage());
  const macros = useMacros(work.queue);
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [slash, setSlash] = useState<Slash | null>(null);
  /** Where a list was put away: what was typed there is text. */
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const found =
    slash === null || slash.from === dismissed
      ? []
      : findMacros(macros, slash.typed, (macro) => label(macro.label));
  const current = found[Math.min(active, found.length - 1)];
  const optionId = (macro: Macro): string => `${listId}-${macro.code}`;

  const look = (): void => {
    const { current: area } = field;
    if (area === null) return;
    const { selectionStart, selectionEnd, value } = area;
    const next = selectionStart === selectionEnd ? slashAt(value, selectionStart) : null;
    if (next?.from !== slash?.from) setActive(0);
    if (next === null) setDismissed(null);
    // The list takes room from the field: the line that is written stays in sight.
    else if (selectionStart === value.length) area.scrollTop = area.scrollHeight;
    setSlash(next);
  };
  const put = (macro: Macro): void => {
    const { current: area } = field;
    if (area === null || slash === null) return;
    const { text, gaps } = filled(macro.text);
    const { value } = area;
    if (value.length + text.length - (slash.to - slash.from) > maximumLength) return;
    area.setRangeText(text, slash.from, slash.to, 'end');
    onChange(area.value);
    setSlash(null);
    const [gap] = gaps;
    announce(
      t(gap === undefined ? 'guidance.macroIn' : 'guidance.macroGap', { name: label(macro.label) }),
    );
    const { from } = slash;
    // What is not known is selected once the field shows the text: the next letter takes its place.
    if (gap !== undefined) {
      requestAnimationFrame(() => {
        area.setSelectionRange(from + gap.from, from + gap.to);
      });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter') put(current);
    else if (event.key === 'Escape') setDismissed(slash?.from ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles['field']} data-open={current === undefined ? undefined : true}>
      {current === undefined ? null : (
        <div
          id={listId}
          className={styles['list']}
          role="listbox"
          aria-label={t('guidance.macros')}
          // It scrolls: WCAG 2.1.1 wants it within reach. Whoever gets there is led back to the notes, whose keys move in it.
          tabIndex={0}
        >
          {found.map((macro) => (
            <div
              key={macro.code}
              id={optionId(macro)}
              className={styles['option']}
              role="option"
              aria-selected={macro === current}
              ref={(element) => {
                if (macro === current) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerDown={(event) => {
                // The caret stays in the notes.
                event.preventDefault();
                put(macro);
              }}
            >
              <span className={styles['code']}>/{macro.code}</span>
              <span className={styles['name']}>{label(macro.label)}</span>
              {macro === current ? (
                <span className={styles['text']}>{filled(macro.text).text}</span>
              ) : null}
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={field}
        id={notesFieldId}
        data-notes
        value={notes}
        maxLength={maximumLength}
        placeholder={t(macros.length === 0 ? 'wrapUp.notesHint' : 'wrapUp.notesHintMacros')}
        classNames={classNames}
        {...(macros.length === 0
          ? {}
          : {
              'aria-autocomplete': 'list' as const,
              'aria-controls': current === undefined ? undefined : listId,
              'aria-activedescendant': current === undefined ? undefined : optionId(current),
            })}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look();
        }}
        onSelect={look}
        onBlur={(event) => {
          if (event.relatedTarget?.id === listId) field.current?.focus();
          else setSlash(null);
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
};
