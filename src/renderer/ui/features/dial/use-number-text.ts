import { useEffect, useState } from 'react';
import type * as PhoneNumbers from '../../../../shared/domain/phone-number/phone-number.ts';

type Reader = Pick<typeof PhoneNumbers, 'formatAsTyped' | 'isExtension' | 'parsePhoneNumber'>;

/** ISO 3166-1; used where the system's own region is not told. */
const fallbackCountry = 'US';

const ownCountry = (): string =>
  new Intl.Locale(navigator.language).maximize().region ?? fallbackCountry;

/** What was typed, as people of its country write it; null while there is nothing to add to it. */
export const useNumberText = (typed: string): string | null => {
  const [reader, setReader] = useState<Reader | null>(null);
  const wanted = typed !== '';
  useEffect(() => {
    if (!wanted) return;
    // The numbering plans of the world are read when the first digit is typed.
    void import('../../../../shared/domain/phone-number/phone-number.ts').then((loaded) => {
      setReader({
        formatAsTyped: loaded.formatAsTyped,
        isExtension: loaded.isExtension,
        parsePhoneNumber: loaded.parsePhoneNumber,
      });
    });
  }, [wanted]);
  if (reader === null || !wanted || reader.isExtension(typed)) return null;
  const country = ownCountry();
  const number = reader.parsePhoneNumber(typed, country);
  if (number !== null) return number.international;
  const formatted = reader.formatAsTyped(typed, country);
  return formatted === typed ? null : formatted;
};
