import type { TFunction } from 'i18next';
import type { QualityCriterion, QualityForm, Scorecard } from '../../../../shared/api/quality.ts';

export const formOf = (
  forms: readonly QualityForm[],
  { form, version }: Pick<Scorecard, 'form' | 'version'>,
): QualityForm | null =>
  forms.find((other) => other.code === form && other.version === version) ?? null;

/** An answer as it is read: yes, no, `3 of 5`, does not apply. */
export const valueWords = (
  { kind, maximum }: Pick<QualityCriterion, 'kind' | 'maximum'>,
  value: number | null,
  t: TFunction,
): string => {
  if (value === null) return t('quality.notApplicable');
  if (kind === 'yes_no') return t(value > 0 ? 'quality.yes' : 'quality.no');
  return t('quality.ofMaximum', { value, maximum });
};

/** `87.5 %` in the reader's way of writing it; a dash where nothing applied. */
export const percentText = (percent: number | null, locale: string): string =>
  percent === null
    ? '–'
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
        percent / 100,
      );
