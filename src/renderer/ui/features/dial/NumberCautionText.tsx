import { useTranslation } from 'react-i18next';
import { countryText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useCaution } from '../../state/use-number-text.ts';
import styles from './NumberField.module.css';

/** One quiet line about a number that is unlikely or far away. It stops nobody. */
export const NumberCautionText = ({ typed }: { readonly typed: string }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const caution = useCaution(typed);
  if (caution === null) return null;
  return (
    <span className={styles['caution']} data-caution={caution.kind}>
      {caution.kind === 'international'
        ? caution.country === null
          ? t('dial.international')
          : t('dial.internationalTo', { country: countryText(caution.country, locale) })
        : t(`dial.${caution.kind}`)}
    </span>
  );
};
