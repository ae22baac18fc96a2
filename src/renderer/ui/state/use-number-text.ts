import { useDesk } from '../bridge/desk-store.ts';
import { useNumberReader } from './number-reader.ts';

const useCountry = (): string | null =>
  useDesk(({ session }) => (session.state === 'signed_in' ? session.country : null));

/** How every number is shown: as people of this contact centre's country write it, or as it is where it is none. */
export const useNumberText = (): ((number: string) => string) => {
  const country = useCountry();
  const reader = useNumberReader((state) => state.reader);
  return (number) =>
    reader === null || country === null ? number : reader.displayNumber(number, country);
};

/** What was typed so far, read as the phone will dial it; null while there is nothing to add to it. */
export const useTypedNumberText = (typed: string): string | null => {
  const country = useCountry();
  const reader = useNumberReader((state) => state.reader);
  const compact = typed.trim();
  if (reader === null || country === null || compact === '' || reader.isExtension(compact)) {
    return null;
  }
  const shown = reader.displayNumber(compact, country);
  const text = shown === compact ? reader.formatAsTyped(compact, country) : shown;
  return text === compact ? null : text;
};
