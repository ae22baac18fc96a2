import { audioOffer } from '../engine-page/scripted-pbx.ts';
import { addressedTo, tortureMessages } from './torture.ts';

type Random = () => number;

const pick = <Item>(items: readonly Item[], random: Random): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

export type Target = {
  /** The user part of the phone's Contact. */
  readonly user: string;
  /** Of the call under way; it begins with "live". */
  readonly liveCallId: string;
  readonly liveTo: string;
};

/** Well-formed messages to mutate: what a PBX sends to a phone, and what a stranger may. */
const plainMessages = ({ user, liveCallId, liveTo }: Target): readonly string[] => {
  const message = (method: string, more: readonly string[] = [], body = '', callId = 'c@pbx') =>
    [
      `${method} sip:${user}@phone.invalid;transport=ws SIP/2.0`,
      'Via: SIP/2.0/WS pbx.invalid:8088;rport;branch=z9hG4bK',
      'Max-Forwards: 70',
      'From: "Carol \\"C\\" Doe" <sip:+12025550123@pbx.invalid;user=phone>;tag=near',
      `To: <sip:${user}@pbx.invalid>`,
      `Call-ID: ${callId}`,
      `CSeq: 102 ${method}`,
      'Contact: "pbx" <sip:pbx@pbx.invalid;transport=ws>;+sip.instance="<urn:uuid:1>";expires=60',
      ...more,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      '',
      body,
    ].join('\n');
  const strange = `To: <sip:${user}@pbx.invalid>;tag=strange`;
  const inside = (text: string) => text.replace(/^To: .*$/mu, strange);
  // Of the call itself, but for what would rightly end it or send its audio elsewhere.
  const ofCall = (method: string, more: readonly string[] = [], body = '') =>
    message(method, more, body, liveCallId).replace(/^To: .*$/mu, `To: ${liveTo}`);
  const response = (status: string, method: string) =>
    message(method).replace(/^.*$/mu, `SIP/2.0 ${status}`);
  return [
    message(
      'INVITE',
      [
        'X-Ringside-Call: 17000000.1',
        'X-Ringside-Queue: support',
        'P-Asserted-Identity: "Carol" <sip:+34911234567@pbx>',
        'Session-Expires: 1800;refresher=uac',
        'Supported: timer, replaces',
      ],
      audioOffer,
    ),
    message('INVITE', ['Replaces: 1@x;to-tag=2;from-tag=3', 'Require: replaces'], audioOffer),
    inside(message('INVITE', [], audioOffer, liveCallId)),
    inside(message('BYE', ['Reason: Q.850;cause=16;text="Normal"'], '', liveCallId)),
    inside(message('ACK', [], '', liveCallId)),
    message('CANCEL', ['Reason: SIP;cause=200;text="Call completed elsewhere"']),
    message('OPTIONS', ['Accept: application/sdp']),
    message('NOTIFY', ['Event: message-summary', 'Subscription-State: active;expires=60']),
    inside(message('NOTIFY', ['Event: refer;id=3'], 'SIP/2.0 200 OK\n')),
    message('REFER', ['Refer-To: <sip:1002@pbx?Replaces=1%3Bto-tag%3D2>', 'Referred-By: <sip:x>']),
    message('SUBSCRIBE', ['Event: dialog', 'Accept: application/dialog-info+xml']),
    message('MESSAGE', [], 'hello'),
    inside(message('INFO', ['Info-Package: dtmf'], 'Signal=5\nDuration=160\n', liveCallId)),
    inside(message('UPDATE', ['Session-Expires: 90;refresher=uas', 'Min-SE: 90'], audioOffer)),
    ofCall('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=5\nDuration=160\n'),
    ofCall('NOTIFY', ['Event: refer;id=3', 'Subscription-State: active;expires=60']),
    ofCall('UPDATE', ['Session-Expires: 90;refresher=uas', 'P-Asserted-Identity: <sip:7@pbx>']),
    ofCall('REFER', ['Refer-To: <sip:1002@pbx>']),
    ofCall('OPTIONS'),
    ofCall('MESSAGE', [], 'hello'),
    ofCall('PRACK', ['RAck: 1 1 INVITE']),
    message('REGISTER', ['Expires: 60']),
    message('PUBLISH', ['Event: presence', 'SIP-If-Match: 1']),
    response('200 OK', 'REGISTER'),
    response('401 Unauthorized', 'REGISTER').replace(
      'Max-Forwards: 70',
      'WWW-Authenticate: Digest realm="a", nonce="b", algorithm=MD5, qop="auth,auth-int", stale=true',
    ),
    response('603 Decline', 'INVITE'),
    response('180 Ringing', 'INVITE'),
  ];
};

