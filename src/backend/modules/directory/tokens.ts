import { createHash, randomBytes } from 'node:crypto';
import type { DirectoryToken, TokenScope } from '../../../shared/api/directory.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { OtherSystem } from '../../plugins/access.ts';
import { refused, type Answer } from '../../problem.ts';
import { appendAudit } from '../audit/audit-log.ts';

/** With which other systems read and write the directory. */
export type DirectoryTokens = {
  readonly list: () => Promise<readonly DirectoryToken[]>;
  /** Answers the token itself as well, which is told this once. */
  readonly make: (
    actor: string,
    given: { readonly name: string; readonly scopes: readonly TokenScope[] },
  ) => Promise<Answer<DirectoryToken & { readonly token: string }>>;
  readonly revoke: (actor: string, tokenId: string) => Promise<Answer<null>>;
  /** Which system this token belongs to; null: none (any more). */
  readonly of: (token: string) => Promise<OtherSystem | null>;
};

type Needs = { readonly database: Database; readonly now: Now; readonly mintId: MintId };

const mostTokens = 50;
/** Its last use is known to the minute: a system that asks all day is no reason to write all day. */
const usedEveryMs = 60_000;
/** Tells whoever finds one what it is. */
const prefix = 'rsd_';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const listTokens = (database: Queryable): Promise<readonly DirectoryToken[]> =>
  database.query<DirectoryToken>(
    `SELECT t.id, t.name, t.scopes, u.name AS "madeBy", t.made_at AS "madeAt", t.used_at AS "usedAt"
     FROM directory_tokens t JOIN users u ON u.id = t.made_by WHERE t.revoked_at IS NULL ORDER BY t.made_at, t.id`,
  );

export const createDirectoryTokens = ({ database, now, mintId }: Needs): DirectoryTokens => ({
  list: () => listTokens(database),
  make: (actor, { name: given, scopes }) =>
    database.transaction(async (transaction) => {
      const name = remoteText(given);
      if (name === '') return refused('invalid', 'body/name holds nothing that can be shown');
      await transaction.query('LOCK TABLE directory_tokens IN SHARE ROW EXCLUSIVE MODE');
      const others = await listTokens(transaction);
      if (others.length >= mostTokens) {
        return refused('conflict', `there are ${String(mostTokens)} tokens already`);
      }
      if (others.some((other) => other.name === name)) {
        return refused('conflict', 'another token has this name');
      }
      const token = `${prefix}${randomBytes(32).toString('base64url')}`;
      const id = mintId();
      await transaction.query(
        'INSERT INTO directory_tokens (id, name, hash, scopes, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, name, hashOf(token), scopes, actor, now()],
      );
      await appendAudit(transaction, {
        ...{ at: now(), actor, action: 'directory_token_made', subject: null },
        details: { tokenId: id, name, scopes },
      });
      const made = (await listTokens(transaction)).find((each) => each.id === id);
      if (made === undefined) throw new Error('a token was made and is not there');
      return success({ ...made, token });
    }),
  revoke: (actor, tokenId) =>
    database.transaction(async (transaction) => {
      const revoked = await transaction.query<object>(
        'UPDATE directory_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING 1',
        [tokenId, now()],
      );
      if (revoked.length === 0) return refused('not_found', 'there is no such token');
      await appendAudit(transaction, {
        ...{ at: now(), actor, action: 'directory_token_revoked', subject: null },
        details: { tokenId },
      });
      return success(null);
    }),
  of: async (token) => {
    if (!token.startsWith(prefix)) return null;
    const [found] = await database.query<OtherSystem & { readonly usedAt: number | null }>(
      `SELECT id AS "tokenId", made_by AS "madeBy", scopes, used_at AS "usedAt" FROM directory_tokens
       WHERE hash = $1 AND revoked_at IS NULL`,
      [hashOf(token)],
    );
    if (found === undefined) return null;
    const { usedAt, ...system } = found;
    if (usedAt === null || now() - usedAt > usedEveryMs) {
      await database.query('UPDATE directory_tokens SET used_at = $2 WHERE id = $1', [
        system.tokenId,
        now(),
      ]);
    }
    return system;
  },
});
