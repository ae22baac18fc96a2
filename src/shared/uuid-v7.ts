/**
 * A UUID of version 7 (RFC 9562 §5.7): sorts by time. `random` fills ten bytes; time and randomness are given, so that
 * this stays pure.
 */
export const uuidV7 = (epochMs: number, random: Uint8Array): string => {
  const bytes = new Uint8Array(16);
  let rest = Math.floor(epochMs);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
};
