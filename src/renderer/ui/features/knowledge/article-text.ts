import type { KnowledgeSource } from '../../../../shared/api/elsewhere.ts';

type Article = KnowledgeSource['articles'][number];

/** One that can be chosen: an article, or a page of the system on which the search goes on. */
export type Hit = {
  readonly key: string;
  readonly kind: 'article' | 'search_page';
  readonly system: string;
  readonly article: Article;
};

/** In the order in which the systems answered; pages to go on searching come after all articles. */
export const hitsIn = (sources: readonly KnowledgeSource[]): readonly Hit[] => {
  const hits = sources.flatMap(({ connectionId, connector, name, articles }) =>
    articles.map((article): Hit => ({
      key: `${connectionId}-${article.id}`,
      // The generic connector asks nobody: it tells one link, by this name.
      kind: connector === 'generic-http' && article.id === 'search' ? 'search_page' : 'article',
      system: name,
      article,
    })),
  );
  return [
    ...hits.filter(({ kind }) => kind === 'article'),
    ...hits.filter(({ kind }) => kind === 'search_page'),
  ];
};

/** What goes into the notes: on a line of its own, whatever stands before it. */
export const articleText = (
  { title, url, snippet }: Article,
  before: string,
  withSnippet: boolean,
): string => {
  const line = `${title}: ${url}`;
  const words = withSnippet && snippet !== '' ? `${line}\n${snippet}` : line;
  return before === '' || before.endsWith('\n') ? words : `\n${words}`;
};
