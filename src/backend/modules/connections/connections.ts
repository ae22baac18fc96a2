import { createHash, randomBytes } from 'node:crypto';
import type {
  ConnectionTest,
  ConnectionView,
  ConnectorView,
  SaveConnection,
} from '../../../shared/api/connections.ts';
import type { User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Ask } from '../../connectors/ask.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { ConnectorFailure, Outcome } from '../../connectors/failure.ts';
import { authorizationUrl, createTokenEndpoint } from '../../connectors/http/oauth.ts';
import type { Transport } from '../../connectors/http/transport.ts';
import { openConnection, type OpenConnection } from '../../connectors/open-connection.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { appendAudit } from '../audit/audit-log.ts';
import {
  deleteConnection,
  findConnection,
  insertConnection,
  insertGrant,
  listConnections,
  lockConnection,
  setAccount,
  setHealth,
  setTokens,
  takeGrant,
  updateConnection,
  type ConnectionRow,
} from './connection-repository.ts';
import { readSettings } from './connection-settings.ts';
import { connectionView, connectorView, textsOf } from './connection-view.ts';
import type { Sealed } from './sealed.ts';
import { createTokenStore } from './token-store.ts';

/** A connection that can be asked. */
export type LiveConnection = OpenConnection & {
  readonly id: string;
  readonly name: string;
  readonly connector: Connector;
  readonly logsCalls: boolean;
  /** Wrap-up code to the vendor's own value. */
  readonly dispositions: Readonly<Record<string, string>>;
  /** Keeps how it went; answers the same. */
  readonly told: <Value>(outcome: Outcome<Value>) => Outcome<Value>;
};

export type Connections = {
  readonly list: () => Promise<{
    readonly connections: readonly ConnectionView[];
    readonly connectors: readonly ConnectorView[];
  }>;
  readonly save: (
    user: User,
    connectionId: string | null,
    given: SaveConnection,
  ) => Promise<Answer<ConnectionView>>;
  readonly remove: (user: User, connectionId: string) => Promise<Answer<null>>;
  readonly test: (connectionId: string) => Promise<Answer<ConnectionTest>>;
  /** The vendor's own values for wrap-up codes; none where it has no such thing. */
  readonly dispositions: (
    connectionId: string,
  ) => Promise<Answer<readonly { readonly id: string; readonly label: string }[]>>;
  /** Where the administrator's browser goes to sign in at the vendor. */
  readonly authorize: (
    user: User,
    connectionId: string,
    redirectUri: string,
  ) => Promise<Answer<string>>;
  /** The browser came back. */
  readonly finishAuthorization: (
    state: string,
    code: string,
  ) => Promise<Answer<{ readonly name: string }>>;
  /** null: there is none, or it is switched off, or its secrets cannot be read. */
  readonly open: (connectionId: string) => Promise<LiveConnection | null>;
  /** All that are switched on, in the administrator's order. */
  readonly openAll: () => Promise<readonly LiveConnection[]>;
  /** Resolves when what was begun is written. */
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly connectors: readonly Connector[];
  readonly transport: Transport;
  readonly sealed: Sealed;
  readonly mintId: MintId;
  readonly now: () => number;
  readonly log: Log;
  /** A test of it went well: what waited for that may go on. */
  readonly onWell?: (connectionId: string) => void;
};

const testDeadlineMs = 10_000;
const grantLifeMs = 10 * 60_000;
/** Connections are read again after so long: another backend may have changed one. */
const freshMs = 2_000;
/** How it goes is written so often at most, while it does not change. */
const healthEveryMs = 60_000;

const noConnection = refused('not_found', 'there is no such connection');
const hashed = (state: string): string => createHash('sha256').update(state).digest('hex');
const deadline = (): Ask => ({ signal: new AbortController().signal, deadlineMs: testDeadlineMs });

type Kept = { readonly revision: number; readonly tokens: Buffer | null; live: LiveConnection };

