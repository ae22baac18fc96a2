import type {
  Capability,
  ConnectionHealth,
  ConnectionView,
  ConnectorView,
} from '../../../shared/api/connections.ts';
import type { Settings } from '../../connectors/ask.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { Authentication } from '../../connectors/http/authentication.ts';
import { capabilitiesOf } from '../../connectors/open-connection.ts';
import type { ConnectionRow } from './connection-repository.ts';

/** JSON of our own, written by `JSON.stringify` of such an object. */
export const textsOf = (json: string): Settings => JSON.parse(json) as Settings;

/** What an account there can do: a connection that is never asked anything tells it. */
export const connectorCapabilities = (
  connector: Connector,
  settings: Settings,
): readonly Capability[] =>
  capabilitiesOf(
    connector.open({
      settings,
      facts: {},
      http: { request: () => Promise.reject(new Error('it is only looked at')) },
    }),
  );

/** Tokens may be had without anybody at the vendor's page. */
const hasSignIn = (authentication: Authentication): boolean =>
  authentication.kind === 'oauth2' && authentication.authorizeUrl !== undefined;

export const connectorView = (connector: Connector): ConnectorView => ({
  id: connector.id,
  name: connector.name,
  fields: connector.fields.map((field) => ({
    name: field.name,
    label: field.label,
    ...(field.help === undefined ? {} : { help: field.help }),
    isSecret: field.isSecret === true,
    isOptional: field.isOptional === true,
    isLong: field.isLong === true,
    ...(field.example === undefined ? {} : { example: field.example }),
    ...(field.choices === undefined ? {} : { choices: field.choices }),
  })),
  authentication: hasSignIn(connector.authentication) ? 'sign_in' : 'secret',
  capabilities: connector.offers ?? connectorCapabilities(connector, {}),
});

const healthOf = ({ okAt, failedAt, failure, failureText }: ConnectionRow): ConnectionHealth => {
  if (failure !== null && failedAt !== null) {
    return { state: 'failing', at: failedAt, why: failure, message: failureText ?? '' };
  }
  return okAt === null ? { state: 'unknown' } : { state: 'ok', at: okAt };
};

export const connectionView = (
  row: ConnectionRow,
  connector: Connector,
  secretNames: readonly string[],
): ConnectionView => {
  const settings = textsOf(row.settings);
  const { authentication } = connector;
  // With client credentials nobody has to sign in.
  const needsSignIn =
    authentication.kind === 'oauth2' && authentication.grant(settings) === 'authorization_code';
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    settings,
    secrets: secretNames,
    isEnabled: row.isEnabled,
    logsCalls: row.logsCalls,
    dispositions: textsOf(row.dispositions),
    account: row.account,
    isConnected: !needsSignIn || row.tokens !== null,
    capabilities: connectorCapabilities(connector, settings),
    health: healthOf(row),
    revision: row.revision,
  };
};
