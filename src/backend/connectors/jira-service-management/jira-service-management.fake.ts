import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

type FakeRequest = {
  readonly key: string;
  readonly summary: string;
  readonly text: string;
  readonly onBehalfOf: string | null;
};
type Customer = { readonly accountId: string; readonly email: string };
type RequestInput = {
  readonly serviceDeskId?: string;
  readonly requestTypeId?: string;
  readonly requestFieldValues?: Readonly<Record<string, unknown>>;
  readonly raiseOnBehalfOf?: string;
};

const rightToken = Buffer.from('ringside@acme.example:not-for-anybody').toString('base64');

/** What a reader sees of wiki text: escapes are gone; bold and links have become something else than what stands there. */
const rendered = (wiki: string): string =>
  wiki
    .replaceAll(/(?<!\\)\*(\S[^*\n]*)(?<!\\)\*/gu, '<b>$1</b>')
    .replaceAll(/(?<!\\)\[([^\]|\n]+)\|([^\]\n]+)(?<!\\)\]/gu, '<a href="$2">$1</a>')
    .replaceAll(/(?<!\\)\{(?:code|noformat|color)[^}]*\}/gu, '<pre>')
    .replaceAll(/\\([^\w\s])/gu, '$1')
    .replaceAll('&#92;', '\\');

const documentOf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text.split('\n\n').map((paragraph) => ({
    type: 'paragraph',
    content: paragraph
      .split('\n')
      .flatMap((line, index) => [
        ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]),
  })),
});

export type ServiceFakeOptions = {
  readonly required?: readonly string[];
  readonly customers?: readonly Customer[];
  /** What the search for customers answers instead. */
  readonly customersRefused?: number;
};

/** So much of a Jira Service Management site as the connector asks for: the desk 10 with the request type 25. */
export const jiraServiceManagementFake = (
  options: ServiceFakeOptions = {},
): VendorModel & { readonly onBehalfOf: () => readonly (string | null)[] } => {
  const { required = [], customers = [], customersRefused } = options;
  const requests: FakeRequest[] = [];
  const fieldIds = ['summary', 'description', ...required];

  const wrong = (i18nKey: string): Told => ({
    status: 400,
    body: { errorMessage: 'Ana Pires', i18nErrorMessage: { i18nKey, parameters: ['Ana Pires'] } },
  });

  const createRequest = ({ body }: Asked): Told => {
    const {
      serviceDeskId,
      requestTypeId,
      requestFieldValues = {},
      raiseOnBehalfOf,
    } = body as RequestInput;
    if (serviceDeskId !== '10') return refusal(404);
    if (requestTypeId !== '25') return wrong('sd.request.create.error.request.type');
    const { summary, description } = requestFieldValues;
    const isUnknown = Object.keys(requestFieldValues).some((name) => !fieldIds.includes(name));
    const isMissing = required.some((name) => requestFieldValues[name] === undefined);
    if (isUnknown || isMissing || typeof summary !== 'string' || typeof description !== 'string') {
      return wrong('sd.request.create.error.field.validation');
    }
    if (summary === '' || summary.length > 255 || summary.includes('\n')) {
      return wrong('sd.request.create.error.field.validation');
    }
    if (
      raiseOnBehalfOf !== undefined &&
      !customers.some(({ accountId }) => accountId === raiseOnBehalfOf)
    ) {
      return wrong('sd.request.create.error.customer.not.found');
    }
    const number = String(requests.length + 1);
    const key = `HELP-${number}`;
    const text = rendered(description);
    requests.push({ key, summary, text, onBehalfOf: raiseOnBehalfOf ?? null });
    return {
      status: 201,
      body: {
        issueId: number,
        issueKey: key,
        requestTypeId,
        serviceDeskId,
        _links: { web: `https://acme.atlassian.net/servicedesk/customer/portal/10/${key}` },
      },
    };
  };

  const search = ({ query }: Asked): Told => {
    const words = /description ~ "\\"([^"\\]+)\\""$/u.exec(query.get('jql') ?? '')?.[1];
    if (words === undefined) return refusal(400);
    const found = requests.filter(({ text }) => text.includes(words));
    const told = found.map(({ key, text }) => ({
      id: key,
      key,
      fields: { description: documentOf(text) },
    }));
    return { status: 200, body: { issues: told, isLast: true } };
  };

  const refusal = (status: number): Told => {
    if (status === 429) return { status, text: 'Rate limited', headers: { 'retry-after': '2' } };
    if (status === 401) return { status, text: 'Client must be authenticated: Ana Pires' };
    return { status, body: { errorMessage: 'Ana Pires', i18nErrorMessage: { i18nKey: 'sd.no' } } };
  };

  const page = (values: readonly unknown[]): Told => ({
    status: 200,
    body: { size: values.length, start: 0, limit: 50, isLastPage: true, values },
  });

  return {
    routes: {
      'GET /rest/servicedeskapi/servicedesk/:desk': (_, { desk }) =>
        desk === '10'
          ? {
              status: 200,
              body: { id: '10', projectId: '1', projectName: 'Help', projectKey: 'HELP' },
            }
          : refusal(404),
      'GET /rest/servicedeskapi/servicedesk/:desk/requesttype/:type/field': (_, { type }) =>
        type === '25'
          ? {
              status: 200,
              body: {
                requestTypeFields: fieldIds.map((fieldId) => ({
                  fieldId,
                  name: fieldId === 'customfield_10020' ? 'Impact' : fieldId,
                  required: fieldId !== 'description',
                  defaultValues: [],
                  presetValues: fieldId === 'customfield_10030' ? ['Phone'] : [],
                })),
                canRaiseOnBehalfOf: customers.length > 0,
                canAddRequestParticipants: true,
              },
            }
          : refusal(404),
      'GET /rest/servicedeskapi/servicedesk/:desk/customer': ({ query, headers }) => {
        if (customersRefused !== undefined) return refusal(customersRefused);
        if (headers['x-experimentalapi'] !== 'opt-in') return refusal(412);
        const wanted = query.get('query') ?? '';
        const found = customers.filter(({ email }) =>
          email.startsWith(wanted.slice(0, 3).toLowerCase()),
        );
        return page(
          found.map(({ accountId, email }) => ({ accountId, emailAddress: email, active: true })),
        );
      },
      'POST /rest/servicedeskapi/request': createRequest,
      'GET /rest/api/3/search/jql': search,
    },
    refusesCaller: ({ headers }) =>
      headers['authorization'] === `Basic ${rightToken}` ? undefined : refusal(401),
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: () => '1',
    peopleCount: () => customers.length,
    written: (key) =>
      requests.filter(({ text }) => text.split('\n').includes(`Ringside ${key}`)).length,
    texts: () => requests.map(({ summary, text }) => `${summary}\n${text}`),
    onBehalfOf: () => requests.map(({ onBehalfOf }) => onBehalfOf),
    settings: {
      site: 'acme',
      email: 'ringside@acme.example',
      apiToken: 'not-for-anybody',
      serviceDeskId: '10',
      requestTypeId: '25',
    },
    origins: ['https://acme.atlassian.net'],
    description: { file: 'jira-servicemanagement.json' },
  };
};
