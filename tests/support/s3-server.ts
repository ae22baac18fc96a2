import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

type Signed = {
  readonly method: string;
  readonly path: string;
  /** Those that were signed, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly region: string;
  readonly secretAccessKey: string;
};

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** Signature Version 4 of a request without a query, worked out anew from Amazon's description. */
export const signatureOf = (signed: Signed): string => {
  const { method, path, headers, region, secretAccessKey } = signed;
  const names = Object.keys(headers).sort();
  const time = headers['x-amz-date'] ?? '';
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const request = [
    method,
    path,
    '',
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const dayKey = hmac(`AWS4${secretAccessKey}`, time.slice(0, 8));
  const key = hmac(hmac(hmac(dayKey, region), 's3'), 'aws4_request');
  return hmac(key, toSign).toString('hex');
};

export type S3Server = {
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Answers everything with 503 from now on, or no longer. */
  setAway: (isAway: boolean) => void;
  readonly stop: () => Promise<void>;
};

/** A store that speaks so much of S3 as recordings need, and believes no signature that it has not worked out itself. */
export const startS3Server = async (
  region: string,
  secrets: Readonly<Record<string, string>>,
): Promise<S3Server> => {
  const objects = new Map<string, Buffer>();
  let isAway = false;

  const isSigned = (request: IncomingMessage, body: Buffer): boolean => {
    const given =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\S+, SignedHeaders=(\S+), Signature=(\w+)$/u.exec(
        request.headers.authorization ?? '',
      );
    const [, accessKeyId = '', names = '', signature = ''] = given ?? [];
    const headers = Object.fromEntries(
      names.split(';').map((name) => [name, String(request.headers[name] ?? '')]),
    );
    const secretAccessKey = secrets[accessKeyId];
    if (secretAccessKey === undefined || !names.includes('host')) return false;
    if (headers['x-amz-content-sha256'] !== sha256(body)) return false;
    const path = request.url ?? '';
    const method = request.method ?? '';
    return signatureOf({ method, path, headers, region, secretAccessKey }) === signature;
  };

  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const refuse = (status: number, code: string) =>
        response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
      if (isAway) return refuse(503, 'SlowDown');
      if (!isSigned(request, body)) return refuse(403, 'SignatureDoesNotMatch');
      const key = request.url ?? '';
      if (request.method === 'PUT') {
        // As the real one: a body of unknown length is not taken.
        if (request.headers['content-length'] === undefined) {
          return refuse(411, 'MissingContentLength');
        }
        objects.set(key, body);
        return response.writeHead(200).end();
      }
      if (request.method === 'DELETE') {
        objects.delete(key);
        return response.writeHead(204).end();
      }
      const object = objects.get(key);
      if (object === undefined) return refuse(404, 'NoSuchKey');
      const [, start, end] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
      if (start === undefined || end === undefined) {
        return response.writeHead(200, { 'content-length': object.length }).end(object);
      }
      return response.writeHead(206).end(object.subarray(Number(start), Number(end) + 1));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/bucket/calls`,
    objects,
    setAway: (away) => {
      isAway = away;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
