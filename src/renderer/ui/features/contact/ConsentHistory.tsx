import { useTranslation } from 'react-i18next';
import type { ConsentFact } from '../../../../shared/domain/consent/consent.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './ConsentHistory.module.css';

/** What was said about recording, word by word. */
export const ConsentHistory = ({ facts }: { readonly facts: readonly ConsentFact[] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return (
    <section className={styles['history']} aria-labelledby="contact-consent">
      <h2 id="contact-consent" className={styles['heading']}>
        {t('consent.region')}
      </h2>
      {facts.length === 0 ? (
        <p className={styles['none']}>{t('contact.noConsent')}</p>
      ) : (
        <ol>
          {facts
            .toSorted((a, b) => a.at - b.at)
            .map((fact) => (
              <li key={fact.id} className={styles['fact']}>
                <span className={styles['at']}>{time.format(fact.at)}</span>
                {t(`contact.consent.${fact.kind}`)}
              </li>
            ))}
        </ol>
      )}
    </section>
  );
};
