import { WebSocket, WebSocketServer } from 'ws';
import type { RawData } from 'ws';

/** Epoch ms with fractions, of this machine's clock. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

/** One SIP message that passed. */
export type PassedMessage = {
  readonly at: number;
  readonly way: 'to_phone' | 'to_pbx';
  /** `INVITE sip:…` or `SIP/2.0 200 OK`. */
  readonly firstLine: string;
  readonly text: string;
};

/** Stands between all phones and the PBX as an edge does, and writes down when each message passed. */
export type SipTap = {
  readonly url: string;
  readonly connectTo: (pbxUrl: string) => void;
  /** The first message after `since` (epoch ms) that fits. */
  readonly passed: (
    since: number,
    fits: (message: PassedMessage) => boolean,
  ) => PassedMessage | undefined;
  /** When the INVITE of a call to this extension passed. */
  readonly invitedAt: (extension: string, since: number) => number;
  readonly close: () => void;
};

const keptMessages = 2_000;

export const openSipTap = async (): Promise<SipTap> => {
  let target = '';
  const messages: PassedMessage[] = [];
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    handleProtocols: () => 'sip',
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tap has no port');

  const note = (way: PassedMessage['way'], data: RawData): void => {
    const at = nowMs();
    // Text frames arrive as one Buffer unless another binaryType was asked for.
    const text = (data as Buffer).toString('utf8');
    messages.push({ at, way, firstLine: text.slice(0, text.indexOf('\r\n')), text });
    if (messages.length > keptMessages) messages.shift();
  };

  server.on('connection', (phone) => {
    const pbx = new WebSocket(target, 'sip', { perMessageDeflate: false });
    const early: RawData[] = [];
    pbx.on('open', () => {
      for (const data of early.splice(0)) pbx.send(data, { binary: false });
    });
    phone.on('message', (data) => {
      note('to_pbx', data);
      if (pbx.readyState === WebSocket.OPEN) pbx.send(data, { binary: false });
      else early.push(data);
    });
    pbx.on('message', (data) => {
      note('to_phone', data);
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

  const passed: SipTap['passed'] = (since, fits) =>
    messages.find((message) => message.at >= since && fits(message));

  return {
    url: `ws://127.0.0.1:${address.port}/ws`,
    connectTo: (pbxUrl) => {
      target = pbxUrl;
    },
    passed,
    invitedAt: (extension, since) => {
      const invite = passed(
        since,
        ({ way, firstLine }) => way === 'to_phone' && firstLine.startsWith(`INVITE sip:`),
      );
      // The user part of the Request-URI is the phone's own invention; the To header names the extension.
      if (invite?.text.includes(`sip:${extension}@`) !== true) {
        throw new Error(`no INVITE to ${extension} passed`);
      }
      return invite.at;
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
};
