import type { Connection, Connector } from '../../../src/backend/connectors/connector.ts';
import type { ConnectorFailure, Outcome } from '../../../src/backend/connectors/failure.ts';
import type { Tokens } from '../../../src/backend/connectors/http/authentication.ts';
import type { RateBudget } from '../../../src/backend/connectors/http/rate-budget.ts';
import { createTransport } from '../../../src/backend/connectors/http/transport.ts';
import { openConnection } from '../../../src/backend/connectors/open-connection.ts';
import { memoryTokens } from './connector-contract.ts';
import { startFakeVendor, type FakeVendor, type VendorModel } from './fake-vendor.ts';

/** For what is a vendor's own, beside the contract. */

type Own = {
  /** Beside, or instead of, those of the fake. */
  readonly settings?: Readonly<Record<string, string>>;
  /** As a connection has them that was tested. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly tokens?: Tokens;
  /** To see what requests cost. */
  readonly budget?: RateBudget;
};

export type Connected = {
  readonly vendor: FakeVendor;
  readonly connection: Connection;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export const connectToFake = async (
  connector: Connector,
  model: VendorModel,
  { settings = {}, facts = {}, tokens, budget }: Own = {},
): Promise<Connected> => {
  const vendor = await startFakeVendor(model);
  const { now: connection } = openConnection(connector, { ...model.settings, ...settings }, facts, {
    transport: createTransport({ origins: vendor.origins }),
    tokens: memoryTokens(tokens ?? null),
    now: Date.now,
    ...(budget === undefined ? {} : { budget }),
  });
  return { vendor, connection, [Symbol.asyncDispose]: () => vendor.stop() };
};

export const ask = { signal: new AbortController().signal, deadlineMs: 5_000 };
export const firstAsk = { ...ask, mayExist: false };
export const secondAsk = { ...ask, mayExist: true };

/** What a connection can do, called on it. */
export const can = <Name extends keyof Connection>(
  connection: Connection,
  name: Name,
): NonNullable<Connection[Name]> => {
  const it = connection[name];
  if (it === undefined) throw new Error(`it cannot do ${name}`);
  return it;
};

export const whyNot = (outcome: Outcome<unknown>): ConnectorFailure => {
  if (outcome.ok) throw new Error('it went well');
  return outcome.why;
};
