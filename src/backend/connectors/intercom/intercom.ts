import type { Connector } from '../connector.ts';
import { waitUntilUnixSeconds, wordOf, type Dialect } from '../http/dialect.ts';
import { present } from '../http/wire.ts';
import { openIntercom, regionPart } from './intercom-connection.ts';

const version = '2.16';

/** `{"type":"error.list","errors":[{"code":"parameter_invalid","field":"email"}]}`; no Retry-After. */
const dialect: Dialect = {
  readRefusal: ({ status, headers, body }, nowMs) => {
    const list: unknown =
      typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
    const errors: readonly unknown[] = Array.isArray(list) ? list : [];
    const vendorCode = wordOf(errors[0], 'code');
    const wait = waitUntilUnixSeconds(headers, nowMs, 'x-ratelimit-reset');
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(status === 429 && wait !== undefined ? { retryAfterMs: wait } : {}),
      fields: present(errors.map((error) => wordOf(error, 'field'))),
    };
  },
};

export const intercom: Connector = {
  id: 'intercom',
  name: 'Intercom',
  fields: [
    {
      name: 'region',
      label: { en: 'Region', es: 'Región', pt: 'Região' },
      help: {
        en: 'Where the workspace keeps its data.',
        es: 'Dónde guarda sus datos el espacio de trabajo.',
        pt: 'Onde o espaço de trabalho guarda os dados.',
      },
      choices: ['us', 'eu', 'au'],
    },
    {
      name: 'accessToken',
      label: { en: 'Access token', es: 'Token de acceso', pt: 'Token de acesso' },
      help: {
        en: 'Of an app of your own workspace, in Intercom’s Developer Hub.',
        es: 'De una app de tu propio espacio de trabajo, en el Developer Hub de Intercom.',
        pt: 'De um app do seu próprio espaço de trabalho, no Developer Hub do Intercom.',
      },
      isSecret: true,
      pattern: /[\w=+/.:-]{10,500}/u,
    },
    {
      name: 'ticketType',
      label: { en: 'Ticket type', es: 'Tipo de ticket', pt: 'Tipo de ticket' },
      help: {
        en: 'Its ID, for new tickets; empty: the first one.',
        es: 'Su ID, para los tickets nuevos; vacío: el primero.',
        pt: 'O ID dele, para tickets novos; vazio: o primeiro.',
      },
      isOptional: true,
      pattern: /\d{1,20}/u,
    },
  ],
  // An app of the own workspace has a token that does not end; OAuth there is for apps in Intercom's store.
  authentication: {
    kind: 'headers',
    headers: (settings) => ({
      authorization: `Bearer ${settings['accessToken'] ?? ''}`,
      'intercom-version': version,
    }),
  },
  // 10,000 a minute for an app, spread over windows of ten seconds; as much as no centre needs is left.
  rate: { requests: 1_000, perMs: 60_000, atOnce: 10 },
  dialect,
  baseUrl: (settings) => `https://api.${regionPart(settings)}intercom.io`,
  open: openIntercom,
};
