import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../../i18n/i18n.ts';
import { useLanguage } from '../../i18n/use-locale.ts';
import { order } from '../../state/orders.ts';
import styles from './LanguageChoice.module.css';

/** Each language in its own words. */
const names: Record<Language, string> = { en: 'English', es: 'Español', pt: 'Português' };

export const LanguageChoice = () => {
  const { t } = useTranslation();
  const current = useLanguage();
  return (
    <div className={styles['choice']} role="group" aria-label={t('settings.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={styles['language']}
          aria-pressed={language === current}
          onClick={() => void order('settings.change', { language })}
        >
          {names[language]}
        </button>
      ))}
    </div>
  );
};
