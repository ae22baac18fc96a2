import type { Settings } from '../ask.ts';
import type { Outcome } from '../failure.ts';

/** How requests say whose they are. Connectors with `oauth2` have the settings `clientId` and `clientSecret`. */
export type Authentication =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'headers';
      readonly headers: (settings: Settings) => Readonly<Record<string, string>>;
    }
  /** In the address, where a vendor wants it there; addresses are never logged or shown. */
  | {
      readonly kind: 'query';
      readonly query: (settings: Settings) => Readonly<Record<string, string>>;
    }
  | OAuth;

/** RFC 6749, with what vendors do differently. */
export type OAuth = {
  readonly kind: 'oauth2';
  /** `authorization_code`: somebody signs in at the vendor (§4.1). `client_credentials`: nobody has to (§4.4). */
  readonly grant: (settings: Settings) => 'authorization_code' | 'client_credentials';
  /** Not asked for with client credentials. */
  readonly authorizeUrl?: (settings: Settings) => string;
  readonly tokenUrl: (settings: Settings) => string;
  /** RFC 7009. */
  readonly revokeUrl?: (settings: Settings) => string;
  readonly scopes: readonly string[];
  /** Between scopes; a space unless the vendor wants another. */
  readonly scopeSeparator?: string;
  /** Where client id and secret go (§2.3.1); in the body unless said otherwise. */
  readonly clientIn?: 'basic';
  readonly tokenBody?: 'json';
  /** Further parameters of the authorization request, such as `access_type`. */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** RFC 7636, where the vendor knows it. */
  readonly hasPkce: boolean;
  /** What stands before the token; `Bearer` unless said otherwise. */
  readonly scheme?: string;
  /** Headers that say it instead, where the settings want no tokens; null: they do. */
  readonly withoutTokens?: (settings: Settings) => Readonly<Record<string, string>> | null;
  /** What the token's answer tells beside the token: the host of the account, the region. */
  readonly factsOf?: (
    answer: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, string>>;
};

export type Tokens = {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Epoch ms; absent: nobody knows, until a 401 says so. */
  readonly expiresAt?: number;
  readonly scopes?: readonly string[];
  readonly facts?: Readonly<Record<string, string>>;
};

/** Where a connection's tokens are kept, encrypted, for all backends. */
export type TokenStore = {
  /** null: nobody connected it, or what it had was taken back. */
  readonly current: () => Promise<Tokens | null>;
  /**
   * Exchanges spent tokens for new ones, once over all backends: some vendors delete a refresh token when it is used. Whoever
   * comes later gets what the first one got.
   */
  readonly renew: (
    spent: Tokens | null,
    exchange: (held: Tokens | null) => Promise<Outcome<Tokens>>,
  ) => Promise<Outcome<Tokens>>;
};

/** What is said without tokens; null: a token has to be had first. */
export const fixedHeaders = (
  authentication: Authentication,
  settings: Settings,
): Readonly<Record<string, string>> | null => {
  if (authentication.kind === 'headers') return authentication.headers(settings);
  if (authentication.kind !== 'oauth2') return {};
  return authentication.withoutTokens?.(settings) ?? null;
};
