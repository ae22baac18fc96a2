import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { until } from './far-end.ts';

/** A SIP peer over WebSocket that says exactly what a test wants, for what no PBX would send. */
export type ScriptedPbx = {
  readonly url: string;
  readonly received: readonly string[];
  /** Sends text with its lines ended by CRLF; Content-Length is filled in. */
  readonly send: (message: string) => void;
  /** Sends this as it is: text, or bytes in a binary frame (RFC 7118 §4.2 allows both). */
  readonly sendRaw: (message: string | Buffer) => void;
  /** What was received until now is of no more interest. */
  readonly forget: () => void;
  /** The first message received that matches. */
  readonly untilReceived: (pattern: RegExp, timeoutMs?: number) => Promise<string>;
  /** How REGISTER is answered from now on: header lines after the status line. */
  readonly answerRegister: (answer: (request: string) => readonly string[]) => void;
  /** … and SUBSCRIBE: it offers no events until told otherwise. */
  readonly answerSubscribe: (answer: (request: string) => readonly string[]) => void;
  /** Sockets that are open now. */
  readonly connections: () => number;
  /** Breaks the sockets that are open; new ones are taken. */
  readonly breakSockets: () => void;
  readonly close: () => void;
};

export const sipHeader = (message: string, name: string): string =>
  new RegExp(`^${name}\\s*:\\s*(.*?)\\r?$`, 'imu').exec(message)?.[1] ?? '';

/** A response to `request` with the headers that every response copies. */
export const responseTo = (
  request: string,
  status: string,
  extra: readonly string[] = [],
): string =>
  [
    `SIP/2.0 ${status}`,
    `Via: ${sipHeader(request, 'Via')}`,
    `From: ${sipHeader(request, 'From')}`,
    `To: ${sipHeader(request, 'To')}${sipHeader(request, 'To').includes('tag=') ? '' : ';tag=far'}`,
    `Call-ID: ${sipHeader(request, 'Call-ID')}`,
    `CSeq: ${sipHeader(request, 'CSeq')}`,
    ...extra,
    '',
    '',
  ].join('\n');

/** An audio offer that a browser accepts; nobody is behind it. */
export const audioOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 4000 UDP/TLS/RTP/SAVPF 111 101',
  'c=IN IP4 127.0.0.1',
  'a=rtcp-mux',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:101 telephone-event/8000',
  'a=candidate:1 1 udp 2130706431 127.0.0.1 4000 typ host',
  '',
].join('\n');

/** A request to the phone. `user` is the user part of its Contact. */
export const requestTo = (
  user: string,
  method: string,
  options: {
    readonly callId?: string;
    readonly from?: string;
    readonly fromTag?: string;
    readonly to?: string;
    readonly sequence?: number;
    readonly headers?: readonly string[];
    readonly body?: string;
  } = {},
): string =>
  [
    `${method} sip:${user}@phone.invalid;transport=ws SIP/2.0`,
    `Via: SIP/2.0/WS pbx.invalid;branch=z9hG4bK${Math.random().toString(36).slice(2)}`,
    'Max-Forwards: 70',
    `From: ${options.from ?? '"Carol" <sip:+12025550123@pbx.invalid>'};tag=${options.fromTag ?? 'near'}`,
    `To: ${options.to ?? `<sip:${user}@pbx.invalid>`}`,
    `Call-ID: ${options.callId ?? Math.random().toString(36).slice(2)}`,
    `CSeq: ${options.sequence ?? 1} ${method}`,
    'Contact: <sip:pbx@pbx.invalid;transport=ws>',
    ...(options.body === undefined ? [] : ['Content-Type: application/sdp']),
    ...(options.headers ?? []),
    '',
    options.body ?? '',
  ].join('\n');

export const startScriptedPbx = async (): Promise<ScriptedPbx> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const received: string[] = [];
  let socket: WebSocket | null = null;
  let registerAnswer = (request: string): readonly string[] => [
    '200 OK',
    `Contact: ${sipHeader(request, 'Contact')}`,
  ];
  let subscribeAnswer = (_request: string): readonly string[] => ['489 Bad Event'];
  const send = (message: string) => {
    const lines = message.replaceAll(/\r?\n/gu, '\r\n');
    const end = lines.indexOf('\r\n\r\n');
    const length = Buffer.byteLength(lines.slice(end + 4));
    socket?.send(`${lines.slice(0, end)}\r\nContent-Length: ${length}${lines.slice(end)}`);
  };
  server.on('connection', (opened) => {
    socket = opened;
    opened.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      received.push(text);
      if (text.startsWith('REGISTER')) {
        const [status = '', ...headers] = registerAnswer(text);
        if (status !== '') send(responseTo(text, status, headers));
      }
      if (text.startsWith('SUBSCRIBE')) {
        const [status = '', ...headers] = subscribeAnswer(text);
        if (status !== '') send(responseTo(text, status, headers));
      }
      if (text.startsWith('OPTIONS')) send(responseTo(text, '200 OK'));
    });
  });
  return {
    url: `ws://127.0.0.1:${address.port}/ws`,
    received,
    send,
    sendRaw: (message) => socket?.send(message),
    forget: () => {
      received.length = 0;
    },
    untilReceived: async (pattern, timeoutMs) => {
      await until(String(pattern), () => received.some((one) => pattern.test(one)), timeoutMs);
      return received.find((one) => pattern.test(one)) ?? '';
    },
    answerRegister: (answer) => {
      registerAnswer = answer;
    },
    answerSubscribe: (answer) => {
      subscribeAnswer = answer;
    },
    connections: () => server.clients.size,
    breakSockets: () => {
      for (const one of server.clients) one.terminate();
    },
    close: () => {
      for (const one of server.clients) one.terminate();
      server.close();
    },
  };
};
