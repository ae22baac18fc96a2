const maximumLength = 128;

// C0 and C1 controls, soft hyphen, zero-width and bidirectional marks, line separators, BOM, interlinear and tag characters.
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/**
 * Text that came from the far side (a caller's name, a header, a reason phrase) as it may be shown and stored: one
 * line, no control or direction-changing characters, at most 128 characters.
 */
export const remoteText = (text: string): string =>
  Array.from(text.replace(unprintable, ' ').replace(/\s+/gu, ' ').trim())
    .slice(0, maximumLength)
    .join('')
    .trim();
