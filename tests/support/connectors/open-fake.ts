import type { Connection, Connector } from '../../../src/backend/connectors/connector.ts';
import type { ConnectorFailure, Outcome } from '../../../src/backend/connectors/failure.ts';
import { createTransport } from '../../../src/backend/connectors/http/transport.ts';
import { openConnection } from '../../../src/backend/connectors/open-connection.ts';
import { memoryTokens } from './connector-contract.ts';
import { startFakeVendor, type FakeVendor, type VendorModel } from './fake-vendor.ts';

type Texts = Readonly<Record<string, string>>;

export type OpenFake = {
  readonly vendor: FakeVendor;
  readonly connection: Connection;
};

/** A connection to a fake, signed in, for what is one vendor's own; `facts` are the account's, `told` came with the token. */
export const openFake = async (
  connector: Connector,
  model: VendorModel,
  more: { readonly settings?: Texts; readonly facts?: Texts; readonly told?: Texts } = {},
): Promise<OpenFake> => {
  const vendor = await startFakeVendor(model);
  const [origin = ''] = vendor.origins.values();
  const answer = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'authorization_code' }),
  });
  const fields = (await answer.json()) as { access_token: string; refresh_token: string };
  const tokens = { accessToken: fields.access_token, refreshToken: fields.refresh_token };
  const { now: connection } = openConnection(
    connector,
    { ...model.settings, ...more.settings },
    more.facts ?? {},
    {
      transport: createTransport({ origins: vendor.origins }),
      tokens: memoryTokens({ ...tokens, facts: more.told ?? {} }),
      now: Date.now,
    },
  );
  return { vendor, connection };
};

/** What a connection has, for a test that needs it. */
export const able = <Name extends keyof Connection>(
  connection: Connection,
  name: Name,
): NonNullable<Connection[Name]> => {
  const ability = connection[name];
  if (ability === undefined) throw new Error(`it has no ${name}`);
  return ability;
};

export const asking = () => ({
  signal: new AbortController().signal,
  deadlineMs: 5_000,
  mayExist: false,
});

export const askingAgain = () => ({ ...asking(), mayExist: true });

export const whyNot = (outcome: Outcome<unknown>): ConnectorFailure => {
  if (outcome.ok) throw new Error('it went well');
  return outcome.why;
};
