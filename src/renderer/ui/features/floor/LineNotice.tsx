import { useTranslation } from 'react-i18next';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './Floor.module.css';
import { useFloor } from './floor-store.ts';

/** Said aloud when the line is lost, and when it is back. */
export const LineNotice = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const line = useFloor((floor) => floor.line);
  const awaySince = useFloor((floor) => floor.awaySince);
  return (
    <p className={styles['line']} role="status" data-tone="danger">
      {line === 'away' && awaySince !== null
        ? t('floor.away', { time: timeText(awaySince, locale) })
        : ''}
    </p>
  );
};
