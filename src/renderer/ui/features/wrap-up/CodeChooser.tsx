import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import styles from './CodeChooser.module.css';
import { findCodes, type ShownCode } from './code-search.ts';
import { codeFieldId } from './finish.ts';

/** A search field over a list that is always open: type, go with the arrows, choose with Enter. */
export const CodeChooser = ({
  codes,
  chosen,
  missing,
  onChoose,
}: {
  readonly codes: readonly ShownCode[];
  readonly chosen: string | null;
  readonly missing: boolean;
  readonly onChoose: (code: string) => void;
}) => {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const found = findCodes(codes, typed);
  const current = found[Math.min(active, found.length - 1)];
  const optionId = (code: string): string => `${id}-${code}`;

  const choose = (code: string): void => {
    onChoose(code);
    setTyped('');
    setActive(
      Math.max(
        0,
        codes.findIndex((known) => known.code === code),
      ),
    );
  };
  const goTo = (index: number): void => {
    const next = found[index];
    if (next === undefined) return;
    setActive(index);
    document.getElementById(optionId(next.code))?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') goTo(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') goTo(Math.max(0, active - 1));
    else if (event.key === 'Enter' && current !== undefined) choose(current.code);
    else if (event.key === 'Escape' && typed !== '') setTyped('');
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles['chooser']}>
      <label className={styles['label']} htmlFor={codeFieldId}>
        {t('wrapUp.code')}
      </label>
      <div className={styles['field']} data-missing={missing || undefined}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          id={codeFieldId}
          className={styles['input']}
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={current === undefined ? undefined : optionId(current.code)}
          aria-required="true"
          aria-invalid={missing}
          aria-describedby={missing ? `${id}-missing` : undefined}
          aria-keyshortcuts={ariaKeys(chords.wrapUpCode)}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          placeholder={t('wrapUp.codeHint')}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {missing ? (
        <p id={`${id}-missing`} className={styles['missing']}>
          {t('wrapUp.codeMissing')}
        </p>
      ) : null}
      <ul
        id={`${id}-list`}
        className={styles['list']}
        role="listbox"
        aria-label={t('wrapUp.code')}
        // Chromium lets Tab stop at whatever scrolls; the arrows of the field go through this list.
        tabIndex={-1}
      >
        {found.map((option, index) => (
          <li
            key={option.code}
            id={optionId(option.code)}
            className={styles['option']}
            role="option"
            aria-selected={option.code === chosen}
            data-active={option === current || undefined}
            onPointerMove={() => {
              setActive(index);
            }}
            onClick={() => {
              choose(option.code);
            }}
          >
            <span className={styles['text']}>{option.text}</span>
            {option.code === chosen ? <IconCheck size={16} aria-hidden="true" /> : null}
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className={styles['none']}>{t('wrapUp.codeNone', { typed })}</p>
      ) : null}
    </div>
  );
};
