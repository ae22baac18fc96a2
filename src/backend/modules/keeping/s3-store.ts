import { createReadStream } from 'node:fs';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { RecordingStore, StoreFailure } from './recording-store.ts';

export type S3Address = {
  /** With the bucket and, it may be, a prefix; the bucket stands in the path, as every such store understands. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** A store that says nothing for so long is away. */
const silenceMs = 20_000;

/** What a store sends to explain itself is short. */
const longestExplanation = 4_096;

const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

type Method = 'GET' | 'HEAD' | 'PUT' | 'DELETE';
type Body = { readonly path: string; readonly size: number; readonly sha256: Buffer };

const failed = (error: unknown): Result<never, StoreFailure> =>
  failure({ code: 'store_away', message: error instanceof Error ? error.message : String(error) });

/** A bucket of a store that speaks Amazon's S3 (Signature Version 4). */
export const createS3Store = (address: S3Address): RecordingStore => {
  const urlOf = (name: string): URL => new URL(`${address.url}/${encodeURIComponent(name)}`);

  const ask = async (
    method: Method,
    name: string,
    { body, range }: { readonly body?: Body; readonly range?: string } = {},
  ): Promise<IncomingMessage> => {
    const signed = await new AwsV4Signer({
      ...address,
      method,
      url: urlOf(name).href,
      service: 's3',
      headers: { 'x-amz-content-sha256': body?.sha256.toString('hex') ?? hashOfNothing },
    }).sign();
    const { url } = signed;
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method,
      headers: {
        ...Object.fromEntries(signed.headers),
        ...(range === undefined ? {} : { range }),
        ...(body === undefined
          ? {}
          : { 'content-length': body.size, 'content-type': 'application/octet-stream' }),
      },
      timeout: silenceMs,
    });
    request.on('timeout', () => request.destroy(new Error('the store does not answer')));
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve);
      request.on('error', reject);
    });
    if (body === undefined) request.end();
    else {
      // A store that refuses may do so before it has read everything: its answer counts, not the broken pipe.
      pipeline(createReadStream(body.path), request).catch((error: unknown) => {
        request.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    }
    return response;
  };

  const explain = async (
    response: IncomingMessage,
    isAbsent: boolean,
  ): Promise<Result<never, StoreFailure>> => {
    let text = '';
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > longestExplanation) break;
    }
    const status = response.statusCode ?? 0;
    const code = /<Code>([^<]{1,64})<\/Code>/u.exec(text)?.[1] ?? '';
    const message = `it answers ${String(status)} ${code}`.trim();
    if (isAbsent && status === 404) return failure({ code: 'absent', message });
    return failure({
      code: status >= 500 || status === 429 ? 'store_away' : 'store_refused',
      message,
    });
  };

  const isGood = ({ statusCode = 0 }: IncomingMessage): boolean =>
    statusCode >= 200 && statusCode < 300;

  return {
    place: address.url,
    put: async (name, path, { size, sha256 }) => {
      try {
        const response = await ask('PUT', name, { body: { path, size, sha256 } });
        if (!isGood(response)) return await explain(response, false);
        response.resume();
        return success(null);
      } catch (error) {
        return failed(error);
      }
    },
    read: async (name, { start, end }) => {
      try {
        const response = await ask('GET', name, {
          range: `bytes=${String(start)}-${String(end)}`,
        });
        if (!isGood(response)) return await explain(response, true);
        if (response.statusCode === 206) return success(response);
        response.destroy();
        return failure({ code: 'store_refused', message: 'the store gives no parts of files' });
      } catch (error) {
        return failed(error);
      }
    },
    sizeOf: async (name) => {
      try {
        const response = await ask('HEAD', name);
        response.resume();
        if (response.statusCode === 404) return success(null);
        if (!isGood(response)) return await explain(response, false);
        return success(Number(response.headers['content-length'] ?? Number.NaN));
      } catch (error) {
        return failed(error);
      }
    },
    remove: async (name) => {
      try {
        const response = await ask('DELETE', name);
        if (!isGood(response) && response.statusCode !== 404) return await explain(response, false);
        response.resume();
        return success(null);
      } catch (error) {
        return failed(error);
      }
    },
  };
};
