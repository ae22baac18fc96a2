import { Value } from 'typebox/value';
import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import { plainText } from '../call-text.ts';
import type { Account, Article, Connection, Connector, Opened } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { wordOf, type Dialect } from '../http/dialect.ts';
import { path } from '../http/vendor-http.ts';
import { present } from '../http/wire.ts';
import {
  blocksSchema,
  blockTextSchema,
  botSchema,
  pagesSchema,
  titleSchema,
  type NotionPage,
  type RichText,
} from './notion-answers.ts';

const version = '2025-09-03';
/** The search may take this part of the time there is; what is left is for the first words of what it found. */
const searchPart = 0.6;
/** As many pages are read for their first words; the others show their title alone. */
const mostSnippets = 3;
const hosts = /^(?:www\.notion\.so|notion\.so|app\.notion\.com|[\w-]+\.notion\.site)$/u;

/** `{"object":"error","status","code":"rate_limited","message"}`. */
const dialect: Dialect = {
  readRefusal: ({ body }) => {
    const vendorCode = wordOf(body, 'code');
    return vendorCode === undefined ? {} : { vendorCode };
  },
  requestIdHeader: 'x-notion-request-id',
};

const wordsOf = (texts: RichText): string =>
  texts.map(({ plain_text: words }) => words ?? '').join('');

/** Notion tells text, not markup: what looks like a tag is a customer's word, and shown as text anyway. */
const oneLine = (text: string, longest = 300): string =>
  plainText(text.replaceAll(/[<>]/gu, ' '), longest);

const titleOf = ({ properties }: NotionPage): string => {
  const title = Object.values(properties ?? {}).find(({ type }) => type === 'title')?.title;
  return Value.Check(titleSchema, title) ? oneLine(wordsOf(title)) : '';
};

const urlOf = ({ id, url }: NotionPage): string => {
  const given = URL.parse(url ?? '');
  return given?.protocol === 'https:' && hosts.test(given.hostname)
    ? given.href
    : `https://www.notion.so/${encodeURIComponent(id.replaceAll('-', ''))}`;
};

const textOfBlock = (block: Readonly<Record<string, unknown>>): string => {
  const inner = block[String(block['type'])];
  return Value.Check(blockTextSchema, inner) ? wordsOf(inner.rich_text) : '';
};

const open = ({ http }: Opened): Connection => {
  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own bot', method: 'GET', path: '/v1/users/me' } as const;
    const answer = await http.request(asked, botSchema, ask);
    if (!answer.ok) return answer;
    const { name, bot } = answer.value.body;
    return success({ name: present([bot?.workspace_name, name])[0] ?? 'Notion', facts: {} });
  };

  /** Empty where it cannot be had in time: the title alone is an answer too. */
  const firstWords = async (pageId: string, ask: Ask): Promise<string> => {
    const asked = { what: 'read the begin of a page', method: 'GET' } as const;
    const at = path`/v1/blocks/${pageId}/children`;
    const query = { page_size: 5 };
    const answer = await http.request({ ...asked, path: at, query }, blocksSchema, ask);
    if (!answer.ok) return '';
    return oneLine(answer.value.body.results.map(textOfBlock).join(' '));
  };

  /** Notion compares titles alone, and knows the pages alone that were shared with the connection. */
  const searchKnowledge = async (
    query: string,
    _locale: string,
    limit: number,
    ask: Ask,
  ): Promise<Outcome<readonly Article[]>> => {
    const answer = await http.request(
      {
        what: 'search pages',
        method: 'POST',
        path: '/v1/search',
        json: {
          query,
          filter: { property: 'object', value: 'page' },
          page_size: Math.min(100, limit),
        },
      },
      pagesSchema,
      { ...ask, deadlineMs: ask.deadlineMs * searchPart },
    );
    if (!answer.ok) return answer;
    const pages = answer.value.body.results
      .filter((page) => page.in_trash !== true && page.archived !== true && titleOf(page) !== '')
      .slice(0, limit);
    const left = { ...ask, deadlineMs: ask.deadlineMs * (1 - searchPart) };
    const snippets = await Promise.all(
      pages.slice(0, mostSnippets).map(({ id }) => firstWords(id, left)),
    );
    return success(
      pages.map((page, index) => ({
        id: page.id,
        title: titleOf(page),
        snippet: snippets[index] ?? '',
        url: urlOf(page),
      })),
    );
  };

  return { testConnection, searchKnowledge };
};

export const notion: Connector = {
  id: 'notion',
  name: 'Notion',
  fields: [
    {
      name: 'token',
      label: {
        en: 'Secret of the integration',
        es: 'Secreto de la integración',
        pt: 'Segredo da integração',
      },
      help: {
        en: 'It finds the pages alone that are shared with the integration, by their titles.',
        es: 'Encuentra solo las páginas compartidas con la integración, por su título.',
        pt: 'Encontra apenas as páginas compartilhadas com a integração, pelo título.',
      },
      isSecret: true,
      pattern: /(?:ntn|secret)_\w{20,100}/u,
    },
  ],
  authentication: {
    kind: 'headers',
    headers: ({ token = '' }) => ({
      authorization: `Bearer ${token}`,
      'notion-version': version,
    }),
  },
  // Three a second on average.
  rate: { requests: 180, perMs: 60_000, atOnce: 4 },
  dialect,
  baseUrl: () => 'https://api.notion.com',
  open,
};
