/** Where no reason is defined for an agent, being not ready still carries one. */
export const unspecifiedReason = 'unspecified';
