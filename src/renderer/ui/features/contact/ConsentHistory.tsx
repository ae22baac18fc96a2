import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ConsentFact } from '../../../../shared/domain/consent/consent.ts';
import { dateTimeText, durationText, languageText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './ConsentHistory.module.css';

/** How it was said, in which words, under which rules: as far as the desk told. */
const aboutFact = (fact: ConsentFact, locale: string, t: TFunction): string => {
  const { kind, how, by, language, wordingVersion, ruleVersion, standing, enforced } = fact;
  return [
    // How a question was put goes without saying; not so by the phone system.
    how === undefined || (kind === 'asked' && how !== 'keypad') ? null : t(`consent.how.${how}`),
    by === 'administrator' ? t('contact.consent.byAdministrator') : null,
    standing === true ? t('contact.consent.standing') : null,
    wordingVersion === undefined ? null : t('consent.version', { version: wordingVersion }),
    language === undefined ? null : languageText(language, locale),
    ruleVersion === undefined ? null : t('consent.rule.version', { version: ruleVersion }),
    enforced === false ? t('contact.consent.notEnforced') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
};

/** What was said about recording, word by word. */
export const ConsentHistory = ({
  facts,
  startedAt,
}: {
  readonly facts: readonly ConsentFact[];
  /** Of the contact, epoch ms: what was said before it was said for later calls. */
  readonly startedAt: number;
}) => {
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
                <span className={styles['at']}>
                  {fact.at < startedAt && fact.standing === true
                    ? dateTimeText(fact.at, locale)
                    : time.format(fact.at)}
                </span>
                <span>
                  {fact.kind === 'asked' && fact.by === 'customer'
                    ? t('contact.consent.prompted')
                    : t(`contact.consent.${fact.kind}`)}
                  {fact.offsetMs === undefined ? null : (
                    <span className={styles['offset']}>
                      {t('contact.consent.offset', { time: durationText(fact.offsetMs) })}
                    </span>
                  )}
                  <span className={styles['about']}>{aboutFact(fact, locale, t)}</span>
                </span>
              </li>
            ))}
        </ol>
      )}
    </section>
  );
};
