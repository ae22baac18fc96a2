/**
 * Text that may stand in the dialplan as it is: percent-encoded, with what `encodeURIComponent` leaves and the parser of
 * Asterisk might not.
 */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
