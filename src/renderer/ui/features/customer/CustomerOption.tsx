import { ariaKeys, type Chord } from '../../components/chord.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Monogram } from '../../components/Monogram.tsx';
import { countryText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { CustomerSummary } from '../../../../shared/api/records.ts';
import styles from './CustomerOption.module.css';

/** A customer to choose. */
export const CustomerOption = ({
  customer,
  chord,
  onChoose,
}: {
  readonly customer: CustomerSummary;
  readonly chord: Chord | null;
  readonly onChoose: () => void;
}) => {
  const locale = useLocale();
  return (
    <button
      type="button"
      className={styles['option']}
      onClick={onChoose}
      aria-keyshortcuts={chord === null ? undefined : ariaKeys(chord)}
    >
      <Monogram name={customer.name} size="small" />
      <span className={styles['words']}>
        <span className={styles['name']}>{customer.name}</span>
        <span className={styles['about']}>
          {[customer.company, customer.city, countryText(customer.country, locale)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles['about']}>{customer.numbers.join(', ')}</span>
      </span>
      {chord === null ? null : <KeyHint chord={chord} />}
    </button>
  );
};
