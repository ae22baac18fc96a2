import { createHash } from 'node:crypto';
import type { Now } from '../../clock.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { listConnections, type ConnectionRow } from '../connections/connection-repository.ts';
import { connectorCapabilities, textsOf } from '../connections/connection-view.ts';
import type { ContactAddress } from '../contacts/contact-open-page.ts';
import { readCallLanguage } from './call-centre.ts';
import {
  isLogged,
  isWrappedUp,
  readCallFacts,
  readElsewhere,
  type CallElsewhere,
  type CallFacts,
} from './call-facts.ts';
import { callRecord, type Wording } from './call-record.ts';
import type { CallContent } from './deed-content.ts';
import { forgottenBefore } from './deed-keeping.ts';
import { deedAfter, insertDeed, lockDeed, saveDeed, type DeedRow } from './deed-repository.ts';

type Needs = {
  readonly database: Database;
  readonly connectors: readonly Connector[];
  readonly now: Now;
  readonly timeZone: string;
  readonly addressOf: ContactAddress;
};

/** Any number that no other program locks by: of several backends one composes at a time, each from what stands last. */
const lockKey = 7_214_433;
const contactsAtOnce = 100;
/** News of a call come in bursts: what follows at once is told with it. */
const settleMs = 3_000;
/** So long a wrap-up is waited for; what it says later is told then. */
export const wrapUpPatienceMs = 600_000;

/** The same for the same call and connection, whoever works it out: a UUID of version 8 (RFC 9562 §5.8). */
export const callDeedId = (contactId: string, connectionId: string): string => {
  const bytes = createHash('sha256').update(`call ${contactId} ${connectionId}`).digest();
  const hex = bytes.toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A ticket that is chosen once the call stands there changes nothing of where it stands. */
const comparable = (body: CallContent, isThere: boolean): string => {
  const { ticket, ...rest } = body;
  // As the database gives it back: without what is undefined.
  return canonicalJson(JSON.parse(JSON.stringify(isThere ? rest : { ...rest, ticket })));
};

/** Makes deeds of calls that are over, and of what is new of them. Resolves once all that was new is deeds. */
export const createCallLogs = ({ database, connectors, now, timeZone, addressOf }: Needs) => {
  const logsCalls = (row: ConnectionRow): boolean => {
    const connector = connectors.find(({ id }) => id === row.connector);
    return (
      row.isEnabled &&
      row.logsCalls &&
      connector !== undefined &&
      connectorCapabilities(connector, textsOf(row.settings)).includes('logCall')
    );
  };

  const dueAt = (facts: CallFacts & { readonly endedAt: number }, row: DeedRow | null): number => {
    const soon = now() + settleMs;
    const isKnown = row !== null && (row.done !== null || row.attempts > 0);
    return isKnown || isWrappedUp(facts) ? soon : Math.max(soon, facts.endedAt + wrapUpPatienceMs);
  };

  const log = async (
    transaction: Transaction,
    facts: CallFacts & { readonly endedAt: number },
    connection: ConnectionRow,
    context: {
      readonly elsewhere: CallElsewhere | undefined;
      readonly wording: Wording;
      readonly forgotten: number;
    },
  ): Promise<void> => {
    const { contactId } = facts;
    const id = callDeedId(contactId, connection.id);
    const dispositions = textsOf(connection.dispositions);
    const body = callRecord(facts, context.elsewhere, dispositions, context.wording);
    const row = await lockDeed(transaction, id);
    if (row === null) {
      if (facts.endedAt < context.forgotten) return;
      await insertDeed(transaction, {
        ...{ id, kind: 'call_log', body, contactId, connectionId: connection.id },
        ...{ madeBy: null, madeAt: now(), dueAt: dueAt(facts, null), lease: null },
      });
      return;
    }
    const isThere = row.done !== null || row.attempt !== null;
    // Written by this very function.
    const before = comparable(row.body as CallContent, isThere);
    const isNews = before !== comparable(body, isThere);
    const isSooner = row.state === 'waiting' && row.nextAt > dueAt(facts, row);
    if (!isNews && !isSooner) return;
    await saveDeed(
      transaction,
      deedAfter({ ...row, body }, { kind: 'news', dueAt: dueAt(facts, row) }),
    );
  };

  /** Answers whether there may be more. */
  const composeSome = (): Promise<boolean> =>
    database.transaction(async (transaction) => {
      const [lock] = await transaction.query<{ readonly isOurs: boolean }>(
        'SELECT pg_try_advisory_xact_lock($1) AS "isOurs"',
        [lockKey],
      );
      if (lock?.isOurs !== true) return false;
      const news = await transaction.query<{ readonly id: number; readonly contactId: string }>(
        `DELETE FROM call_log_news WHERE id IN (SELECT id FROM call_log_news ORDER BY id LIMIT $1)
         RETURNING id, contact_id AS "contactId"`,
        [contactsAtOnce],
      );
      if (news.length === 0) return false;
      const contactIds = [...new Set(news.map(({ contactId }) => contactId))];
      const targets = (await listConnections(transaction)).filter(logsCalls);
      if (targets.length === 0) return true;
      const calls = (await readCallFacts(transaction, contactIds)).filter(isLogged);
      const elsewhere = await readElsewhere(transaction, contactIds);
      const forgotten = await forgottenBefore(transaction, now());
      const wording = { language: await readCallLanguage(transaction), timeZone, addressOf };
      for (const facts of calls) {
        for (const connection of targets) {
          const known = elsewhere.get(facts.contactId);
          const own = known?.find(({ connectionId }) => connectionId === connection.id);
          await log(transaction, facts, connection, { elsewhere: own, wording, forgotten });
        }
      }
      return true;
    });

  return {
    compose: async (): Promise<void> => {
      // Nearly always there is nothing: no transaction is begun for that.
      const [any] = await database.query<object>('SELECT 1 FROM call_log_news LIMIT 1');
      if (any === undefined) return;
      while (await composeSome());
    },
  };
};
