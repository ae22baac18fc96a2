import { connect, createServer, type Socket } from 'node:net';

/** One edge for many phones that fails for each of them alone: it knows them by the address that they register. */
export type AgentEdges = {
  readonly url: string;
  /** Where the PBX is; until it is told nobody gets through. */
  readonly leadTo: (sipUrl: string) => void;
  /** `cut`: connections break, and none lasts. `swallow`: they stay open and carry nothing. */
  readonly set: (extension: string, mode: EdgeMode) => void;
  readonly close: () => void;
};
export type EdgeMode = 'pass' | 'cut' | 'swallow';

/** Text of a masked WebSocket frame (RFC 6455 §5.3), or as it is. */
const unmasked = (data: Buffer): string => {
  const isMasked = ((data[1] ?? 0) & 0x80) !== 0;
  const length = (data[1] ?? 0) & 0x7f;
  const at = length === 126 ? 4 : length === 127 ? 10 : 2;
  if (!isMasked || data.length < at + 4) return data.toString('latin1');
  const mask = data.subarray(at, at + 4);
  return Buffer.from(
    data.subarray(at + 4).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  ).toString('latin1');
};

export const openAgentEdges = async (): Promise<AgentEdges> => {
  let target: URL | null = null;
  const modes = new Map<string, EdgeMode>();
  const lines = new Map<Socket, string>();
  const server = createServer((near) => {
    if (target === null) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    // What was lost on a connection is lost for good.
    let lost = false;
    const modeOf = (): EdgeMode => modes.get(lines.get(near) ?? '') ?? 'pass';
    const pass = (to: Socket, data: Buffer): void => {
      const mode = modeOf();
      if (mode === 'cut') near.destroy();
      lost ||= mode === 'swallow';
      if (!lost) to.write(data);
    };
    lines.set(near, '');
    near.on('data', (data) => {
      if (lines.get(near) === '') {
        const extension = /sips?:(10\d\d)@/u.exec(unmasked(data))?.[1];
        if (extension !== undefined) lines.set(near, extension);
      }
      pass(far, data);
    });
    far.on('data', (data) => pass(near, data));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => {
        lines.delete(near);
        if (!lost) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${String(address.port)}/ws`,
    leadTo: (sipUrl) => {
      target = new URL(sipUrl);
    },
    set: (extension, mode) => {
      modes.set(extension, mode);
      if (mode !== 'cut') return;
      for (const [near, whose] of lines) if (whose === extension) near.destroy();
    },
    close: () => {
      for (const near of lines.keys()) near.destroy();
      server.close();
    },
  };
};
