import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Page = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly inTrash: boolean;
  readonly url: string;
};

const rightToken = 'ntn_notForAnybodyAtAll0123456789';
const rich = (text: string) => [{ type: 'text', text: { content: text }, plain_text: text }];

/** So much of Notion as the connector asks for: pages that are found by their titles. */
export const notionFake = (): VendorModel & {
  readonly addPage: (page: Partial<Page> & { readonly title: string }) => string;
} => {
  const pages: Page[] = [];

  const addPage = (given: Partial<Page> & { readonly title: string }): string => {
    const id = crypto.randomUUID();
    const url = `https://www.notion.so/Page-${id.replaceAll('-', '')}`;
    pages.push({ id, text: '', inTrash: false, url, ...given });
    return id;
  };

  const search = ({ body }: Asked): Told => {
    const {
      query = '',
      filter,
      page_size: size = 100,
    } = body as {
      query?: string;
      filter?: { property?: string; value?: string };
      page_size?: number;
    };
    const isWrong =
      filter?.property !== 'object' || !['page', 'data_source'].includes(filter.value ?? '');
    if (isWrong || !Number.isInteger(size) || size < 1 || size > 100) return refusal(400);
    const found = pages.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
    const results = found.slice(0, size).map(({ id, title, inTrash, url }) => ({
      object: 'page',
      id,
      url,
      in_trash: inTrash,
      archived: inTrash,
      properties: {
        Owner: { id: 'a', type: 'people', people: [] },
        Name: { id: 'title', type: 'title', title: rich(title) },
      },
    }));
    return { status: 200, body: { object: 'list', results, has_more: false, next_cursor: null } };
  };

  const children = (id: string | undefined): Told => {
    const page = pages.find((each) => each.id === id);
    if (page === undefined) return refusal(404);
    const paragraph = { rich_text: rich(page.text), color: 'default' };
    const results = [
      { object: 'block', id: 'b1', type: 'image', image: { caption: [] } },
      { object: 'block', id: 'b2', type: 'paragraph', paragraph },
    ];
    return { status: 200, body: { object: 'list', results, has_more: false, next_cursor: null } };
  };

  const refusal = (status: number): Told => {
    const codes: Readonly<Record<number, string>> = {
      400: 'validation_error',
      401: 'unauthorized',
      403: 'restricted_resource',
      404: 'object_not_found',
      409: 'conflict_error',
      429: 'rate_limited',
    };
    const code = codes[status] ?? 'internal_server_error';
    const body = { object: 'error', status, code, message: 'Ana Pires was not found' };
    return { status, body, ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}) };
  };

  return {
    routes: {
      'GET /v1/users/me': () => ({
        status: 200,
        body: { object: 'user', id: 'u1', type: 'bot', bot: { workspace_name: 'Acme' } },
      }),
      'POST /v1/search': search,
      'GET /v1/blocks/:id/children': (_, { id }) => children(id),
    },
    refusesCaller: (asked) => {
      if (tokenOf(asked) !== rightToken) return refusal(401);
      return asked.headers['notion-version'] === '2025-09-03' ? undefined : refusal(400);
    },
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: addPage,
    addPage,
    peopleCount: () => 0,
    written: () => 0,
    texts: () => [],
    settings: { token: rightToken },
    origins: ['https://api.notion.com'],
    description: { file: 'notion.json' },
  };
};
