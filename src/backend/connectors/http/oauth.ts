import { createHash } from 'node:crypto';
import type { Ask, Settings } from '../ask.ts';
import { failed, type Outcome } from '../failure.ts';
import { success } from '../../../shared/result.ts';
import type { OAuth, Tokens } from './authentication.ts';
import { kindOfStatus, wordOf } from './dialect.ts';
import type { Transport } from './transport.ts';

/** The token endpoint of RFC 6749 and what stands around it: the same for every vendor. */

export type AuthorizationRequest = {
  readonly redirectUri: string;
  /** Ours, not to be guessed: whoever comes back with it is who went (§10.12). */
  readonly state: string;
  /** RFC 7636 §4.1. */
  readonly codeVerifier: string;
};

/** Where the administrator's browser is sent. */
export const authorizationUrl = (
  oauth: OAuth,
  settings: Settings,
  { redirectUri, state, codeVerifier }: AuthorizationRequest,
): string | null => {
  if (oauth.authorizeUrl === undefined) return null;
  const url = new URL(oauth.authorizeUrl(settings));
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const parameters = {
    response_type: 'code',
    client_id: settings['clientId'] ?? '',
    redirect_uri: redirectUri,
    state,
    ...(oauth.scopes.length === 0 ? {} : { scope: oauth.scopes.join(oauth.scopeSeparator ?? ' ') }),
    ...(oauth.hasPkce ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...oauth.authorizeParameters,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const textOf = (fields: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const tokensOf = (
  oauth: OAuth,
  fields: Readonly<Record<string, unknown>>,
  held: Tokens | null,
  now: number,
): Tokens | null => {
  const accessToken = textOf(fields, 'access_token');
  if (accessToken === undefined) return null;
  // A vendor that names no new refresh token means the old one to stay (§6).
  const refreshToken = textOf(fields, 'refresh_token') ?? held?.refreshToken;
  const seconds = Number(fields['expires_in']);
  const scope = textOf(fields, 'scope');
  const facts = { ...held?.facts, ...oauth.factsOf?.(fields) };
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(Number.isFinite(seconds) && seconds > 0 ? { expiresAt: now + seconds * 1_000 } : {}),
    ...(scope === undefined ? {} : { scopes: scope.split(/[\s,]+/u) }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  };
};

const fieldsOf = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};

type Needs = {
  readonly transport: Transport;
  readonly now: () => number;
};

type TokenRequest = {
  readonly oauth: OAuth;
  readonly settings: Settings;
  readonly held: Tokens | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly what: string;
};

const encoded = (
  oauth: OAuth,
  settings: Settings,
  parameters: Readonly<Record<string, string>>,
) => {
  const id = settings['clientId'] ?? '';
  const secret = settings['clientSecret'] ?? '';
  const isBasic = oauth.clientIn === 'basic';
  const all = isBasic ? parameters : { ...parameters, client_id: id, client_secret: secret };
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`);
  return {
    headers: {
      accept: 'application/json',
      'content-type':
        oauth.tokenBody === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(isBasic ? { authorization: `Basic ${basic.toString('base64')}` } : {}),
    },
    body: oauth.tokenBody === 'json' ? JSON.stringify(all) : new URLSearchParams(all).toString(),
  };
};

export type TokenEndpoint = {
  readonly exchangeCode: (
    oauth: OAuth,
    settings: Settings,
    code: string,
    request: AuthorizationRequest,
    ask: Ask,
  ) => Promise<Outcome<Tokens>>;
  /** New tokens for spent ones, or the first ones where nobody has to sign in. */
  readonly renew: (
    oauth: OAuth,
    settings: Settings,
    held: Tokens | null,
    ask: Ask,
  ) => Promise<Outcome<Tokens>>;
  /** The vendor forgets them; what it answers changes nothing for us. */
  readonly revoke: (
    oauth: OAuth,
    settings: Settings,
    held: Tokens,
    ask: Ask,
  ) => Promise<Outcome<null>>;
};

export const createTokenEndpoint = ({ transport, now }: Needs): TokenEndpoint => {
  const ask = async (request: TokenRequest, given: Ask): Promise<Outcome<Tokens>> => {
    const { oauth, settings, held, parameters, what } = request;
    const answer = await transport({
      what,
      method: 'POST',
      url: new URL(oauth.tokenUrl(settings)),
      ...encoded(oauth, settings, parameters),
      signal: given.signal,
      timeoutMs: given.deadlineMs,
    });
    if (!answer.ok) return answer;
    const { status, text } = answer.value;
    const fields = fieldsOf(text);
    const tokens = fields === null ? null : tokensOf(oauth, fields, held, now());
    if (status >= 200 && status < 300 && tokens !== null) return success(tokens);
    const code = wordOf(fields, 'error');
    const more = { httpStatus: status, ...(code === undefined ? {} : { vendorCode: code }) };
    const isBusy = status === 429 || status >= 500;
    if (isBusy)
      return failed(kindOfStatus(status), `${what}: refused with ${String(status)}`, more);
    // §5.2: invalid_grant, invalid_client and the like; some vendors say so with 200 or 400.
    return failed('auth', `${what}: refused${code === undefined ? '' : ` (${code})`}`, more);
  };

  return {
    exchangeCode: (oauth, settings, code, { redirectUri, codeVerifier }, given) =>
      ask(
        {
          ...{ oauth, settings, held: null, what: 'exchange the code' },
          parameters: {
            grant_type: 'authorization_code',
            code,
            redirect_uri: redirectUri,
            ...(oauth.hasPkce ? { code_verifier: codeVerifier } : {}),
          },
        },
        given,
      ),
    renew: async (oauth, settings, held, given) => {
      if (oauth.grant(settings) === 'client_credentials') {
        const parameters = {
          grant_type: 'client_credentials',
          ...(oauth.scopes.length === 0
            ? {}
            : { scope: oauth.scopes.join(oauth.scopeSeparator ?? ' ') }),
        };
        return ask({ oauth, settings, held: null, parameters, what: 'get a token' }, given);
      }
      if (held?.refreshToken === undefined) return failed('auth', 'it has to be connected again');
      const parameters = { grant_type: 'refresh_token', refresh_token: held.refreshToken };
      return ask({ oauth, settings, held, parameters, what: 'renew the token' }, given);
    },
    revoke: async (oauth, settings, held, given) => {
      if (oauth.revokeUrl === undefined) return success(null);
      const answer = await transport({
        what: 'revoke the token',
        method: 'POST',
        url: new URL(oauth.revokeUrl(settings)),
        ...encoded(oauth, settings, { token: held.refreshToken ?? held.accessToken }),
        signal: given.signal,
        timeoutMs: given.deadlineMs,
      });
      return answer.ok ? success(null) : answer;
    },
  };
};
