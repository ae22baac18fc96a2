import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { showCheck } from './check-actions.ts';
import styles from './CheckField.module.css';

/** When the last check was and what it came to, and the way to the next. */
export const CheckField = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const last = useDesk(({ shiftCheck }) => shiftCheck?.last ?? null);
  return (
    <div className={styles['field']}>
      <p className={styles['words']}>
        {last === null
          ? t('check.never')
          : t('check.last', {
              when: dateTimeText(last.at, locale),
              word: t(`check.word.${last.word}`),
            })}
      </p>
      <Button variant="light" color="not-ready" size="sm" onClick={showCheck}>
        {t('check.title')}
      </Button>
    </div>
  );
};
