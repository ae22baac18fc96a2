import { useTranslation } from 'react-i18next';
import type { MissedMark } from '../../../shared/api/missed.ts';

/** Why a call was missed, in plain words. */
export const useMissText = (): ((miss: Pick<MissedMark, 'cause' | 'counted'>) => string) => {
  const { t } = useTranslation();
  return ({ cause, counted }) => {
    const words = t('missed.because', { cause: t(`missed.cause.${cause}`) });
    return counted ? words : `${words} · ${t('missed.notCounted')}`;
  };
};
