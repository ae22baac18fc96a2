import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask, Settings } from './ask.ts';
import type { Account, Capability, Connection, Connector } from './connector.ts';
import type { Tokens, TokenStore } from './http/authentication.ts';
import { createTokenEndpoint } from './http/oauth.ts';
import { createRateBudget, type RateBudget, type Urgency } from './http/rate-budget.ts';
import type { Transport } from './http/transport.ts';
import { createVendorHttp } from './http/vendor-http.ts';
import { failed } from './failure.ts';

/** One connection, ready to be asked: `now` for what an agent waits for, `later` for what can wait. */
export type OpenConnection = Readonly<Record<Urgency, Connection>> & {
  readonly capabilities: readonly Capability[];
};

type Needs = {
  readonly transport: Transport;
  readonly tokens: TokenStore;
  /** Epoch ms. */
  readonly now: () => number;
  /** Of this connection; one for as long as the process lives. */
  readonly budget?: RateBudget;
};

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  // An ask that is given up is told by its next look at the signal.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

export const openConnection = (
  connector: Connector,
  settings: Settings,
  facts: Account['facts'],
  needs: Needs,
): OpenConnection => {
  const { transport, tokens, now } = needs;
  const { authentication, dialect } = connector;
  const budget = needs.budget ?? createRateBudget(connector.rate, () => performance.now());
  const endpoint = createTokenEndpoint({ transport, now });
  const exchange = async (held: Tokens | null, ask: Ask) =>
    authentication.kind === 'oauth2'
      ? endpoint.renew(authentication, settings, held, ask)
      : failed('auth', 'it has no tokens');
  const opened = (urgency: Urgency): Connection =>
    connector.open({
      settings,
      facts,
      http: createVendorHttp({
        baseUrl: (tokenFacts) => connector.baseUrl(settings, { ...facts, ...tokenFacts }),
        ...{ settings, authentication, dialect, transport, tokens, exchange, budget, urgency, now },
        wait: pause,
      }),
    });
  const forNow = opened('now');
  return { now: forNow, later: opened('later'), capabilities: capabilitiesOf(forNow) };
};

/** What a connection can do is what it has. */
export const capabilitiesOf = (connection: Connection): readonly Capability[] =>
  capabilityNames.filter((name) => connection[name] !== undefined);

const capabilityNames: readonly Capability[] = [
  'findByPhone',
  'findByText',
  'recentItems',
  'createPerson',
  'logCall',
  'updateCall',
  'createTicket',
  'appendToTicket',
  'searchKnowledge',
  'escalate',
  'dispositions',
];
