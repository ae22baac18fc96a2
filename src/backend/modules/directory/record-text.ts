import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { TextReaders } from '../../../shared/domain/customer/import-columns.ts';
import { withoutCardDigits } from '../../../shared/domain/payment/card-digits.ts';
import { storedNumber } from './lookup.ts';

/** Shorter is an emergency number or rubbish; longer is no number (ITU-T E.164: fifteen digits). */
const isStorable = (number: string): boolean => /^\+?\d{3,15}$/u.test(number);

/** Notes keep their lines; what cannot be shown or turns the direction of text does not stay. */
const blockText = (text: string): string =>
  withoutCardDigits(
    text
      .split(/\r?\n/u)
      .map((each) => each.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ').trimEnd())
      .join('\n')
      .trim(),
  );

/** How text of files and other systems is read, in the centre's country. */
export const textReaders = (country: string): TextReaders => ({
  // An id may look like a card's number by chance.
  id: remoteText,
  line: (text) => withoutCardDigits(remoteText(text)),
  block: blockText,
  number: (text) => {
    const number = storedNumber(text, country);
    return isStorable(number) ? number : null;
  },
});
