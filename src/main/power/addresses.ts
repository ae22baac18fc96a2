import { networkInterfaces } from 'node:os';

/** `moved`: one that this machine had is gone, and with it whatever was connected by it. */
export type AddressChange = 'none' | 'gone' | 'more' | 'moved';

export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => !entry.internal)
    .map((entry) => entry.address)
    .sort();

/** Tells of each look what changed since the one before. */
export const followAddresses = (
  first: readonly string[],
): ((now: readonly string[]) => AddressChange) => {
  let last = first;
  /** The last that there were: a machine without any has lost none for good yet. */
  let used = first;
  return (now) => {
    const isSame = now.length === last.length && now.every((one, index) => one === last[index]);
    last = now;
    if (isSame) return 'none';
    if (now.length === 0) return 'gone';
    const hasMoved = used.some((one) => !now.includes(one));
    used = now;
    return hasMoved ? 'moved' : 'more';
  };
};
