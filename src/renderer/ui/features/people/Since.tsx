import { durationText, roughDurationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNow } from '../../state/use-now.ts';

/** How long it has been so, to the second. */
export const Since = ({ at }: { readonly at: number | null }) => {
  const now = useNow('second');
  return at === null || at === 0 ? null : durationText(Math.max(0, now - at));
};

/** The same to the minute, where it may stand all day: nothing ticks for it. */
export const RoughlySince = ({ at }: { readonly at: number | null }) => {
  const now = useNow('minute');
  const locale = useLocale();
  return at === null || at === 0 ? null : roughDurationText(now - at, locale);
};
