import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { WebSocket } from 'ws';
import {
  digestAnswer,
  formatSip,
  header,
  headersNamed,
  parseSip,
  randomToken,
} from './sip-message.ts';
import type { SipMessage } from './sip-message.ts';

/** How the phone reaches the PBX: `ws` for agents, `udp` for test endpoints whose media is plain RTP. */
export type Wire = {
  readonly send: (text: string) => void;
  readonly close: () => void;
  readonly via: string;
  readonly contactHost: string;
  readonly onMessage: (listener: (text: string) => void) => void;
};

export const openWebSocketWire = async (url: string): Promise<Wire> => {
  const socket = new WebSocket(url, 'sip');
  await once(socket, 'open');
  return {
    send: (text) => socket.send(text),
    close: () => socket.terminate(),
    via: 'SIP/2.0/WS phone.invalid',
    contactHost: 'phone.invalid;transport=ws',
    onMessage: (listener) =>
      void socket.on('message', (data) => {
        if (Buffer.isBuffer(data)) listener(data.toString('utf8'));
      }),
  };
};

export const openUdpWire = async (pbxPort: number): Promise<Wire> => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  return {
    send: (text) => socket.send(text, pbxPort, '127.0.0.1'),
    close: () => socket.close(),
    via: `SIP/2.0/UDP 127.0.0.1:${String(port)};rport`,
    contactHost: `127.0.0.1:${String(port)}`,
    onMessage: (listener) => void socket.on('message', (data) => listener(data.toString('utf8'))),
  };
};

/** A dialog of the phone. `remote` is the last message of the far side that carried an SDP. */
export type PhoneCall = {
  readonly invite: SipMessage;
  /** performance.now() when the INVITE (or, outbound, the final answer) was read. */
  readonly arrivedAt: number;
  readonly ring: () => void;
  /** Resolves when the far side acknowledged: no BYE may leave before (RFC 3261 §15). */
  readonly answer: (sdp: string) => Promise<void>;
  readonly reject: (status: string) => void;
  readonly reinvite: (sdp: string) => Promise<SipMessage>;
  readonly hangUp: () => Promise<void>;
  readonly ended: Promise<SipMessage>;
  /** Who the far side is, as the PBX said within the call (RFC 3325); '' as long as it said nothing. */
  readonly told: () => string;
  /** What names the dialog in a Replaces header (RFC 3891 §3): the far side's tag is `toTag` there. */
  readonly dialog: { readonly callId: string; readonly ownTag: string; readonly farTag: string };
  /** REFER (RFC 3515): the SIP status of its answer, and those that the NOTIFYs told until the last. */
  readonly refer: (
    target: string,
  ) => Promise<{ readonly status: number; readonly told: Promise<readonly number[]> }>;
};

/** The target of an attended transfer to whom that other call is with. */
export const replacing = ({ dialog }: PhoneCall, extension: string): string => {
  const { callId, ownTag, farTag } = dialog;
  const replaces = `${callId};to-tag=${farTag};from-tag=${ownTag}`;
  return `sip:${extension}@127.0.0.1?Replaces=${encodeURIComponent(replaces)}`;
};

export type SipPhone = {
  readonly register: (password: string, expires?: number) => Promise<number>;
  readonly nextCall: () => Promise<PhoneCall>;
  readonly dial: (
    number: string,
    headers: readonly (readonly [string, string])[],
    sdp: string,
  ) => Promise<{ readonly status: number; readonly answer: SipMessage; readonly call: PhoneCall }>;
  /** The bodies of NOTIFYs of this event that no transfer asked for, the latest last (RFC 6665). */
  readonly toldOf: (event: string) => readonly string[];
  /** The methods of all requests that came, but for those that only look whether it is there. */
  readonly asked: () => readonly string[];
  /** SUBSCRIBE to that user's state; the SIP status of the answer. */
  readonly subscribe: (user: string, event: string, accept: string) => Promise<number>;
  /** Its machine lost power: it reads nothing and says nothing, and its socket stays. */
  readonly fallSilent: () => void;
  readonly close: () => void;
};

const statusOf = (message: SipMessage): number => Number(message.firstLine.split(' ')[1]);
const tagOf = (address: string): string => /;tag=([^;>]+)/.exec(address)?.[1] ?? '';
const methodOf = (message: SipMessage): string => message.firstLine.split(' ')[0] ?? '';

