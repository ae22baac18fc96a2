import { createHmac, timingSafeEqual } from 'node:crypto';
import { failure, success, type Result } from '../../../shared/result.ts';

/** Older, or more ahead of the backend's clock, and it is refused: what is overheard cannot be sent again later. */
export const signatureWindowMs = 300_000;

const macOf = (key: Buffer, timestamp: string, body: Buffer): Buffer =>
  createHmac('sha256', key).update(`${timestamp}.`).update(body).digest();

/** `sha256=…`, as the page that asks has to send it (HMAC, RFC 2104, of the time, a full stop, and the body as it is). */
export const surveySignature = (key: Buffer, timestamp: string, body: Buffer): string =>
  `sha256=${macOf(key, timestamp, body).toString('hex')}`;

type Signed = {
  /** Epoch seconds. */
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Buffer;
};

/** Whether this came from somebody who has the key, just now; else why not. */
export const checkSurveySignature = (
  key: Buffer,
  { timestamp, signature, body }: Signed,
  now: number,
): Result<null, string> => {
  if (!/^\d{10}$/u.test(timestamp))
    return failure('X-Ringside-Timestamp is no time: expected seconds since 1970');
  const hex = /^sha256=([0-9a-f]{64})$/u.exec(signature)?.[1];
  if (hex === undefined)
    return failure('X-Ringside-Signature is no signature: expected sha256= and 64 digits');
  // In the same time, however much of it is right.
  if (!timingSafeEqual(macOf(key, timestamp, body), Buffer.from(hex, 'hex')))
    return failure('the signature does not fit: another key, another time or another body');
  return Math.abs(now - Number(timestamp) * 1_000) > signatureWindowMs
    ? failure(
        `the request is not of now: its time is more than ${String(signatureWindowMs / 60_000)} minutes off`,
      )
    : success(null);
};
