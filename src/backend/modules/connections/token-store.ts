import { failed, type Outcome } from '../../connectors/failure.ts';
import type { Tokens, TokenStore } from '../../connectors/http/authentication.ts';
import type { Database } from '../../database/database.ts';
import { findConnection, lockConnection, setTokens } from './connection-repository.ts';
import type { Sealed } from './sealed.ts';

/**
 * A connection's tokens, kept for all backends. New ones are had by whoever holds the connection's row: a vendor that deletes a
 * refresh token at its use is asked once.
 */
export const createTokenStore = (
  { database, sealed }: { readonly database: Database; readonly sealed: Sealed },
  connectionId: string,
): TokenStore => {
  let held: Tokens | null = null;
  let underWay: Promise<Outcome<Tokens>> | null = null;

  const exchangeOnce: TokenStore['renew'] = (spent, exchange) =>
    database.transaction(async (transaction) => {
      const row = await lockConnection(transaction, connectionId);
      if (row === null) return failed('auth', 'it is not connected any more');
      const kept = await sealed.tokens.open(connectionId, row.tokens);
      if (kept !== null && kept.accessToken !== spent?.accessToken) {
        held = kept;
        return { ok: true, value: kept };
      }
      const renewed = await exchange(kept);
      if (renewed.ok) {
        held = renewed.value;
        const closed = await sealed.tokens.close(connectionId, renewed.value);
        await setTokens(transaction, connectionId, closed);
      }
      return renewed;
    });

  return {
    current: async () => {
      if (held !== null) return held;
      const row = await findConnection(database, connectionId);
      held = row === null ? null : await sealed.tokens.open(connectionId, row.tokens);
      return held;
    },
    renew: (spent, exchange) => {
      if (held !== null && held.accessToken !== spent?.accessToken) {
        return Promise.resolve({ ok: true, value: held });
      }
      underWay ??= exchangeOnce(spent, exchange).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
};
