import { success } from '../../../shared/result.ts';
import type { Connection, Connector, Opened } from '../connector.ts';
import type { FailureKind } from '../failure.ts';
import { wordOf, type Dialect } from '../http/dialect.ts';
import { organizationsSchema } from './salesforce-answers.ts';
import { casesOf } from './salesforce-cases.ts';
import { peopleOf } from './salesforce-people.ts';
import { createRequests, instanceOf, myDomainUrl, trustedInstance } from './salesforce-requests.ts';
import { tasksOf } from './salesforce-tasks.ts';

/** What a code means where its status alone does not say so ("Status Codes and Error Responses"). */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  INVALID_SESSION_ID: 'auth',
  REQUEST_LIMIT_EXCEEDED: 'quota_exhausted',
  SERVER_UNAVAILABLE: 'unavailable',
  // Somebody else is writing the same record just now: nothing was done.
  UNABLE_TO_LOCK_ROW: 'unavailable',
  QUERY_TIMEOUT: 'unavailable',
  INSUFFICIENT_ACCESS: 'forbidden',
  INSUFFICIENT_ACCESS_OR_READONLY: 'forbidden',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'forbidden',
  ENTITY_IS_DELETED: 'not_found',
  DUPLICATE_VALUE: 'conflict',
  DUPLICATES_DETECTED: 'conflict',
};

/** The quota is that of the last 24 hours: it frees by the hour, and nobody says when. */
const quotaWaitMs = 15 * 60_000;

/** `[{"errorCode":"…","message":"…","fields":["…"]}]`; the message quotes what was sent. */
const dialect: Dialect = {
  readRefusal: ({ status, body }) => {
    const [first] = Array.isArray(body) ? (body as readonly unknown[]) : [body];
    const vendorCode = wordOf(first, 'errorCode');
    const named: unknown =
      typeof first === 'object' && first !== null && 'fields' in first ? first.fields : undefined;
    const fields = Array.isArray(named)
      ? named.filter((name): name is string => typeof name === 'string' && /^\w{1,80}$/u.test(name))
      : [];
    // 300: an external id that several records have.
    const kind = status === 300 ? 'conflict' : kindOfCode[vendorCode ?? ''];
    return {
      ...(kind === undefined ? {} : { kind }),
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(kind === 'quota_exhausted' ? { retryAfterMs: quotaWaitMs } : {}),
      ...(fields.length === 0 ? {} : { fields }),
    };
  },
};

const open = (opened: Opened): Connection => {
  const requests = createRequests(opened);
  const people = peopleOf(requests, opened);
  return {
    testConnection: async (ask) => {
      const soql = 'SELECT Name FROM Organization LIMIT 1';
      const found = await requests.query('read the organization', soql, organizationsSchema, ask);
      if (!found.ok) return found;
      // A field or a kind of record that the user may not see fails every lookup: better now than when somebody calls.
      const looked = await people.findByText('Ringside', ask);
      if (!looked.ok) return looked;
      const [organization] = found.value.records;
      const host = new URL(instanceOf(opened.settings, opened.facts)).hostname;
      return success({ name: `${organization?.Name ?? ''} (${host})`, facts: {} });
    },
    ...people,
    ...casesOf(requests, opened),
    ...tasksOf(requests, opened),
  };
};

export const salesforce: Connector = {
  id: 'salesforce',
  name: 'Salesforce Service Cloud',
  fields: [
    {
      name: 'myDomain',
      label: { en: 'My Domain', es: 'Mi dominio (My Domain)', pt: 'Meu Domínio (My Domain)' },
      help: {
        en: 'What stands before .my.salesforce.com; a sandbox has its own, such as acme--test.sandbox.',
        es: 'Lo que está antes de .my.salesforce.com; un entorno de pruebas tiene el suyo, como acme--test.sandbox.',
        pt: 'O que vem antes de .my.salesforce.com; um ambiente de testes tem o seu, como acme--test.sandbox.',
      },
      pattern: /[a-z\d](?:[a-z\d-]{0,60}[a-z\d])?(?:\.[a-z]{2,20})?/u,
      example: 'acme',
    },
    {
      name: 'clientId',
      label: {
        en: 'External client app: consumer key',
        es: 'Aplicación cliente externa: clave de consumidor',
        pt: 'Aplicativo cliente externo: chave do consumidor',
      },
    },
    {
      name: 'clientSecret',
      label: {
        en: 'External client app: consumer secret',
        es: 'Aplicación cliente externa: secreto de consumidor',
        pt: 'Aplicativo cliente externo: segredo do consumidor',
      },
      isSecret: true,
    },
    {
      name: 'grant',
      label: { en: 'How to connect', es: 'Cómo conectar', pt: 'Como conectar' },
      choices: ['authorization_code', 'client_credentials'],
      isOptional: true,
    },
    {
      name: 'leads',
      label: {
        en: 'Leads in lookups',
        es: 'Prospectos (leads) en las búsquedas',
        pt: 'Leads nas buscas',
      },
      help: {
        en: 'Leave them out where the edition or the user’s profile has no leads: Salesforce refuses the whole search then.',
        es: 'Exclúyalos si la edición o el perfil del usuario no tiene prospectos: si no, Salesforce rechaza toda la búsqueda.',
        pt: 'Deixe-os de fora se a edição ou o perfil do usuário não tiver leads: senão o Salesforce recusa a busca inteira.',
      },
      choices: ['search', 'leave_out'],
      isOptional: true,
    },
  ],
  authentication: {
    kind: 'oauth2',
    grant: ({ grant }) =>
      grant === 'client_credentials' ? 'client_credentials' : 'authorization_code',
    authorizeUrl: (settings) => `${myDomainUrl(settings)}/services/oauth2/authorize`,
    tokenUrl: (settings) => `${myDomainUrl(settings)}/services/oauth2/token`,
    revokeUrl: (settings) => `${myDomainUrl(settings)}/services/oauth2/revoke`,
    // With client credentials Salesforce drops the one that makes no sense there.
    scopes: ['api', 'refresh_token'],
    hasPkce: true,
    factsOf: ({ instance_url: instance }) => {
      const instanceUrl = trustedInstance(instance);
      return instanceUrl === null ? {} : { instanceUrl };
    },
  },
  // Nothing is counted by the minute; the quota is a day's, and 25 long requests at the same time are refused.
  rate: { requests: 100, perMs: 10_000, atOnce: 10 },
  dialect,
  baseUrl: instanceOf,
  open,
};