export const createSipPhone = (wire: Wire, extension: string): SipPhone => {
  const domain = '127.0.0.1';
  const contact = `<sip:${extension}@${wire.contactHost}>`;
  let secret = '';
  let cseq = 0;
  const answers = new Map<string, (message: SipMessage) => void>();
  const arrived: PhoneCall[] = [];
  const wanted: ((call: PhoneCall) => void)[] = [];
  const endings = new Map<string, (message: SipMessage) => void>();
  const acknowledged = new Map<string, () => void>();
  const identities = new Map<string, string>();
  const requests: string[] = [];
  const tellings: { readonly event: string; readonly body: string }[] = [];
  const notified = new Map<string, (message: SipMessage) => void>();

  const respond = (request: SipMessage, status: string, toTag: string, sdp = ''): void => {
    const to = header(request, 'To');
    wire.send(
      formatSip(
        `SIP/2.0 ${status}`,
        [
          ...headersNamed(request, 'Via').map((via) => ['Via', via] as const),
          ...headersNamed(request, 'Record-Route').map((r) => ['Record-Route', r] as const),
          ['From', header(request, 'From')],
          ['To', to.includes(';tag=') ? to : `${to};tag=${toTag}`],
          ['Call-ID', header(request, 'Call-ID')],
          ['CSeq', header(request, 'CSeq')],
          ['Contact', contact],
        ],
        sdp,
      ),
    );
  };

  type Dialog = { uri: string; from: string; to: string; callId: string };

  /** Resolves with the final answer; 401 and 407 are answered once. */
  const request = (
    method: string,
    dialog: Dialog,
    extra: readonly (readonly [string, string])[],
    sdp = '',
    authorization?: string,
  ): Promise<SipMessage> => {
    cseq += 1;
    const sequence = cseq;
    const branch = `z9hG4bK${randomToken()}`;
    const headers: (readonly [string, string])[] = [
      ['Via', `${wire.via};branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', dialog.from],
      ['To', dialog.to],
      ['Call-ID', dialog.callId],
      ['CSeq', `${String(sequence)} ${method}`],
      ['Contact', contact],
      ['Allow', 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO'],
      ...extra,
      ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
    ];
    return new Promise((resolve) => {
      answers.set(branch, (answer) => {
        if (statusOf(answer) < 200) return;
        answers.delete(branch);
        if (method === 'INVITE') {
          const ok = statusOf(answer) < 300;
          const ackVia = ok
            ? `${wire.via};branch=z9hG4bK${randomToken()}`
            : `${wire.via};branch=${branch}`;
          wire.send(
            formatSip(`ACK ${dialog.uri} SIP/2.0`, [
              ['Via', ackVia],
              ['Max-Forwards', '70'],
              ['From', dialog.from],
              ['To', header(answer, 'To')],
              ['Call-ID', dialog.callId],
              ['CSeq', `${String(sequence)} ACK`],
            ]),
          );
        }
        const challenge =
          header(answer, 'WWW-Authenticate') || header(answer, 'Proxy-Authenticate');
        if (challenge !== '' && authorization === undefined) {
          const digest = digestAnswer(challenge, method, dialog.uri, extension, secret);
          resolve(request(method, dialog, extra, sdp, digest));
        } else resolve(answer);
      });
      wire.send(formatSip(`${method} ${dialog.uri} SIP/2.0`, headers, sdp));
    });
  };

  const makeCall = (
    invite: SipMessage,
    dialog: Dialog,
    tag: string,
    arrivedAt: number,
  ): PhoneCall => {
    const ended = new Promise<SipMessage>((resolve) => endings.set(dialog.callId, resolve));
    return {
      invite,
      arrivedAt,
      ended,
      ring: () => respond(invite, '180 Ringing', tag),
      answer: (sdp) => {
        const ack = new Promise<void>((resolve) => acknowledged.set(dialog.callId, resolve));
        respond(invite, '200 OK', tag, sdp);
        return ack;
      },
      reject: (status) => respond(invite, status, tag),
      reinvite: (sdp) => request('INVITE', dialog, [], sdp),
      hangUp: async () => {
        await request('BYE', dialog, []);
      },
      told: () => identities.get(dialog.callId) ?? '',
      dialog: {
        callId: dialog.callId,
        ownTag: tagOf(dialog.from),
        farTag: tagOf(dialog.to),
      },
      refer: async (target) => {
        const codes: number[] = [];
        const told = new Promise<readonly number[]>((resolve) => {
          notified.set(dialog.callId, (notify) => {
            codes.push(Number(notify.body.split(' ')[1]));
            if (header(notify, 'Subscription-State').startsWith('terminated')) resolve(codes);
          });
        });
        const answer = await request('REFER', dialog, [
          ['Refer-To', `<${target.startsWith('sip:') ? target : `sip:${target}@${domain}`}>`],
          ['Referred-By', `<sip:${extension}@${domain}>`],
        ]);
        return { status: statusOf(answer), told };
      },
    };
  };

  let isSilent = false;

  const take = (text: string): void => {
    const arrivedAt = performance.now();
    if (text.trim() === '' || isSilent) return;
    const message = parseSip(text);
    if (message.firstLine.startsWith('SIP/2.0')) {
      const branch = /branch=([^;]+)/.exec(header(message, 'Via'))?.[1] ?? '';
      answers.get(branch)?.(message);
      return;
    }
    const callId = header(message, 'Call-ID');
    // Media of another phone may come to the wrong socket.
    if (callId !== '') requests.push(methodOf(message));
    switch (methodOf(message)) {
      case 'INVITE': {
        if (endings.has(callId)) {
          identities.set(callId, header(message, 'P-Asserted-Identity'));
          respond(message, '488 Not Acceptable Here', '');
          return;
        }
        const tag = randomToken();
        const uri = /<([^>]+)>/.exec(header(message, 'Contact'))?.[1] ?? '';
        const dialog = {
          uri,
          from: `${header(message, 'To')};tag=${tag}`,
          to: header(message, 'From'),
          callId,
        };
        const call = makeCall(message, dialog, tag, arrivedAt);
        respond(message, '100 Trying', tag);
        const taker = wanted.shift();
        if (taker === undefined) arrived.push(call);
        else taker(call);
        return;
      }
      case 'ACK':
        acknowledged.get(callId)?.();
        return;
      case 'CANCEL':
      case 'BYE':
        respond(message, '200 OK', '');
        endings.get(callId)?.(message);
        return;
      case 'UPDATE':
        identities.set(callId, header(message, 'P-Asserted-Identity'));
        respond(message, '200 OK', '');
        return;
      case 'NOTIFY':
        respond(message, '200 OK', '');
        notified.get(callId)?.(message);
        tellings.push({ event: header(message, 'Event'), body: message.body });
        return;
      default:
        respond(message, '200 OK', '');
    }
  };
  wire.onMessage(take);

  return {
    register: async (password, expires = 120) => {
      secret = password;
      const aor = `<sip:${extension}@${domain}>`;
      const answer = await request(
        'REGISTER',
        {
          uri: `sip:${domain}`,
          from: `${aor};tag=${randomToken()}`,
          to: aor,
          callId: randomToken(),
        },
        [['Expires', String(expires)]],
      );
      return statusOf(answer);
    },
    nextCall: () => {
      const call = arrived.shift();
      return call === undefined
        ? new Promise((resolve) => wanted.push(resolve))
        : Promise.resolve(call);
    },
    dial: async (number, headers, sdp) => {
      const dialog = {
        uri: `sip:${number}@${domain}`,
        from: `<sip:${extension}@${domain}>;tag=${randomToken()}`,
        to: `<sip:${number}@${domain}>`,
        callId: randomToken(),
      };
      const answer = await request('INVITE', dialog, headers, sdp);
      const uri = /<([^>]+)>/.exec(header(answer, 'Contact'))?.[1] ?? dialog.uri;
      const call = makeCall(
        answer,
        { ...dialog, uri, to: header(answer, 'To') },
        '',
        performance.now(),
      );
      return { status: statusOf(answer), answer, call };
    },
    asked: () => requests.filter((method) => method !== 'OPTIONS'),
    toldOf: (event) => tellings.filter((one) => one.event === event).map(({ body }) => body),
    subscribe: async (user, event, accept) => {
      const dialog = {
        uri: `sip:${user}@${domain}`,
        from: `<sip:${extension}@${domain}>;tag=${randomToken()}`,
        to: `<sip:${user}@${domain}>`,
        callId: randomToken(),
      };
      const extra = [
        ['Event', event],
        ['Accept', accept],
        ['Expires', '600'],
      ] as const;
      return statusOf(await request('SUBSCRIBE', dialog, extra));
    },
    fallSilent: () => {
      isSilent = true;
    },
    close: wire.close,
  };
};
