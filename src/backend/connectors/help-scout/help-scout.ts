import type { Connector } from '../connector.ts';
import { waitFromSeconds, wordOf, type Dialect } from '../http/dialect.ts';
import { present } from '../http/wire.ts';
import { openHelpScout } from './help-scout-connection.ts';

const partOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;

/** `{"logRef":"…","message":"Validation error","_embedded":{"errors":[{"path":"mailboxId","message":"…"}]}}` */
const dialect: Dialect = {
  readRefusal: ({ status, headers, body }, nowMs) => {
    const list = partOf(partOf(body, '_embedded'), 'errors');
    const errors: readonly unknown[] = Array.isArray(list) ? list : [];
    const vendorCode = wordOf(body, 'error');
    const wait = waitFromSeconds(headers, nowMs, 'x-ratelimit-retry-after');
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(status === 429 && wait !== undefined ? { retryAfterMs: wait } : {}),
      fields: present(errors.map((error) => wordOf(error, 'path'))),
    };
  },
  requestIdHeader: 'correlation-id',
};

export const helpScout: Connector = {
  id: 'help-scout',
  name: 'Help Scout',
  fields: [
    {
      name: 'clientId',
      label: { en: 'OAuth app: App ID', es: 'App OAuth: App ID', pt: 'App OAuth: App ID' },
      help: {
        en: 'Under “My apps” in your Help Scout profile.',
        es: 'En “My apps” de tu perfil de Help Scout.',
        pt: 'Em “My apps” no seu perfil do Help Scout.',
      },
    },
    {
      name: 'clientSecret',
      label: {
        en: 'OAuth app: App Secret',
        es: 'App OAuth: App Secret',
        pt: 'App OAuth: App Secret',
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
      name: 'mailbox',
      label: { en: 'Inbox', es: 'Buzón', pt: 'Caixa de entrada' },
      help: {
        en: 'Its ID, for calls and new conversations; empty: the first one.',
        es: 'Su ID, para las llamadas y conversaciones nuevas; vacío: el primero.',
        pt: 'O ID dela, para chamadas e conversas novas; vazio: a primeira.',
      },
      isOptional: true,
      pattern: /\d{1,15}/u,
    },
    {
      name: 'unknownCallers',
      label: {
        en: 'Calls of unknown callers',
        es: 'Llamadas de personas desconocidas',
        pt: 'Chamadas de desconhecidos',
      },
      help: {
        en: 'Help Scout keeps a call with a customer. “create” makes one of the number; otherwise such calls are not logged.',
        es: 'Help Scout guarda cada llamada con un cliente. “create” crea uno con el número; si no, esas llamadas no se registran.',
        pt: 'O Help Scout guarda cada chamada com um cliente. “create” cria um com o número; senão, essas chamadas não são registradas.',
      },
      choices: ['skip', 'create'],
      isOptional: true,
    },
  ],
  authentication: {
    kind: 'oauth2',
    grant: ({ grant }) =>
      grant === 'client_credentials' ? 'client_credentials' : 'authorization_code',
    authorizeUrl: () => 'https://secure.helpscout.net/authentication/authorizeClientApplication',
    tokenUrl: () => 'https://api.helpscout.net/v2/oauth2/token',
    // What an app may do is what the user who connected it may do.
    scopes: [],
    hasPkce: false,
  },
  // The smallest plan; writes count two.
  rate: { requests: 200, perMs: 60_000, atOnce: 5 },
  dialect,
  baseUrl: () => 'https://api.helpscout.net',
  open: openHelpScout,
};
