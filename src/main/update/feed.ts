import { isThisMachine } from '../command-line.ts';

/** An address that code may come from: over TLS, or from this machine. */
export const isFeedAllowed = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(address));
};
