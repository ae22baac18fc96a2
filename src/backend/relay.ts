import { createHmac } from 'node:crypto';
import type { Relay } from '../shared/api/routes.ts';
import type { Result } from '../shared/result.ts';
import { failure, success } from '../shared/result.ts';

/** A TURN server (RFC 8656) that shares a secret with this backend. */
export type RelayConfig = { readonly urls: readonly string[]; readonly secret: string };

const mostUrls = 8;
/** RFC 7065 §3.1. */
const address =
  /^turns?:(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/iu;

/** `turn:relay.example, turn:relay.example?transport=tcp, turns:relay.example:443?transport=tcp` */
export const readRelayUrls = (text: string): Result<readonly string[], string> => {
  const urls = text.split(/[\s,]+/u).filter((part) => part !== '');
  if (urls.length > mostUrls) return failure(`lists more than ${mostUrls} addresses`);
  const wrong = urls.findIndex((url) => !address.test(url));
  if (wrong === -1) return success(urls);
  return failure(
    `is wrong at address ${wrong + 1}: expected turn:HOST or turns:HOST:443?transport=tcp`,
  );
};

/**
 * An account of the relay that nobody has to remember (draft-uberti-behave-turn-rest-00 §2.2): its name says when it ends,
 * and the relay works its secret out as we do.
 */
export const mintRelay = (
  { urls, secret }: RelayConfig,
  extension: string,
  expiresAt: number,
): Relay => {
  const username = `${Math.floor(expiresAt / 1_000)}:${extension}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { urls: [...urls], username, credential, expiresAt };
};
