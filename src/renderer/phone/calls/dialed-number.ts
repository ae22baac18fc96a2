import { isExtension, parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';

/**
 * What to dial for what was typed: extensions, feature codes and short numbers (emergency among them) as they are,
 * everything else in E.164; null when it is no number.
 */
export const dialedNumber = (typed: string, country: string): string | null => {
  const compact = typed.replaceAll(/[\s().\-/]/gu, '');
  if (isExtension(compact)) return compact;
  return parsePhoneNumber(typed, country)?.e164 ?? null;
};
