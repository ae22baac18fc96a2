import type { KnowledgeSource } from '../../../shared/api/elsewhere.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { Connections } from '../connections/connections.ts';

/** What people wrote down for agents, wherever a company keeps it: asked of every connection at once. */
export type Knowledge = {
  /**
   * `locale`: BCP 47. `connectionId`: that one alone, so that nobody waits for the slowest; null: all of them. Nothing is
   * remembered: what agents look for may be a customer's.
   */
  readonly search: (
    query: string,
    locale: string,
    connectionId: string | null,
  ) => Promise<readonly KnowledgeSource[]>;
};

const deadlineMs = 4_000;
const mostArticles = 8;

export const createKnowledge = (connections: Pick<Connections, 'open' | 'openAll'>): Knowledge => ({
  search: async (query, locale, connectionId) => {
    const asked =
      connectionId === null
        ? await connections.openAll()
        : [await connections.open(connectionId)].filter((each) => each !== null);
    const found = asked.map(async (connection): Promise<readonly KnowledgeSource[]> => {
      const { searchKnowledge } = connection.now;
      if (searchKnowledge === undefined) return [];
      const ask = { signal: AbortSignal.timeout(deadlineMs), deadlineMs };
      const outcome = connection.told(await searchKnowledge(query, locale, mostArticles, ask));
      const { id, name } = connection;
      const source = { connectionId: id, name, connector: connection.connector.id };
      if (!outcome.ok) return [{ ...source, articles: [], why: outcome.why.kind }];
      const articles = outcome.value.slice(0, mostArticles).map((article) => ({
        ...article,
        title: remoteText(article.title),
      }));
      return [{ ...source, articles }];
    });
    return (await Promise.all(found)).flat();
  },
});
