import type { TFunction } from 'i18next';
import type { WrapUpFlaw } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';

/** What stands in the way of a wrap-up, in the agent's language. */
export const wordsOfFlaw = (flaw: WrapUpFlaw, t: TFunction): string => {
  switch (flaw.what) {
    case 'no_code':
      return t('wrapUp.codeMissing');
    case 'too_many_codes':
      return t('wrapUp.flaw.too_many_codes', { count: flaw.maximum });
    case 'unknown_code':
    case 'code_of_other_queue':
    case 'code_is_group':
    case 'code_twice':
      return t('wrapUp.flaw.code', { code: flaw.code });
    case 'field_too_long':
      return t('wrapUp.flaw.field_too_long', { count: flaw.maximum });
    case 'field_missing':
    case 'field_unknown':
    case 'field_no_number':
    case 'field_no_choice':
      return t(`wrapUp.flaw.${flaw.what}`);
  }
};

/** The field that a flaw is of; '': of the codes. */
export const keyOf = (flaw: WrapUpFlaw): string => ('key' in flaw ? flaw.key : '');

export const isCodeFlaw = (flaw: WrapUpFlaw): boolean => keyOf(flaw) === '';
