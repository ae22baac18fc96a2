import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { useLocale } from '../../i18n/use-locale.ts';

/** What the strong noise suppression is doing, in words: what it costs, or that it cannot be had. */
export const useSuppressionCost = (): string => {
  const { t } = useTranslation();
  const locale = useLocale();
  const state = usePhone((phone) => phone?.sound?.suppression ?? 'off');
  const [load, setLoad] = useState<number | null>(null);
  useEffect(
    () =>
      onLevels(({ suppressionLoad }) => {
        setLoad(suppressionLoad ?? null);
      }),
    [],
  );
  if (state === 'failed') return t('sound.suppressionFailed');
  if (state === 'off') return t('sound.suppressionHelp');
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return load === null ? t('sound.measuring') : t('sound.cost', { share: percent.format(load) });
};
