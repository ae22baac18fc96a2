import type { CustomerSummary } from '../../../../shared/api/records.ts';
import type { Chord } from '../../components/chord.ts';
import { ChoiceRow } from '../../components/ChoiceRow.tsx';
import { Monogram } from '../../components/Monogram.tsx';
import { countryText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNumberText } from '../../state/use-number-text.ts';

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
  const numberText = useNumberText();
  return (
    <ChoiceRow
      icon={<Monogram name={customer.name} size="small" />}
      title={customer.name}
      about={[
        [customer.company, customer.city, countryText(customer.country, locale)]
          .filter(Boolean)
          .join(' · '),
        // A number is never broken in two.
        customer.numbers.map((number) => numberText(number).replaceAll(' ', '\u00a0')).join(', '),
      ]}
      chord={chord}
      onChoose={onChoose}
    />
  );
};
