import { useEffect, useState } from 'react';
import type { NumberCaution } from '../../../shared/domain/phone-number/phone-number.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { useNumberReader } from './number-reader.ts';

/** ISO 3166-1; null while nobody is signed in. */
export const useDeskCountry = (): string | null =>
  useDesk(({ session }) => (session.state === 'signed_in' ? session.country : null));

/** How every number is shown: as people of this contact centre's country write it, or as it is where it is none. */
export const useNumberText = (): ((number: string) => string) => {
  const country = useDeskCountry();
  const reader = useNumberReader((state) => state.reader);
  return (number) =>
    reader === null || country === null ? number : reader.displayNumber(number, country);
};

/** What was typed so far, read as the phone will dial it; null while there is nothing to add to it. */
export const useTypedNumberText = (typed: string): string | null => {
  const country = useDeskCountry();
  const reader = useNumberReader((state) => state.reader);
  const compact = typed.trim();
  if (reader === null || country === null || compact === '' || reader.isExtension(compact)) {
    return null;
  }
  const shown = reader.displayNumber(compact, country);
  const text = shown === compact ? reader.formatAsTyped(compact, country) : shown;
  return text === compact ? null : text;
};

/** A number that ends too soon is worth a word only once nobody types any more. */
const settleMs = 900;

/** What is worth a quiet word about the number as typed so far. */
export const useCaution = (typed: string): NumberCaution | null => {
  const country = useDeskCountry();
  const reader = useNumberReader((state) => state.reader);
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(typed);
    }, settleMs);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  if (reader === null || country === null) return null;
  const caution = reader.cautionOf(typed, country);
  return caution?.kind === 'unfinished' && settled !== typed ? null : caution;
};
