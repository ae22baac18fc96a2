import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import { atlassianDialect, siteAuthentication, siteFields, siteUrl } from '../atlassian.ts';
import { plainText } from '../call-text.ts';
import type { Account, Article, Connection, Connector, Opened } from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { searchSchema, userSchema } from './confluence-answers.ts';

/**
 * The words of a query. Inside of the quotes of CQL stands a query of Lucene's, where many signs and the upper-case words AND,
 * OR and NOT are operators: letters, marks and digits alone are none.
 */
export const searchWords = (query: string): string =>
  query
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;

const spacesPart = (spaces: string | undefined): string => {
  const keys = (spaces ?? '').split(/[\s,]+/u).filter((key) => key !== '');
  return keys.length === 0 ? '' : ` AND space in (${keys.map(quoted).join(', ')})`;
};

/** Highlights are signs around the words that were found. */
const withoutHighlights = (excerpt: string): string => excerpt.replaceAll(/@@@(?:end)?hl@@@/gu, '');

const open = ({ http, settings }: Opened): Connection => {
  const wiki = `${siteUrl(settings)}/wiki`;

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own user', method: 'GET' } as const;
    const answer = await http.request(
      { ...asked, path: '/rest/api/user/current' },
      userSchema,
      ask,
    );
    if (!answer.ok) return answer;
    const { type, displayName } = answer.value.body;
    // A site that is open to everybody answers a wrong token as it answers anybody.
    if (type === 'anonymous') return failed('auth', 'read the own user: the site knows nobody');
    const name = `${displayName ?? ''}, ${settings['site'] ?? ''}.atlassian.net`;
    return success({ name, facts: {} });
  };

  const searchKnowledge = async (
    query: string,
    _locale: string,
    limit: number,
    ask: Ask,
  ): Promise<Outcome<readonly Article[]>> => {
    const words = searchWords(query);
    if (words === '') return success([]);
    const found = `type = page AND (title ~ ${quoted(words)} OR text ~ ${quoted(words)})`;
    const answer = await http.request(
      {
        what: 'search pages',
        method: 'GET',
        path: '/rest/api/search',
        query: { cql: found + spacesPart(settings['spaces']), limit, excerpt: 'highlight' },
      },
      searchSchema,
      ask,
    );
    if (!answer.ok) return answer;
    const articles = answer.value.body.results.flatMap(({ content, excerpt, url }) => {
      // `_links.base` is this as well; what an answer says is not where people are sent.
      const at = URL.parse(`${wiki}${url}`);
      if (!content || at === null) return [];
      const snippet = plainText(withoutHighlights(excerpt ?? ''));
      return [{ id: content.id, title: plainText(content.title), snippet, url: at.href }];
    });
    return success(articles.slice(0, limit));
  };

  return { testConnection, searchKnowledge };
};

export const confluence: Connector = {
  id: 'confluence',
  name: 'Confluence',
  fields: [
    ...siteFields,
    {
      name: 'spaces',
      label: { en: 'Spaces: keys', es: 'Espacios: claves', pt: 'Espaços: chaves' },
      help: {
        en: 'Search only there; empty: in all that the account may read.',
        es: 'Buscar solo allí; vacío: en todos los que la cuenta puede leer.',
        pt: 'Buscar só neles; vazio: em todos que a conta pode ler.',
      },
      pattern: /[\w~.:-]+(?:[\s,]+[\w~.:-]+)*/u,
      example: 'HELP, SALES',
      isOptional: true,
    },
  ],
  authentication: siteAuthentication,
  rate: { requests: 600, perMs: 60_000, atOnce: 6 },
  dialect: atlassianDialect,
  baseUrl: (settings) => `${siteUrl(settings)}/wiki`,
  open,
};
