import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';

/** The router's address and, where the system tells, its hardware's: what tells one home network from the next. */
const linuxRouter = async (): Promise<string> => {
  const [routes, neighbours] = await Promise.all([
    readFile('/proc/net/route', 'utf8'),
    readFile('/proc/net/arp', 'utf8'),
  ]);
  return routerIn(routes, neighbours);
};

const fieldsOf = (table: string): readonly (readonly string[])[] =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u));

/** Out of the kernel's tables of routes and neighbours; empty: there is no way out. */
export const routerIn = (routes: string, neighbours: string): string => {
  // Interface, destination, gateway (hex, the last byte first), …
  const route = fieldsOf(routes).find(
    ([, destination, gateway]) => destination === '00000000' && gateway !== '00000000',
  );
  if (route?.[2] === undefined) return '';
  const bytes = Buffer.from(route[2], 'hex').reverse();
  const address = [...bytes].join('.');
  // Address, type, flags, hardware address, …
  const hardware = fieldsOf(neighbours).find(([neighbour]) => neighbour === address)?.[3] ?? '';
  return `${address} ${hardware}`;
};

/** The networks that this machine is a part of, without what names the machine in them. */
const subnets = (): string =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address, netmask }) => {
      const mask = netmask.split('.').map(Number);
      return address
        .split('.')
        .map((part, index) => Number(part) & (mask[index] ?? 0))
        .join('.');
    })
    .sort()
    .join(' ');

/**
 * A name for the network that this machine is in, the same whenever it comes back: 32 hex digits, of which nobody without
 * the salt can tell what they stand for. null: there is no network. Where the system does not tell its router (all but
 * Linux) two homes with the same range of addresses have one name.
 */
export const networkName = async (salt: string): Promise<string | null> => {
  const here = subnets();
  if (here === '') return null;
  const router = process.platform === 'linux' ? await linuxRouter().catch(() => '') : '';
  return createHash('sha256').update(`${salt} ${router} ${here}`).digest('hex').slice(0, 32);
};
