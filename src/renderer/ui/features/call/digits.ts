/** At most this many digits go in one command. */
const maximumDigits = 32;

/**
 * What a change of the keypad's field adds to the digits already sent, wherever the caret stood: nothing sent can be
 * taken back, and only what a telephone can send counts (RFC 4733 §3.2).
 */
export const newDigits = (sent: string, field: string): string => {
  const differsAt = Array.from(sent).findIndex((digit, index) => field[index] !== digit);
  const caret = differsAt === -1 ? sent.length : differsAt;
  const behindCaret = sent.slice(caret);
  if (!field.slice(caret).endsWith(behindCaret)) return '';
  return field
    .slice(caret, field.length - behindCaret.length)
    .toUpperCase()
    .replace(/[^0-9*#A-D]/gu, '')
    .slice(0, maximumDigits);
};
