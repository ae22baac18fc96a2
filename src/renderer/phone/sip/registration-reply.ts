import type { RegistrationFailure } from '../../../shared/domain/registration/registration.ts';

/** A day: what is asked for never grows beyond it. */
const longestExpiresSeconds = 86_400;

export type RegistrationReply =
  | { readonly kind: 'bound'; readonly expiresSeconds: number }
  /** 423: the registrar wants longer intervals (RFC 3261 §10.2.8). */
  | { readonly kind: 'too_brief'; readonly minimumSeconds: number }
  | {
      readonly kind: 'failed';
      readonly why: RegistrationFailure;
      readonly retryAfterSeconds: number | null;
    };

const seconds = (text: string | undefined): number | null => {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isFinite(value) && value >= 0 ? value : null;
};

/** One header may list several contacts; names in quotes are nothing but decoration. */
const contactsOf = (headers: readonly string[]): readonly string[] =>
  headers.flatMap(
    (header) => header.replaceAll(/"(?:[^"\\]|\\.)*"/gsu, '').match(/(?:<[^>]*>|[^,<])+/gsu) ?? [],
  );

/**
 * What a final answer to REGISTER means. A 200 counts only if one of its contacts is ours: a registrar that kept another
 * binding would let the phone believe in calls that never come.
 */
export const readRegistrationReply = (reply: {
  readonly status: number;
  readonly contacts: readonly string[];
  readonly expires: string | undefined;
  readonly minimumExpires: string | undefined;
  readonly retryAfter: string | undefined;
  /** The user part of our Contact: random, so it names the binding. */
  readonly ourUser: string;
  readonly askedSeconds: number;
}): RegistrationReply => {
  const { status } = reply;
  const retryAfterSeconds = seconds(reply.retryAfter);
  if (status >= 200 && status < 300) {
    const ours = contactsOf(reply.contacts).find((contact) =>
      new RegExp(`<?sips?:${reply.ourUser}@`, 'iu').test(contact),
    );
    if (ours === undefined) return { kind: 'failed', why: 'binding_missing', retryAfterSeconds };
    const expiresSeconds =
      seconds(/;\s*expires\s*=\s*(\d+)/iu.exec(ours)?.[1]) ??
      seconds(reply.expires) ??
      reply.askedSeconds;
    if (expiresSeconds === 0) return { kind: 'failed', why: 'binding_missing', retryAfterSeconds };
    // RFC 3261 §10.3: a registrar may shorten what was asked for, and has no word in lengthening it.
    return { kind: 'bound', expiresSeconds: Math.min(reply.askedSeconds, expiresSeconds) };
  }
  const minimumSeconds = Math.min(seconds(reply.minimumExpires) ?? 0, longestExpiresSeconds);
  if (status === 423 && minimumSeconds > reply.askedSeconds) {
    return { kind: 'too_brief', minimumSeconds };
  }
  const why: RegistrationFailure = [401, 403, 404, 407].includes(status)
    ? 'credentials_refused'
    : status === 408
      ? 'pbx_unreachable'
      : 'pbx_error';
  return { kind: 'failed', why, retryAfterSeconds };
};
