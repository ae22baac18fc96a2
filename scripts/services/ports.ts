import { createSocket } from 'node:dgram';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

const HOST = '127.0.0.1';

type Holding = { readonly port: number; readonly release: () => Promise<void> };

const holdTcp = (port: number): Promise<Holding> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no TCP address');
      resolve({
        port: address.port,
        release: () => new Promise((done) => server.close(() => done())),
      });
    });
  });

const holdUdp = (port: number): Promise<Holding> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, HOST, () => {
      resolve({
        port: socket.address().port,
        release: () => new Promise((done) => socket.close(() => done())),
      });
    });
  });

const holders = { tcp: holdTcp, udp: holdUdp };

export type PortPlan = Readonly<Record<string, 'tcp' | 'udp'>>;

/**
 * Free loopback ports, by name. The ones of the last run (kept in `memoryFile`) are taken again when they are free, so
 * that addresses stay the same from start to start.
 */
export const choosePorts = async <Plan extends PortPlan>(
  plan: Plan,
  memoryFile: string,
): Promise<Record<keyof Plan, number>> => {
  const remembered = readMemory(memoryFile);
  const held: [string, Holding][] = [];
  for (const [name, kind] of Object.entries(plan)) {
    const hold = holders[kind];
    const wished = remembered[name];
    held.push([name, await (wished ? hold(wished).catch(() => hold(0)) : hold(0))]);
  }
  await Promise.all(held.map(([, holding]) => holding.release()));
  const ports = Object.fromEntries(held.map(([name, { port }]) => [name, port]));
  mkdirSync(dirname(memoryFile), { recursive: true });
  writeFileSync(memoryFile, `${JSON.stringify({ ...remembered, ...ports })}\n`);
  // Every name of the plan was given a port above.
  return ports as Record<keyof Plan, number>;
};

const readMemory = (file: string): Record<string, number> => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(
      Object.entries(content).filter(
        (entry): entry is [string, number] =>
          Number.isInteger(entry[1]) && entry[1] > 0 && entry[1] < 65_536,
      ),
    );
  } catch {
    return {}; // no memory yet, or not readable: fresh ports do as well
  }
};

/** A random even start for a block of RTP ports, below the range that systems hand out by themselves. */
export const chooseRtpBlock = (size: number): { readonly start: number; readonly end: number } => {
  const lowest = 12_000;
  const highest = 30_000 - size;
  const start = lowest + 2 * Math.floor((Math.random() * (highest - lowest)) / 2);
  return { start, end: start + size - 1 };
};
