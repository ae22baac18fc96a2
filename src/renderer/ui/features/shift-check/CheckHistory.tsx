import { useTranslation } from 'react-i18next';
import type { ShiftCheck } from '../../../../shared/api/shift-checks.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { useAsked } from '../../state/use-asked.ts';
import styles from './CheckPage.module.css';
import { toneOfWord } from './check-tones.ts';

const shown = 10;

/** The own checks of late. */
export const CheckHistory = ({ of }: { readonly of: string }) => {
  const { t } = useTranslation();
  const [asked] = useAsked(of, () => ask('check.mine', null));
  if (asked.state !== 'here' || asked.value.checks.length === 0) return null;
  return (
    <section className={styles['history']} aria-labelledby="check-history">
      <h2 id="check-history">{t('check.history')}</h2>
      <CheckList checks={asked.value.checks.slice(0, shown)} />
    </section>
  );
};

export const CheckList = ({ checks }: { readonly checks: readonly ShiftCheck[] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <ul className={styles['checks']}>
      {checks.map(({ id, at, word, first }) => (
        <li key={id} data-tone={toneOfWord[word]}>
          <span className={styles['when']}>{dateTimeText(at, locale)}</span>
          <span className={styles['word']}>{t(`check.word.${word}`)}</span>
          <span className={styles['what']}>
            {first === null ? '' : t(`check.finding.${first}`)}
          </span>
        </li>
      ))}
    </ul>
  );
};
