import type { Settings } from '../ask.ts';
import type { Connector } from '../connector.ts';
import type { FailureKind } from '../failure.ts';
import { waitFromSeconds, wordOf, type Dialect, type ReadRefusal } from '../http/dialect.ts';
import { openZohoCrm } from './zoho-crm-connection.ts';
import { dataCentreOf, dataCentres } from './zoho-data-centres.ts';

/** What a code of a single row means; the HTTP status around it is a good one ("Insert records", "Possible errors"). */
const kinds: Readonly<Record<string, FailureKind>> = {
  DUPLICATE_DATA: 'conflict',
  RECORD_LOCKED: 'conflict',
  RECORD_IN_BLUEPRINT: 'conflict',
  NO_PERMISSION: 'forbidden',
  AUTHORIZATION_FAILED: 'forbidden',
  NOT_APPROVED: 'forbidden',
  TOO_MANY_REQUESTS: 'rate_limited',
  INTERNAL_ERROR: 'unavailable',
};

/** Zoho names no instant from which it takes requests again, ms. */
const usualWaitMs = 10_000;

const partOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;

/** `{"code":"INVALID_DATA","details":{"api_name":"Call_Type"},"message":"…","status":"error"}`, alone or as a row. */
const readError = (error: unknown): Pick<ReadRefusal, 'vendorCode' | 'fields'> => {
  const vendorCode = wordOf(error, 'code');
  const field = wordOf(partOf(error, 'details'), 'api_name');
  return {
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(field === undefined ? {} : { fields: [field] }),
  };
};

const dialect: Dialect = {
  readRefusal: ({ status, headers, body }, nowMs) => ({
    ...readError(body),
    ...(status === 429 ? { retryAfterMs: waitFromSeconds(headers, nowMs) ?? usualWaitMs } : {}),
  }),
  errorInside: (body) => {
    const rows = partOf(body, 'data');
    if (!Array.isArray(rows)) return undefined;
    const wrong: unknown = rows.find((row) => wordOf(row, 'status') === 'error');
    if (wrong === undefined) return undefined;
    const read = readError(wrong);
    return { ...read, kind: kinds[read.vendorCode ?? ''] ?? 'validation' };
  },
};

const accounts = (settings: Settings): string => `https://${dataCentreOf(settings).accounts}`;

export const zohoCrm: Connector = {
  id: 'zoho-crm',
  name: 'Zoho CRM',
  fields: [
    {
      name: 'dataCentre',
      label: { en: 'Data center', es: 'Centro de datos', pt: 'Data center' },
      help: {
        en: 'What stands at the end of the address where you sign in to Zoho.',
        es: 'Lo que está al final de la dirección donde inicias sesión en Zoho.',
        pt: 'O que vem no fim do endereço em que você entra no Zoho.',
      },
      choices: Object.keys(dataCentres),
    },
    {
      name: 'clientId',
      label: {
        en: 'OAuth client: identifier',
        es: 'Cliente OAuth: identificador',
        pt: 'Cliente OAuth: identificador',
      },
      help: {
        en: 'Of a “Server-based application” in Zoho’s API console.',
        es: 'De una “Server-based application” en la consola de API de Zoho.',
        pt: 'De uma “Server-based application” no console de API do Zoho.',
      },
    },
    {
      name: 'clientSecret',
      label: {
        en: 'OAuth client: secret',
        es: 'Cliente OAuth: secreto',
        pt: 'Cliente OAuth: segredo',
      },
      isSecret: true,
    },
  ],
  authentication: {
    kind: 'oauth2',
    grant: () => 'authorization_code',
    authorizeUrl: (settings) => `${accounts(settings)}/oauth/v2/auth`,
    tokenUrl: (settings) => `${accounts(settings)}/oauth/v2/token`,
    revokeUrl: (settings) => `${accounts(settings)}/oauth/v2/token/revoke`,
    scopes: [
      'ZohoCRM.modules.ALL',
      'ZohoCRM.org.READ',
      'ZohoCRM.settings.fields.READ',
      'ZohoCRM.coql.READ',
      'ZohoSearch.securesearch.READ',
    ],
    scopeSeparator: ',',
    // Without these there is no refresh token, or only at the first consent.
    authorizeParameters: { access_type: 'offline', prompt: 'consent' },
    hasPkce: false,
    scheme: 'Zoho-oauthtoken',
    factsOf: ({ api_domain: domain }) =>
      typeof domain === 'string' && isApiDomain(domain) ? { apiDomain: domain } : {},
  },
  // Zoho counts credits over a day and requests at the same time: five in its smallest edition.
  rate: { requests: 300, perMs: 60_000, atOnce: 5 },
  dialect,
  baseUrl: (settings, { apiDomain }) =>
    apiDomain !== undefined && isApiDomain(apiDomain)
      ? apiDomain
      : `https://${dataCentreOf(settings).api}`,
  open: openZohoCrm,
};

/** Tokens go to no other host than Zoho's, whatever an answer says: `https://www.zohoapis.eu`, `https://sandbox.zohoapis.com`. */
const isApiDomain = (text: string): boolean =>
  /^https:\/\/(?:www|sandbox|developer)\.zohoapis\.(?:com|eu|in|jp|ca|sa|uk|ae|com\.au|com\.cn)$/u.test(
    text,
  );
