import { success } from '../../../shared/result.ts';
import type { Connection, Connector, Opened } from '../connector.ts';
import { wordOf, type Dialect } from '../http/dialect.ts';
import { accountSchema } from './hubspot-answers.ts';
import { callsOf } from './hubspot-calls.ts';
import { peopleOf } from './hubspot-people.ts';
import { apiHost, createRequests, isUiHost, paths } from './hubspot-requests.ts';
import { ticketsOf } from './hubspot-tickets.ts';

/** How long a policy that was exceeded lasts, ms. The day is the account's own, and nobody says when it ends. */
const policyWaitMs: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: 3_600_000,
};

/** `errors[].context.propertyName` and `errors[].in`: names of properties, in lists or not. */
const fieldsOf = (body: unknown): readonly string[] => {
  const errors: unknown =
    typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    if (typeof error !== 'object' || error === null) return [];
    const context: unknown = 'context' in error ? error.context : undefined;
    const named: unknown =
      typeof context === 'object' && context !== null && 'propertyName' in context
        ? context.propertyName
        : 'in' in error && error.in;
    const names: readonly unknown[] = Array.isArray(named) ? named : [named];
    return names.filter(
      (name): name is string => typeof name === 'string' && /^\w{1,80}$/u.test(name),
    );
  });
};

/** `{"status":"error","category":"VALIDATION_ERROR","message":"…","errors":[…]}`; a 429 has `policyName`. */
const dialect: Dialect = {
  readRefusal: ({ status, body }) => {
    const policy = status === 429 ? wordOf(body, 'policyName') : undefined;
    const vendorCode = policy ?? wordOf(body, 'category') ?? wordOf(body, 'errorType');
    const fields = fieldsOf(body);
    const retryAfterMs =
      status === 429
        ? (policyWaitMs[policy ?? ''] ?? policyWaitMs['TEN_SECONDLY_ROLLING'])
        : undefined;
    return {
      ...(policy === 'DAILY' ? { kind: 'quota_exhausted' } : {}),
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(fields.length === 0 ? {} : { fields }),
    };
  },
  requestIdHeader: 'x-hubspot-correlation-id',
};

const open = (opened: Opened): Connection => {
  const requests = createRequests(opened);
  return {
    testConnection: async (ask) => {
      const asked = { what: 'read the account', method: 'GET', path: paths.account } as const;
      const account = await requests.ask(asked, accountSchema, ask);
      if (!account.ok) return account;
      const portalId = String(account.value.portalId);
      const { uiDomain } = account.value;
      const host = isUiHost(uiDomain) ? uiDomain : 'app.hubspot.com';
      return success({ name: `${portalId} (${host})`, facts: { portalId, uiDomain: host } });
    },
    ...peopleOf(requests, opened),
    ...ticketsOf(requests, opened),
    ...callsOf(requests, opened),
  };
};

export const hubspot: Connector = {
  id: 'hubspot',
  name: 'HubSpot Service Hub',
  fields: [
    {
      name: 'clientId',
      label: {
        en: 'App: client ID',
        es: 'Aplicación: ID de cliente',
        pt: 'Aplicativo: ID do cliente',
      },
    },
    {
      name: 'clientSecret',
      label: {
        en: 'App: client secret',
        es: 'Aplicación: secreto de cliente',
        pt: 'Aplicativo: segredo do cliente',
      },
      isSecret: true,
    },
    {
      name: 'ticketPipeline',
      label: {
        en: 'Pipeline for new tickets',
        es: 'Pipeline para tickets nuevos',
        pt: 'Pipeline para novos tickets',
      },
      help: {
        en: 'Its ID in HubSpot. Empty: the first one. New tickets get its first open status.',
        es: 'Su ID en HubSpot. Vacío: el primero. Los tickets nuevos reciben su primer estado abierto.',
        pt: 'O ID dele no HubSpot. Vazio: o primeiro. Novos tickets recebem o primeiro status aberto dele.',
      },
      pattern: /[\w-]{1,64}/u,
      isOptional: true,
    },
  ],
  authentication: {
    kind: 'oauth2',
    grant: () => 'authorization_code',
    authorizeUrl: () => 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: () => apiHost + paths.tokens,
    scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'tickets'],
    hasPkce: false,
  },
  // The smallest plan: 100 requests in ten seconds for an app, and five searches a second, which cost two.
  rate: { requests: 100, perMs: 10_000, atOnce: 5 },
  dialect,
  baseUrl: () => apiHost,
  open,
};
