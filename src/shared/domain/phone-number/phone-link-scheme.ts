/** The schemes that may ask for a call: `tel` (RFC 3966), `sip` and `sips` (RFC 3261 §19.1), and the older `callto`. */
export const phoneLinkSchemes = ['tel', 'sip', 'sips', 'callto'] as const;

/** Whether a text, such as an argument of the program, means to be a phone link. */
export const isPhoneLink = (text: string): boolean => /^(?:tel|sips?|callto):/iu.test(text);
