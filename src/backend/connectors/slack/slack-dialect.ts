import type { FailureKind } from '../failure.ts';
import { wordOf, type Dialect, type ReadRefusal } from '../http/dialect.ts';

/** Slack's words for what went wrong, in answers of 200 and in the plain texts of webhooks. */
const kinds: Readonly<Record<string, FailureKind>> = {
  not_authed: 'auth',
  invalid_auth: 'auth',
  account_inactive: 'auth',
  token_revoked: 'auth',
  token_expired: 'auth',
  invalid_token: 'auth',
  // The webhook was taken back: there has to be another one.
  no_service: 'auth',
  no_active_hooks: 'auth',
  no_service_id: 'auth',
  no_team: 'auth',
  missing_scope: 'forbidden',
  no_permission: 'forbidden',
  not_in_channel: 'forbidden',
  restricted_action: 'forbidden',
  action_prohibited: 'forbidden',
  ekm_access_denied: 'forbidden',
  access_denied: 'forbidden',
  team_access_not_granted: 'forbidden',
  posting_to_general_channel_denied: 'forbidden',
  channel_not_found: 'not_found',
  channel_is_archived: 'not_found',
  is_archived: 'not_found',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  message_limit_exceeded: 'quota_exhausted',
  request_timeout: 'timeout',
  service_unavailable: 'unavailable',
  team_added_to_org: 'unavailable',
  internal_error: 'unavailable',
  fatal_error: 'unavailable',
  rollup_error: 'unavailable',
};
/** Of these Slack says that a part may have been done. */
const halfDone = new Set(['internal_error', 'fatal_error', 'request_timeout', 'rollup_error']);

const refusalOf = (word: string): ReadRefusal => ({
  kind: kinds[word] ?? 'validation',
  vendorCode: word,
  ...(halfDone.has(word) ? { mayBeDone: true } : {}),
});

const plainWord = (text: string | undefined): string | undefined => {
  const word = text?.trim() ?? '';
  return /^[a-z_]{1,60}$/u.test(word) ? word : undefined;
};

export const slackDialect: Dialect = {
  readRefusal: ({ status, body, text }) => {
    const word = wordOf(body, 'error') ?? plainWord(text);
    if (word === undefined) return {};
    // A status that says more than an unknown word stands.
    const { kind, ...rest } = refusalOf(word);
    return kinds[word] === undefined || status === 429 || kind === undefined
      ? rest
      : { ...rest, kind };
  },
  errorInside: (body) => {
    if (typeof body !== 'object' || body === null) return undefined;
    if (!('ok' in body) || body.ok !== false) return undefined;
    const word = wordOf(body, 'error');
    return word === undefined ? { kind: 'bad_response' } : refusalOf(word);
  },
  requestIdHeader: 'x-slack-req-id',
};
