import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useTranslation } from 'react-i18next';
import styles from './ChosenCodes.module.css';
import type { ShownCode } from './code-search.ts';

/** The codes chosen so far, the one that counts first. */
export const ChosenCodes = ({
  codes,
  maximum,
  onRemove,
}: {
  readonly codes: readonly ShownCode[];
  readonly maximum: number;
  readonly onRemove: (code: string) => void;
}) => {
  const { t } = useTranslation();
  return (
    <div className={styles['chosen']}>
      <ul className={styles['chips']} aria-label={t('wrapUp.chosen')}>
        {codes.map(({ code, text }) => (
          <li key={code}>
            <button
              type="button"
              className={styles['chip']}
              // On the way from the codes to the notes a space would take one away; Backspace in the field, or choosing
              // it again, does so by keyboard.
              tabIndex={-1}
              aria-label={t('wrapUp.removeCode', { code: text })}
              onClick={() => {
                onRemove(code);
              }}
            >
              {text}
              <IconX size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <p className={styles['count']}>{t('wrapUp.codesOf', { chosen: codes.length, maximum })}</p>
    </div>
  );
};
