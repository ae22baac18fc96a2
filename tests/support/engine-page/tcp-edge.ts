import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** Stands between the page and the PBX, as an edge or a network does, and fails on command. */
export type TcpEdge = {
  readonly url: string;
  /** Connections break and none is accepted, until `mend`. */
  readonly cut: () => void;
  /** Connections stay open and carry nothing, until `mend`: what a lost network looks like. */
  readonly swallow: () => void;
  /** Connections that are open carry nothing any more, and new ones work: a router that forgot them, or a long sleep. */
  readonly forget: () => void;
  readonly mend: () => void;
  readonly close: () => void;
};

export const openTcpEdge = async (targetUrl: string): Promise<TcpEdge> => {
  const target = new URL(targetUrl);
  let mode: 'pass' | 'cut' | 'swallow' = 'pass';
  const sockets = new Set<Socket>();
  let forgotten = 0;
  const server = createServer((near) => {
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    // What was accepted while everything was swallowed never comes back to life.
    let lost = mode === 'swallow';
    const bornAfter = forgotten;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (mode === 'swallow' || bornAfter < forgotten) lost = true;
        if (!lost) to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        if (!lost) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `ws://127.0.0.1:${address.port}${target.pathname}`,
    cut: () => {
      mode = 'cut';
      breakAll();
    },
    swallow: () => {
      mode = 'swallow';
    },
    forget: () => {
      forgotten += 1;
    },
    mend: () => {
      mode = 'pass';
    },
    close: () => {
      breakAll();
      server.close();
    },
  };
};
