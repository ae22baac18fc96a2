/** At most this many digits go in one command. */
const maximumDigits = 32;

/**
 * What a change of the keypad's field adds to the digits already sent: nothing sent can be taken back, and only what a
 * telephone can send counts (RFC 4733 §3.2).
 */
export const newDigits = (sent: string, field: string): string => {
  if (!field.startsWith(sent)) return '';
  return field
    .slice(sent.length)
    .toUpperCase()
    .replace(/[^0-9*#A-D]/gu, '')
    .slice(0, maximumDigits);
};
