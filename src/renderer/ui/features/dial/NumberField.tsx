import IconBackspace from '@tabler/icons-react/dist/esm/icons/IconBackspace.mjs';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { lastDialed } from '../../state/call-back.ts';
import { useTypedNumberText } from '../../state/use-number-text.ts';
import { NumberCautionText } from './NumberCautionText.tsx';
import styles from './NumberField.module.css';

/** A number as it is typed, how it will be read, and a quiet word where it needs one. Arrow up in it: the last one. */
export const NumberField = ({
  id,
  value,
  keys,
  takesCaret = false,
  onChange,
}: {
  readonly id: string;
  readonly value: string;
  /** For `aria-keyshortcuts`. */
  readonly keys: string;
  /** Whether it was opened to type in it at once. */
  readonly takesCaret?: boolean;
  readonly onChange: (typed: string) => void;
}) => {
  const { t } = useTranslation();
  const formatted = useTypedNumberText(value);
  const field = useRef<HTMLInputElement>(null);
  const describedBy = useId();
  useEffect(() => {
    if (takesCaret) field.current?.focus();
  }, [takesCaret]);

  const redial = async (): Promise<void> => {
    const number = await lastDialed();
    // What was typed in the meantime stays.
    if (number !== null && field.current?.value === '') onChange(number);
  };

  return (
    <>
      <label className="rs-hidden" htmlFor={id}>
        {t('dial.number')}
      </label>
      <div className={styles['field']}>
        <input
          ref={field}
          id={id}
          className={styles['input']}
          value={value}
          inputMode="tel"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          placeholder={t('dial.hint')}
          aria-describedby={describedBy}
          aria-keyshortcuts={keys}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' || value !== '') return;
            event.preventDefault();
            void redial();
          }}
        />
        <button
          type="button"
          className={styles['erase']}
          aria-label={t('dial.erase')}
          disabled={value === ''}
          onClick={() => {
            onChange(value.slice(0, -1));
          }}
        >
          <IconBackspace size={18} />
        </button>
      </div>
      <div id={describedBy} className={styles['words']} aria-live="polite">
        <span data-reading>{formatted ?? ''}</span>
        <NumberCautionText typed={value} />
        {value === '' ? <span className={styles['hint']}>{t('dial.redial')}</span> : null}
      </div>
    </>
  );
};
