import { create } from 'zustand';
import type * as PhoneNumbers from '../../../shared/domain/phone-number/phone-number.ts';

type NumberReader = Pick<
  typeof PhoneNumbers,
  'cautionOf' | 'displayNumber' | 'formatAsTyped' | 'isEmergencyNumber' | 'isExtension'
>;

/** What reads numbers; null for the moment until it is there. */
export const useNumberReader = create<{ readonly reader: NumberReader | null }>(() => ({
  reader: null,
}));

// The numbering plans of the world are nearly as large as the desk: they come beside it, not before it.
void import('../../../shared/domain/phone-number/phone-number.ts').then(
  ({ cautionOf, displayNumber, formatAsTyped, isEmergencyNumber, isExtension }) => {
    // The first reading takes some milliseconds, which no ringing call should wait for.
    displayNumber('+12025550100', 'US');
    useNumberReader.setState({
      reader: { cautionOf, displayNumber, formatAsTyped, isEmergencyNumber, isExtension },
    });
  },
);
