import { useTranslation } from 'react-i18next';
import { timeZoneOf } from '../../../../shared/domain/customer/time-zone.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNow } from '../../state/use-now.ts';

/** The hour where the customer is, when their place tells. */
export const LocalTime = ({
  place,
}: {
  readonly place: { readonly country: string; readonly city: string };
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow('minute');
  const zone = timeZoneOf(place.country, place.city, now);
  if (zone === null) return null;
  return (
    <span className="rs-figures">
      {' '}
      · {t('customer.theirTime', { time: timeText(now, locale, zone) })}
    </span>
  );
};
