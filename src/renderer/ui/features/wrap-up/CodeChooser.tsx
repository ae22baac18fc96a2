import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../../components/chord.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { useLabel } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import type { ShownTerms } from '../../state/wrap-up-terms.ts';
import { ChosenCodes } from './ChosenCodes.tsx';
import styles from './CodeChooser.module.css';
import { findCodes, groupCodes, shownCodes, usedFirst, type ShownCode } from './code-search.ts';

/** A search field over a list that is always open: type, go with the arrows, choose with Enter. */
export const CodeChooser = ({
  fieldId,
  terms,
  chosen,
  missing,
  onChoose,
}: {
  readonly fieldId: string;
  readonly terms: ShownTerms;
  readonly chosen: readonly string[];
  /** Why what is chosen will not do; '': it will. */
  readonly missing: string;
  readonly onChoose: (codes: readonly string[]) => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const { maximumCodes } = terms.rules;
  const codes = shownCodes(terms.codes, terms.queue, label);
  const used = typed.trim() === '' ? usedFirst(codes, terms.used) : [];
  const groups = [
    ...(used.length === 0 ? [] : [{ heading: t('wrapUp.often'), codes: used }]),
    ...groupCodes(findCodes(codes, typed).filter((code) => !used.includes(code))),
  ];
  const found = groups.flatMap((group) => group.codes);
  const current = found.find(({ code }) => code === active) ?? found[0];
  const optionId = (code: string): string => `${id}-${code}`;

  const choose = ({ code, text }: ShownCode): void => {
    setActive(code);
    if (maximumCodes === 1) onChoose([code]);
    else if (chosen.includes(code)) onChoose(chosen.filter((other) => other !== code));
    else if (chosen.length >= maximumCodes) {
      announce(t('wrapUp.flaw.too_many_codes', { count: maximumCodes }));
      return;
    } else {
      onChoose([...chosen, code]);
      announce(t('wrapUp.codeAdded', { code: text }));
    }
    setTyped('');
  };
  const goBy = (step: number): void => {
    const at = current === undefined ? 0 : found.indexOf(current) + step;
    const next = found[Math.max(0, Math.min(found.length - 1, at))];
    if (next === undefined) return;
    setActive(next.code);
    document.getElementById(optionId(next.code))?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') goBy(1);
    else if (event.key === 'ArrowUp') goBy(-1);
    else if (event.key === 'Enter' && current !== undefined) choose(current);
    else if (event.key === 'Escape' && typed !== '') setTyped('');
    else if (event.key === 'Backspace' && typed === '' && maximumCodes > 1 && chosen.length > 0) {
      onChoose(chosen.slice(0, -1));
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles['chooser']}>
      <label className={styles['label']} htmlFor={fieldId}>
        {t(maximumCodes > 1 ? 'wrapUp.codes' : 'wrapUp.code')}
      </label>
      <SearchField
        id={fieldId}
        label={null}
        missing={missing !== ''}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={current === undefined ? undefined : optionId(current.code)}
        aria-required={terms.rules.mode !== 'optional'}
        aria-invalid={missing !== ''}
        aria-describedby={missing === '' ? undefined : `${id}-missing`}
        aria-keyshortcuts={ariaKeys(chords.wrapUpCode)}
        value={typed}
        placeholder={t('wrapUp.codeHint')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(null);
        }}
        onKeyDown={onKeyDown}
      />
      {missing === '' ? null : (
        <p id={`${id}-missing`} className={styles['missing']}>
          {missing}
        </p>
      )}
      {maximumCodes > 1 ? (
        <ChosenCodes
          codes={chosen.map(
            (code) => codes.find((known) => known.code === code) ?? { code, text: code, path: [] },
          )}
          maximum={maximumCodes}
          onRemove={(code) => {
            onChoose(chosen.filter((other) => other !== code));
            document.getElementById(fieldId)?.focus();
          }}
        />
      ) : null}
      <div
        id={`${id}-list`}
        className={styles['list']}
        role="listbox"
        aria-label={t('wrapUp.code')}
        aria-multiselectable={maximumCodes > 1 || undefined}
        // Chromium lets Tab stop at whatever scrolls; the arrows of the field go through this list.
        tabIndex={-1}
      >
        {groups.map(({ heading, codes: together }) => (
          <div
            key={heading}
            role="group"
            aria-label={heading === '' ? t('wrapUp.code') : heading}
            className={styles['group']}
          >
            {heading === '' ? null : (
              <p className={styles['heading']} role="presentation">
                {heading}
              </p>
            )}
            {together.map((option) => (
              <div
                key={option.code}
                id={optionId(option.code)}
                className={styles['option']}
                role="option"
                aria-selected={chosen.includes(option.code)}
                data-active={option === current || undefined}
                onPointerMove={() => {
                  setActive(option.code);
                }}
                onClick={() => {
                  choose(option);
                }}
              >
                <span>{option.text}</span>
                {chosen.includes(option.code) ? <IconCheck size={16} aria-hidden="true" /> : null}
              </div>
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles['none']}>{t('wrapUp.codeNone', { typed })}</p>
      ) : null}
    </div>
  );
};
