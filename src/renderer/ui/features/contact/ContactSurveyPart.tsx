import { useTranslation } from 'react-i18next';
import type { ContactSurvey } from '../../../../shared/api/surveys.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './ContactPage.module.css';

/** What the customer thinks of this contact. */
export const ContactSurveyPart = ({ survey }: { readonly survey: ContactSurvey }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { kind, way, why, outcome, askedAt, score, resolved } = survey;
  const said = [
    score === null ? null : t(`survey.score.${kind}`, { score }),
    resolved === null ? null : t(resolved ? 'survey.resolved' : 'survey.unresolved'),
  ].filter((part) => part !== null);
  return (
    <section className={styles['part']} aria-labelledby="contact-survey">
      <h2 id="contact-survey" className={styles['heading']}>
        {t('survey.region')}
      </h2>
      <p>{said.length === 0 ? t('survey.unanswered') : <strong>{said.join(' · ')}</strong>}</p>
      <p className={styles['none']}>
        {[
          t(`survey.way.${way}`),
          t(`survey.why.${why}`),
          outcome === 'partial' ? t('survey.partial') : null,
          dateTimeText(askedAt, locale),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </section>
  );
};
