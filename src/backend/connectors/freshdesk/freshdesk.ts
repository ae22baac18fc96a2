import { success } from '../../../shared/result.ts';
import { plainText } from '../call-text.ts';
import type { Connection, Connector, Opened } from '../connector.ts';
import { wordOf, type Dialect } from '../http/dialect.ts';
import { path } from '../http/vendor-http.ts';
import { agentSchema, articlesSchema } from './freshdesk-answers.ts';
import { peopleOf } from './freshdesk-people.ts';
import { createRequests, hostOf } from './freshdesk-requests.ts';
import { ticketsOf } from './freshdesk-tickets.ts';

/**
 * `{"description":"Validation failed","errors":[{"field":"email","message":"…","code":"duplicate_value"}]}`, or
 * `{"code":"invalid_credentials","message":"…"}`; messages quote what was sent.
 */
const dialect: Dialect = {
  readRefusal: ({ body }) => {
    const listed: unknown =
      typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
    const errors: readonly unknown[] = Array.isArray(listed) ? listed : [];
    const vendorCode = wordOf(body, 'code') ?? wordOf(errors[0], 'code');
    const fields = errors.flatMap((error) => wordOf(error, 'field') ?? []);
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(fields.length === 0 ? {} : { fields }),
    };
  },
};

/** An article that is not a draft. */
const statusPublished = 2;

const open = (opened: Opened): Connection => {
  const { settings } = opened;
  const requests = createRequests(opened);
  return {
    testConnection: async (ask) => {
      const agent = await requests.read('read the own agent', '/agents/me', {}, agentSchema, ask);
      if (!agent.ok) return agent;
      const host = new URL(hostOf(settings)).hostname;
      const name = agent.value.contact?.name ?? '';
      const facts = { agentId: String(agent.value.id) };
      return success({ name: name === '' ? host : `${name}, ${host}`, facts });
    },
    ...peopleOf(requests, opened),
    ...ticketsOf(requests, opened),
    searchKnowledge: async (query, _, limit, ask) => {
      const term = query.trim();
      const at = '/search/solutions';
      const found = await requests.read('search solutions', at, { term }, articlesSchema, ask);
      if (!found.ok) return found;
      const published = found.value.filter(
        ({ status }) => (status ?? statusPublished) === statusPublished,
      );
      return success(
        published.slice(0, limit).map(({ id, title, description_text: text }) => ({
          id: String(id),
          title: plainText(title),
          snippet: plainText(text ?? ''),
          // The page for customers: it can be sent to them, and needs no sign-in.
          url: hostOf(settings) + path`/support/solutions/articles/${id}`,
        })),
      );
    },
  };
};

export const freshdesk: Connector = {
  id: 'freshdesk',
  name: 'Freshdesk',
  fields: [
    {
      name: 'domain',
      label: { en: 'Subdomain', es: 'Subdominio', pt: 'Subdomínio' },
      help: {
        en: 'What stands before .freshdesk.com, also where customers see another address.',
        es: 'Lo que está antes de .freshdesk.com, aunque los clientes vean otra dirección.',
        pt: 'O que vem antes de .freshdesk.com, mesmo que os clientes vejam outro endereço.',
      },
      pattern: /[a-z0-9][a-z0-9-]{0,62}/u,
      example: 'acme',
    },
    {
      name: 'apiKey',
      label: { en: 'API key', es: 'Clave de API', pt: 'Chave de API' },
      help: {
        en: 'Of an agent made for this: tickets of unknown callers are in this agent’s name.',
        es: 'De un agente creado para esto: los tickets de llamantes desconocidos quedan a su nombre.',
        pt: 'De um agente criado para isto: os tickets de chamadores desconhecidos ficam no nome dele.',
      },
      isSecret: true,
    },
  ],
  authentication: {
    kind: 'headers',
    headers: ({ apiKey = '' }) => ({
      authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}`,
    }),
  },
  // Of the smallest plan, by what was last heard of it; larger ones tell by a 429 that never comes.
  rate: { requests: 100, perMs: 60_000, atOnce: 5 },
  dialect,
  baseUrl: hostOf,
  open,
};