export const createConnections = (needs: Needs): Connections => {
  const { database, connectors, transport, sealed, mintId, now, log, onWell } = needs;
  const endpoint = createTokenEndpoint({ transport, now });
  const live = new Map<string, Kept>();
  const underWay = new Set<Promise<void>>();
  const lastHealth = new Map<string, { readonly kind: string; readonly at: number }>();
  let rows: Promise<readonly ConnectionRow[]> | null = null;
  let readAt = 0;

  const connectorOf = (id: string): Connector | undefined =>
    connectors.find((connector) => connector.id === id);

  const noteHealth = (connectionId: string, why: ConnectorFailure | null): void => {
    const kind = why?.kind ?? 'ok';
    const last = lastHealth.get(connectionId);
    if (last?.kind === kind && now() - last.at < healthEveryMs) return;
    lastHealth.set(connectionId, { kind, at: now() });
    const written = setHealth(database, connectionId, now(), why).catch((error: unknown) => {
      log.warn({ error, connectionId }, 'how a connection goes was not written');
    });
    underWay.add(written);
    void written.finally(() => underWay.delete(written));
  };

  /** Refusals that are an answer to the one question say nothing of the connection. */
  const tellsOfConnection = ({ kind }: ConnectorFailure): boolean =>
    kind !== 'not_found' && kind !== 'validation' && kind !== 'conflict';

  const open = async (row: ConnectionRow): Promise<LiveConnection | null> => {
    const connector = connectorOf(row.connector);
    if (connector === undefined) return null;
    const known = live.get(row.id);
    const isSame =
      known?.revision === row.revision && (known.tokens === null) === (row.tokens === null);
    if (isSame) return known.live;
    const secrets = row.secrets === null ? {} : await sealed.secrets.open(row.id, row.secrets);
    if (secrets === null) {
      log.error(
        { connectionId: row.id },
        'the secrets of a connection cannot be read: fill them in',
      );
      return null;
    }
    const opened: LiveConnection = {
      ...openConnection(connector, { ...textsOf(row.settings), ...secrets }, textsOf(row.facts), {
        transport,
        tokens: createTokenStore({ database, sealed }, row.id),
        now,
      }),
      id: row.id,
      name: row.name,
      connector,
      logsCalls: row.logsCalls,
      dispositions: textsOf(row.dispositions),
      told: (outcome) => {
        if (outcome.ok) noteHealth(row.id, null);
        else if (tellsOfConnection(outcome.why)) noteHealth(row.id, outcome.why);
        return outcome;
      },
    };
    live.set(row.id, { revision: row.revision, tokens: row.tokens, live: opened });
    return opened;
  };

  const currentRows = (): Promise<readonly ConnectionRow[]> => {
    if (rows === null || now() - readAt > freshMs) {
      readAt = now();
      rows = listConnections(database);
      rows.catch(() => {
        rows = null;
      });
    }
    return rows;
  };
  const changed = (): void => {
    rows = null;
  };

  const viewOf = async (row: ConnectionRow): Promise<ConnectionView | null> => {
    const connector = connectorOf(row.connector);
    if (connector === undefined) return null;
    const secrets = await sealed.secrets.open(row.id, row.secrets);
    return connectionView(row, connector, Object.keys(secrets ?? {}));
  };

  const viewById = async (connectionId: string): Promise<Answer<ConnectionView>> => {
    const row = await findConnection(database, connectionId);
    const view = row === null ? null : await viewOf(row);
    return view === null ? noConnection : success(view);
  };

  const save: Connections['save'] = async (user, connectionId, given) => {
    const connector = connectorOf(given.connector);
    if (connector === undefined) return refused('invalid', 'connector is none that is known');
    const id = connectionId ?? mintId();
    const saved = await database.transaction(async (transaction): Promise<Answer<null>> => {
      const row = connectionId === null ? null : await lockConnection(transaction, connectionId);
      if (connectionId !== null && row === null) return noConnection;
      if (row !== null && row.connector !== connector.id) {
        return refused('invalid', 'connector cannot be changed: make another connection');
      }
      if (row !== null && given.revision !== row.revision) {
        return refused('conflict', 'somebody else has changed this connection meanwhile');
      }
      const kept = row === null ? {} : ((await sealed.secrets.open(id, row.secrets)) ?? {});
      const read = readSettings(connector, given.settings, kept);
      if (!read.ok) return refused('invalid', read.why);
      const settings = JSON.stringify(read.value.open);
      const written = {
        id,
        connector: connector.id,
        name: given.name.trim(),
        settings,
        secrets: await sealed.secrets.close(id, read.value.secrets),
        isEnabled: given.isEnabled,
        logsCalls: given.logsCalls,
        dispositions: JSON.stringify(given.dispositions ?? textsOf(row?.dispositions ?? '{}')),
      };
      const at = now();
      if (row === null) await insertConnection(transaction, written, at);
      else await updateConnection(transaction, written, row.settings !== settings, at);
      await appendAudit(transaction, {
        at,
        actor: user.id,
        action: row === null ? 'connection_made' : 'connection_changed',
        subject: null,
        details: { connectionId: id, connector: connector.id, enabled: given.isEnabled },
      });
      return success(null);
    });
    changed();
    return saved.ok ? viewById(id) : saved;
  };

  const authorizationOf = async (connectionId: string) => {
    const row = await findConnection(database, connectionId);
    const connector = row === null ? undefined : connectorOf(row.connector);
    if (row === null || connector?.authentication.kind !== 'oauth2') return null;
    const secrets = (await sealed.secrets.open(row.id, row.secrets)) ?? {};
    const settings = { ...textsOf(row.settings), ...secrets };
    return { row, oauth: connector.authentication, settings };
  };

  const test: Connections['test'] = async (connectionId) => {
    const row = await findConnection(database, connectionId);
    if (row === null) return noConnection;
    const connection = await open(row);
    if (connection === null) {
      const message = 'its secrets cannot be read: fill them in again';
      return success({ ok: false, why: 'auth', message });
    }
    const outcome = connection.told(await connection.now.testConnection(deadline()));
    if (!outcome.ok) {
      return success({ ok: false, why: outcome.why.kind, message: outcome.why.message });
    }
    const { name, facts } = outcome.value;
    await setAccount(database, connectionId, { name, facts: JSON.stringify(facts) });
    live.delete(connectionId);
    changed();
    onWell?.(connectionId);
    return success({ ok: true, account: name });
  };

  return {
    list: async () => {
      const views = await Promise.all((await listConnections(database)).map(viewOf));
      return {
        connections: views.filter((view) => view !== null),
        connectors: connectors.map(connectorView),
      };
    },
    save,
    remove: async (user, connectionId) => {
      const authorization = await authorizationOf(connectionId);
      const removed = await database.transaction(async (transaction) => {
        const row = await lockConnection(transaction, connectionId);
        if (row === null) return noConnection;
        await deleteConnection(transaction, connectionId);
        const details = { connectionId, connector: row.connector };
        const line = { at: now(), actor: user.id, action: 'connection_removed' };
        await appendAudit(transaction, { ...line, subject: null, details });
        return success(row);
      });
      changed();
      live.delete(connectionId);
      if (!removed.ok) return removed;
      const tokens = await sealed.tokens.open(connectionId, removed.value.tokens);
      if (authorization !== null && tokens !== null) {
        const { oauth, settings } = authorization;
        const revoked = await endpoint.revoke(oauth, settings, tokens, deadline());
        if (!revoked.ok) {
          log.info({ connectionId, why: revoked.why.message }, 'a token was not taken back there');
        }
      }
      return success(null);
    },
    test,
    dispositions: async (connectionId) => {
      const row = await findConnection(database, connectionId);
      const connection = row === null ? null : await open(row);
      if (connection === null) return noConnection;
      if (connection.now.dispositions === undefined) return success([]);
      const outcome = connection.told(await connection.now.dispositions(deadline()));
      if (outcome.ok) return outcome;
      return refused('conflict', `${outcome.why.kind}: ${outcome.why.message}`);
    },
    authorize: async (user, connectionId, redirectUri) => {
      const authorization = await authorizationOf(connectionId);
      if (authorization === null) return noConnection;
      const { oauth, settings } = authorization;
      const state = randomBytes(32).toString('base64url');
      const codeVerifier = randomBytes(48).toString('base64url');
      const url = authorizationUrl(oauth, settings, { redirectUri, state, codeVerifier });
      if (url === null || oauth.grant(settings) !== 'authorization_code') {
        return refused('conflict', 'nobody has to sign in for this connection');
      }
      await insertGrant(database, hashed(state), {
        connectionId,
        userId: user.id,
        verifier: await sealed.verifier.close(connectionId, codeVerifier),
        redirectUri,
        expiresAt: now() + grantLifeMs,
      });
      return success(url);
    },
    finishAuthorization: async (state, code) => {
      const grant = await takeGrant(database, hashed(state), now());
      const authorization = grant === null ? null : await authorizationOf(grant.connectionId);
      const codeVerifier =
        grant === null ? null : await sealed.verifier.open(grant.connectionId, grant.verifier);
      if (grant === null || authorization === null || codeVerifier === null) {
        return refused('not_found', 'this sign-in is over: begin again in the settings');
      }
      const { row, oauth, settings } = authorization;
      const { connectionId, redirectUri, userId } = grant;
      const request = { redirectUri, state, codeVerifier };
      const tokens = await endpoint.exchangeCode(oauth, settings, code, request, deadline());
      if (!tokens.ok) return refused('conflict', tokens.why.message);
      const closed = await sealed.tokens.close(connectionId, tokens.value);
      await database.transaction(async (transaction) => {
        await setTokens(transaction, connectionId, closed);
        const details = { connectionId, connector: row.connector };
        const line = { at: now(), actor: userId, action: 'connection_signed_in' };
        await appendAudit(transaction, { ...line, subject: null, details });
      });
      live.delete(connectionId);
      changed();
      await test(connectionId);
      return success({ name: row.name });
    },
    open: async (connectionId) => {
      const row = (await currentRows()).find(({ id }) => id === connectionId);
      return row?.isEnabled === true ? open(row) : null;
    },
    openAll: async () => {
      const enabled = (await currentRows()).filter(({ isEnabled }) => isEnabled);
      const opened = await Promise.all(enabled.map(open));
      return opened.filter((connection) => connection !== null);
    },
    idle: async () => {
      await Promise.all(underWay);
    },
  };
};
