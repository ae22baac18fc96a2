import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

type Page = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly space: string;
};

const rightToken = Buffer.from('ringside@acme.example:not-for-anybody').toString('base64');
const text = String.raw`"((?:[^"\\]|\\.)*)"`;
const cqlPattern = new RegExp(
  `^type = page AND \\(title ~ ${text} OR text ~ ${text}\\)(?: AND space in \\(([^)]*)\\))?$`,
  'u',
);
/** Signs that Lucene reads as operators. */
const operators = /[-+&|!(){}[\]^~*?:\\/"]|\b(?:AND|OR|NOT)\b/u;

export type ConfluenceFakeOptions = {
  /** Read by everybody, a wrong token included. */
  readonly isPublic?: true;
  /** What stands before the path of what is found. */
  readonly urlBefore?: string;
};

/** So much of a Confluence site as the connector asks for: pages in the space `HELP`. */
export const confluenceFake = (
  options: ConfluenceFakeOptions = {},
): VendorModel & { readonly addPage: (page: Omit<Page, 'id'>) => string } => {
  const pages: Page[] = [];

  const addPage = (page: Omit<Page, 'id'>): string => {
    const id = String(65_000 + pages.length);
    pages.push({ id, ...page });
    return id;
  };

  const search = ({ query }: Asked): Told => {
    const parts = cqlPattern.exec(query.get('cql') ?? '');
    if (parts === null) return refusal(400);
    const [, title = '', words = '', spaces] = parts;
    if (title !== words || words === '' || operators.test(words)) return refusal(400);
    const found = pages.filter(
      (page) =>
        (spaces === undefined || spaces.includes(`"${page.space}"`)) &&
        words.split(' ').every((word) => `${page.title} ${page.text}`.toLowerCase().includes(word)),
    );
    const results = found.slice(0, Number(query.get('limit'))).map((page) => ({
      content: { id: page.id, type: 'page', status: 'current', title: page.title },
      title: page.title.replace(/(\w+)/u, '@@@hl@@@$1@@@endhl@@@'),
      excerpt: `… @@@hl@@@${page.text}@@@endhl@@@ &amp; more`,
      url: `${options.urlBefore ?? ''}/spaces/${page.space}/pages/${page.id}/A+page`,
      lastModified: '2026-11-20T12:00:00.000Z',
    }));
    const links = { base: 'https://acme.atlassian.net/wiki', context: '/wiki' };
    return {
      status: 200,
      body: { results, start: 0, limit: 25, size: results.length, totalSize: 9, _links: links },
    };
  };

  const refusal = (status: number): Told => {
    if (status === 429) {
      const headers = { 'retry-after': '2', 'ratelimit-reason': 'confluence-burst-based' };
      return { status, text: 'Rate limit exceeded', headers };
    }
    return { status, body: { statusCode: status, message: 'Ana Pires could not be parsed' } };
  };

  const isKnown = ({ headers }: Asked): boolean =>
    headers['authorization'] === `Basic ${rightToken}`;

  return {
    routes: {
      'GET /wiki/rest/api/user/current': (asked) => ({
        status: 200,
        body: isKnown(asked)
          ? { type: 'known', accountId: '5b10', displayName: 'Ringside' }
          : { type: 'anonymous', displayName: 'Anonymous' },
      }),
      'GET /wiki/rest/api/search': search,
    },
    refusesCaller: (asked) =>
      isKnown(asked) || options.isPublic === true ? undefined : refusal(401),
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: ({ title, text: words }) => addPage({ title, text: words, space: 'HELP' }),
    addPage,
    peopleCount: () => 0,
    written: () => 0,
    texts: () => [],
    settings: { site: 'acme', email: 'ringside@acme.example', apiToken: 'not-for-anybody' },
    origins: ['https://acme.atlassian.net'],
  };
};