/** What parsers stumble over. */
const morsels = [
  '\0',
  '%zz',
  '%',
  '%E0%A4',
  '"',
  '<',
  '>',
  ';;,,;',
  ':',
  '@',
  '\n',
  '\n\n',
  '\n ',
  ' ',
  '\t',
  '-1',
  '99999999999999999999',
  '0x7fffffff',
  '4294967296',
  '[::1',
  'sip:',
  'tel:+1;phone-context=',
  '*',
  '\\',
  '=',
  '\u202e',
  '\ud800',
  '😀',
  'a'.repeat(3_000),
  '(('.repeat(200),
  ',<sip:a@b>'.repeat(200),
  '__proto__',
  'constructor: x\n',
  '$&',
];

type Mutation = (text: string, random: Random, corpus: readonly string[]) => string;

const at = (text: string, random: Random) => Math.floor(random() * (text.length + 1));
const onLines =
  (change: (lines: string[], random: Random) => void): Mutation =>
  (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };

const mutations: readonly Mutation[] = [
  (text, random) => {
    const place = at(text, random);
    return text.slice(0, place) + pick(morsels, random) + text.slice(place);
  },
  (text, random) => {
    const place = at(text, random);
    return text.slice(0, place) + text.slice(place + 1 + Math.floor(random() * 12));
  },
  (text, random) => {
    const place = at(text, random);
    const code = Math.floor(random() * 256);
    return text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
  },
  (text, random) => text.slice(0, at(text, random)),
  onLines((lines, random) => lines.splice(Math.floor(random() * lines.length), 1)),
  onLines((lines, random) => {
    lines.splice(Math.floor(random() * lines.length), 0, pick(lines, random));
  }),
  onLines((lines, random) => {
    const line = Math.floor(random() * lines.length);
    lines[line] = (lines[line] ?? '').replace(/:.*$/u, `:${pick(morsels, random)}`);
  }),
  onLines((lines, random) => {
    const [from, to] = [random(), random()].map((one) => Math.floor(one * lines.length));
    if (from === undefined || to === undefined) return;
    [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
  }),
  (text, random) => text.replace(/\d+/u, () => pick(morsels, random)),
  (text, random) => {
    const numbers = [...text.matchAll(/\d+/gu)];
    if (numbers.length === 0) return text;
    const { index, 0: number } = pick(numbers, random);
    return text.slice(0, index) + pick(morsels, random) + text.slice(index + number.length);
  },
  (text, random, corpus) => {
    const other = pick(corpus, random);
    return text.slice(0, at(text, random)) + other.slice(at(other, random));
  },
  (text, random) => {
    const place = at(text, random);
    const end = place + Math.floor(random() * 40);
    return text.slice(0, place) + text.slice(place, end).toUpperCase() + text.slice(end);
  },
];

/** A transaction of its own for each message; otherwise the second one is a mere repetition. */
const asNew = (text: string, id: string): string =>
  text
    .replaceAll('z9hG4bK', `z9hG4bK${id}`)
    .replace(/^((?:call-id|i)\s*:\s*)(?!live)/imu, `$1${id}`);

/** An endless row of broken messages, the same for the same seed; many come near the call under way. */
export const createMutants = (random: Random, target: Target): (() => string) => {
  const corpus = [
    ...plainMessages(target),
    ...tortureMessages.map(({ text }) => text),
    ...tortureMessages.map(({ text }) => addressedTo(text, target.user)),
  ];
  let count = 0;
  const next = (): string => {
    count += 1;
    let text = asNew(pick(corpus, random), count.toString(36));
    for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
      text = pick(mutations, random)(text, random, corpus);
    }
    return text.replaceAll(/\r?\n/gu, '\r\n');
  };
  const liveTag = /tag=\S+/u.exec(target.liveTo)?.[0] ?? target.liveTo;
  // By chance two pieces make a whole that rightly ends the call or moves its audio.
  const isRightful = (text: string) =>
    text.includes(liveTag) && (/^BYE/iu.test(text) || text.includes('m=audio'));
  return () => {
    let text = next();
    while (isRightful(text)) text = next();
    return text;
  };
};
