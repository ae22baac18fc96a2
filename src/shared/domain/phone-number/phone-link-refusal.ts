/** Why a link is not taken; each has words in every language. */
export const phoneLinkRefusals = [
  'too_long',
  'hidden_characters',
  'not_a_link',
  /** Anything written as `%..` but the space that browsers write so. */
  'encoded',
  /** `*` and `#`: codes of the exchange or the network (call forwarding, say), and not a person. */
  'code',
  'several',
  'parameter',
  'headers',
  'password',
  /** It belongs to another telephone system. */
  'foreign',
  /** A local number of a place that it does not name well enough. */
  'context',
  'not_a_number',
] as const;
export type PhoneLinkRefusal = (typeof phoneLinkRefusals)[number];
