import type { Settings } from './ask.ts';
import type { SettingField } from './connector.ts';
import type { Authentication } from './http/authentication.ts';
import { waitFromSeconds, wordOf, type Dialect, type RefusedAnswer } from './http/dialect.ts';

/** What Atlassian's cloud products share: a site, an API token, and how they refuse. */

export const siteUrl = (settings: Settings): string =>
  `https://${settings['site'] ?? ''}.atlassian.net`;

export const siteFields: readonly SettingField[] = [
  {
    name: 'site',
    label: { en: 'Site', es: 'Sitio', pt: 'Site' },
    help: {
      en: 'What stands before .atlassian.net.',
      es: 'Lo que está antes de .atlassian.net.',
      pt: 'O que vem antes de .atlassian.net.',
    },
    pattern: /[a-z0-9][a-z0-9-]{0,62}/u,
    example: 'acme',
  },
  {
    name: 'email',
    label: { en: 'Account: email', es: 'Cuenta: correo', pt: 'Conta: e-mail' },
    help: {
      en: 'Best an account of its own: what is written there stands under its name.',
      es: 'Mejor una cuenta propia: lo que se escribe allí queda con su nombre.',
      pt: 'De preferência uma conta própria: o que for escrito lá fica com o nome dela.',
    },
    pattern: /[^\s@:]+@[^\s@:]+/u,
    example: 'ringside@acme.com',
  },
  {
    name: 'apiToken',
    label: { en: 'Account: API token', es: 'Cuenta: token de API', pt: 'Conta: token de API' },
    help: {
      en: 'Made at id.atlassian.com, without scopes. It ends after a year at the latest.',
      es: 'Se crea en id.atlassian.com, sin permisos (scopes). Vence en un año como máximo.',
      pt: 'É criado em id.atlassian.com, sem escopos. Vence em no máximo um ano.',
    },
    isSecret: true,
  },
];

/** Basic, the token in the place of the password: tokens without scopes are taken at the site's own address alone. */
export const siteAuthentication: Authentication = {
  kind: 'headers',
  headers: ({ email = '', apiToken = '' }) => ({
    authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`,
  }),
};

const fieldNames = (body: unknown): readonly string[] => {
  const errors =
    typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.keys(errors).filter((name) => /^[\w.-]{1,60}$/u.test(name));
};

/** Retry-After in seconds, else the instant of X-RateLimit-Reset (ISO 8601). */
const waitOf = (headers: Headers, nowMs: number): number | undefined =>
  waitFromSeconds(headers, nowMs) ?? waitFromSeconds(headers, nowMs, 'x-ratelimit-reset');

const readThrottle = ({ headers }: RefusedAnswer, nowMs: number) => {
  const reason = wordOf({ reason: headers.get('ratelimit-reason') }, 'reason');
  const retryAfterMs = waitOf(headers, nowMs);
  return {
    // Points of an hour are spent (`jira-quota-tenant-based`); bursts are over in seconds.
    ...(reason?.includes('quota') === true ? { kind: 'quota_exhausted' as const } : {}),
    ...(reason === undefined ? {} : { vendorCode: reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

/**
 * `{"errorMessages":[…],"errors":{"summary":"…"}}` of Jira, `{"i18nErrorMessage":{"i18nKey":"…"}}` of Service Management; 429
 * with `RateLimit-Reason` (developer.atlassian.com/cloud/jira/platform/rate-limiting).
 */
export const atlassianDialect: Dialect = {
  readRefusal: (answer, nowMs) => {
    if (answer.status === 429) return readThrottle(answer, nowMs);
    const { body } = answer;
    const inner =
      typeof body === 'object' && body !== null && 'i18nErrorMessage' in body
        ? body.i18nErrorMessage
        : undefined;
    const vendorCode = wordOf(inner, 'i18nKey');
    const fields = fieldNames(body);
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(fields.length === 0 ? {} : { fields }),
    };
  },
  requestIdHeader: 'atl-traceid',
};
