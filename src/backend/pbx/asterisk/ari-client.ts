import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

export type AriAddress = {
  /** Without a path: http://127.0.0.1:8088 */
  readonly url: string;
  readonly username: string;
  readonly secret: string;
};

export type AriFailure = {
  readonly code: 'away' | 'absent' | 'refused';
  readonly message: string;
};

/** One attribute of a configuration object, as ARI writes it. */
export type AriAttribute = { readonly attribute: string; readonly value: string };

/** The part of ARI that we use: objects of res_pjsip's dynamic configuration. */
export type AriClient = {
  readonly read: (type: string, id: string) => Promise<Result<readonly AriAttribute[], AriFailure>>;
  readonly write: (
    type: string,
    id: string,
    attributes: readonly AriAttribute[],
  ) => Promise<Result<null, AriFailure>>;
  readonly remove: (type: string, id: string) => Promise<Result<null, AriFailure>>;
};

const ANSWER_MS = 4_500;

/** Reads `http://user:secret@host:port`. The answer never repeats the secret. */
export const parseAriUrl = (text: string): Result<AriAddress, string> => {
  if (!URL.canParse(text)) return failure('not an address like http://user:secret@127.0.0.1:8088');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return failure('the address must start with http:// or https://');
  if (url.username === '' || url.password === '')
    return failure('the address names no user and secret');
  try {
    const username = decodeURIComponent(url.username);
    const secret = decodeURIComponent(url.password);
    return success({ url: url.origin, username, secret });
  } catch {
    return failure('user or secret are not well percent-encoded');
  }
};

const isAttribute = (value: unknown): value is AriAttribute =>
  typeof value === 'object' &&
  value !== null &&
  'attribute' in value &&
  typeof value.attribute === 'string' &&
  'value' in value &&
  typeof value.value === 'string';

export const createAriClient = (address: AriAddress): AriClient => {
  const authorization = `Basic ${Buffer.from(`${address.username}:${address.secret}`).toString('base64')}`;

  const call = async (
    method: string,
    type: string,
    id: string,
    body?: unknown,
  ): Promise<Result<string, AriFailure>> => {
    try {
      const response = await fetch(
        `${address.url}/ari/asterisk/config/dynamic/res_pjsip/${type}/${encodeURIComponent(id)}`,
        {
          method,
          headers: { authorization, 'content-type': 'application/json' },
          body: body === undefined ? null : JSON.stringify(body),
          signal: AbortSignal.timeout(ANSWER_MS),
          redirect: 'error',
        },
      );
      const text = await response.text();
      if (response.ok) return success(text);
      const message = `ARI answered ${response.status} to ${method} ${type}`;
      return failure({ code: response.status === 404 ? 'absent' : 'refused', message });
    } catch (error) {
      const message = error instanceof Error ? error.message : 'ARI cannot be reached';
      return failure({ code: 'away', message });
    }
  };

  return {
    read: async (type, id) => {
      const answer = await call('GET', type, id);
      if (!answer.ok) return answer;
      try {
        const attributes: unknown = JSON.parse(answer.value);
        if (Array.isArray(attributes)) return success(attributes.filter(isAttribute));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      return failure({ code: 'refused', message: `ARI's answer to GET ${type} makes no sense` });
    },
    write: async (type, id, attributes) => {
      const answer = await call('PUT', type, id, { fields: attributes });
      return answer.ok ? success(null) : answer;
    },
    remove: async (type, id) => {
      const answer = await call('DELETE', type, id);
      return answer.ok ? success(null) : answer;
    },
  };
};
