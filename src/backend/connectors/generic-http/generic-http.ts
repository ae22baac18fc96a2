import type { Settings } from '../ask.ts';
import type { Connector } from '../connector.ts';
import { openGenericHttp } from './generic-http-connection.ts';
import { genericHttpFields } from './generic-http-fields.ts';

/** Headers by the chosen way; null: tokens, by client credentials. */
const headersOf = (settings: Settings): Readonly<Record<string, string>> | null => {
  const {
    authentication,
    authHeader = '',
    authValue = '',
    username = '',
    password = '',
  } = settings;
  if (authentication === 'oauth2') return null;
  if (authentication === 'header' && authHeader !== '') {
    return { [authHeader.toLowerCase()]: authValue };
  }
  if (authentication !== 'basic') return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
};

export const genericHttp: Connector = {
  id: 'generic-http',
  name: 'HTTP',
  fields: genericHttpFields,
  authentication: {
    kind: 'oauth2',
    grant: () => 'client_credentials',
    tokenUrl: ({ tokenUrl = '' }) => tokenUrl,
    scopes: [],
    hasPkce: false,
    withoutTokens: headersOf,
  },
  // Nobody knows what it bears: as much as the smallest plans of others.
  rate: { requests: 200, perMs: 60_000, atOnce: 5 },
  dialect: {},
  baseUrl: ({ baseUrl = '' }) => baseUrl,
  offers: ['findByPhone', 'findByText', 'recentItems', 'logCall', 'updateCall', 'searchKnowledge'],
  open: openGenericHttp,
};
