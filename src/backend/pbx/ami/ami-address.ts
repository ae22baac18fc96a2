import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

export type AmiAddress = {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
};

const DEFAULT_PORT = 5038;

/** Reads `ami://user:secret@host:port`; user and secret may be percent-encoded. The answer never repeats the secret. */
export const parseAmiUrl = (text: string): Result<AmiAddress, string> => {
  if (!URL.canParse(text)) return failure('not an address like ami://user:secret@127.0.0.1:5038');
  const url = new URL(text);
  if (url.protocol !== 'ami:') return failure('the address must start with ami://');
  if (url.hostname === '') return failure('the address names no host');
  if (url.username === '' || url.password === '')
    return failure('the address names no user and secret');
  try {
    return success({
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
      username: decodeURIComponent(url.username),
      secret: decodeURIComponent(url.password),
    });
  } catch {
    return failure('user or secret are not well percent-encoded');
  }
};
