import { createHash, randomBytes } from 'node:crypto';

/** Just enough of RFC 3261 to be a telephone in a test. */
export type SipMessage = {
  readonly firstLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

export const parseSip = (text: string): SipMessage => {
  const end = text.indexOf('\r\n\r\n');
  const [firstLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { firstLine, headers, body: text.slice(end + 4) };
};

export const header = (message: SipMessage, name: string): string =>
  message.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';

export const headersNamed = (message: SipMessage, name: string): readonly string[] =>
  message.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, v]) => v);

export const formatSip = (
  firstLine: string,
  headers: readonly (readonly [string, string])[],
  body = '',
): string =>
  [
    firstLine,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    '',
    body,
  ].join('\r\n');

export const randomToken = (): string => randomBytes(8).toString('hex');

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const parameter = (challenge: string, name: string): string =>
  new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';

/** RFC 2617 digest with qop=auth. */
export const digestAnswer = (
  challenge: string,
  method: string,
  uri: string,
  username: string,
  password: string,
): string => {
  const realm = parameter(challenge, 'realm');
  const nonce = parameter(challenge, 'nonce');
  const opaque = parameter(challenge, 'opaque');
  const cnonce = randomToken();
  const ha1 = md5(`${username}:${realm}:${password}`);
  const ha2 = md5(`${method}:${uri}`);
  const response = md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${ha2}`);
  return [
    `Digest username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    'qop=auth',
    'nc=00000001',
    `cnonce="${cnonce}"`,
    ...(opaque === '' ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
};
