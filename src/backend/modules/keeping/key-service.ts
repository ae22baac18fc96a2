import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { failure, success, type Result } from '../../../shared/result.ts';

export type KeyFailure = { readonly code: 'key_missing' | 'key_wrong'; readonly message: string };

/** Wraps the keys of files; shaped like a key management service, which never gives its own keys away. */
export interface KeyService {
  /** The key that wraps now. */
  readonly currentId: string;
  /** `context` must be the same at the unwrapping. */
  wrap(dataKey: Buffer, context: string): Promise<Buffer>;
  unwrap(keyId: string, wrapped: Buffer, context: string): Promise<Result<Buffer, KeyFailure>>;
}

const nonceBytes = 12;
const tagBytes = 16;

const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

/** Keys of the environment: the first wraps, and all of them unwrap. */
export const createLocalKeys = (current: Buffer, before: readonly Buffer[] = []): KeyService => {
  const keys = new Map([...before, current].map((key) => [idOf(key), key]));
  const currentId = idOf(current);
  return {
    currentId,
    wrap: (dataKey, context) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, body, cipher.getAuthTag()]));
    },
    unwrap: (keyId, wrapped, context) => {
      const key = keys.get(keyId);
      if (key === undefined) {
        const message = `the key ${keyId} is not among those of the settings`;
        return Promise.resolve(failure({ code: 'key_missing', message }));
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(context, 'utf8'));
        decipher.setAuthTag(wrapped.subarray(-tagBytes));
        const body = decipher.update(wrapped.subarray(nonceBytes, -tagBytes));
        return Promise.resolve(success(Buffer.concat([body, decipher.final()])));
      } catch {
        // GCM says no more than that: another key, another context, or altered bytes.
        const message = 'the wrapped key is not what it was';
        return Promise.resolve(failure({ code: 'key_wrong', message }));
      }
    },
  };
};
