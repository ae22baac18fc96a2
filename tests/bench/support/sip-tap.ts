import { WebSocket, WebSocketServer } from 'ws';
import type { RawData } from 'ws';

/** Epoch ms with fractions, of this machine's clock. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

type Passage = {
  readonly at: number;
  /** Who had registered on this connection. */
  readonly extension: string;
};

/** Stands between all phones and the PBX as an edge does, and writes down when INVITEs to and BYEs from a phone passed. */
export type SipTap = {
  readonly url: string;
  readonly connectTo: (pbxUrl: string) => void;
  /** When the first INVITE to this extension after `since` passed; both epoch ms. */
  readonly invitedAt: (extension: string, since: number) => number;
  /** The same of the first BYE that this extension sent; null: none yet. */
  readonly byeAt: (extension: string, since: number) => number | null;
  readonly close: () => void;
};

/** Text frames arrive as one Buffer unless another binaryType was asked for. */
const textOf = (data: RawData): string => (data as Buffer).toString('utf8');

export const openSipTap = async (): Promise<SipTap> => {
  let target = '';
  const invites: Passage[] = [];
  const byes: Passage[] = [];
  const firstOf = (passages: readonly Passage[], extension: string, since: number) =>
    passages.find((one) => one.extension === extension && one.at >= since);
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    handleProtocols: () => 'sip',
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tap has no port');

  server.on('connection', (phone) => {
    const pbx = new WebSocket(target, 'sip', { perMessageDeflate: false });
    const early: RawData[] = [];
    let extension = '';
    pbx.on('open', () => {
      for (const data of early.splice(0)) pbx.send(data, { binary: false });
    });
    phone.on('message', (data) => {
      const at = nowMs();
      if (textOf(data).startsWith('BYE ')) byes.push({ at, extension });
      extension ||= /^REGISTER [^]*^To: <sip:([^@>]+)/mu.exec(textOf(data))?.[1] ?? '';
      if (pbx.readyState === WebSocket.OPEN) pbx.send(data, { binary: false });
      else early.push(data);
    });
    pbx.on('message', (data) => {
      const at = nowMs();
      if (textOf(data).startsWith('INVITE ')) invites.push({ at, extension });
      phone.send(data, { binary: false });
    });
    for (const [one, other] of [
      [phone, pbx],
      [pbx, phone],
    ] as const) {
      one.on('close', () => other.close());
      one.on('error', () => other.terminate());
    }
  });

  return {
    url: `ws://127.0.0.1:${address.port}/ws`,
    connectTo: (pbxUrl) => {
      target = pbxUrl;
    },
    invitedAt: (extension, since) => {
      const invite = firstOf(invites, extension, since);
      if (invite === undefined) throw new Error(`no INVITE to ${extension} passed`);
      return invite.at;
    },
    byeAt: (extension, since) => firstOf(byes, extension, since)?.at ?? null,
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
};
