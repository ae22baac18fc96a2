import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

type FakeIssue = {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly labels: readonly string[];
  readonly text: string;
  readonly links: Map<string, string>;
};
type Fields = Readonly<Record<string, unknown>>;
type Node = {
  readonly type?: string;
  readonly text?: string;
  readonly content?: readonly Node[];
  readonly marks?: readonly { readonly attrs?: { readonly href?: string } }[];
};

const issueTypes = [
  { id: '10001', name: 'Task', subtask: false },
  { id: '10004', name: 'Bug', subtask: false },
];
const usualFields = ['project', 'issuetype', 'summary', 'description', 'labels', 'reporter'];
const rightToken = Buffer.from('ringside@acme.example:not-for-anybody').toString('base64');

/** What a reader sees of a document, addresses of links with it. */
const textOf = (node: Node): string => {
  const inner = (node.content ?? []).map(textOf).join('');
  const href = node.marks?.[0]?.attrs?.href;
  const own = `${node.text ?? ''}${href === undefined ? '' : ` ${href}`}`;
  const end = node.type === 'paragraph' || node.type === 'hardBreak' ? '\n' : '';
  return own + inner + end;
};

const hasEmptyText = (node: Node): boolean =>
  (node.type === 'text' && (node.text ?? '') === '') || (node.content ?? []).some(hasEmptyText);

export type JiraFakeOptions = {
  /** Fields beside the usual ones: `customfield_10010`, wanted of everybody who makes an issue. */
  readonly required?: readonly string[];
  readonly withoutFields?: readonly string[];
  readonly mayLink?: boolean;
};

/** So much of a Jira site as the connector asks for: one project, `SUP`, with two issue types. */
export const jiraFake = (options: JiraFakeOptions = {}): VendorModel => {
  const { required = [], withoutFields = [], mayLink = true } = options;
  const issues: FakeIssue[] = [];
  const fieldIds = [...usualFields, ...required].filter((id) => !withoutFields.includes(id));

  const invalid = (errors: Readonly<Record<string, string>>): Told => ({
    status: 400,
    body: { errorMessages: [], errors },
  });

  const problemOf = (fields: Fields): Told | null => {
    const { project, issuetype, summary, description } = fields;
    const wanted = issuetype as { id?: string; name?: string } | undefined;
    if ((project as { key?: string } | undefined)?.key !== 'SUP') {
      return invalid({ project: 'valid project is required' });
    }
    if (!issueTypes.some(({ id, name }) => id === wanted?.id || name === wanted?.name)) {
      return invalid({ issuetype: 'Specify a valid issue type' });
    }
    if (typeof summary !== 'string' || summary.trim() === '' || summary.includes('\n')) {
      return invalid({ summary: 'You must specify a summary of the issue.' });
    }
    if (summary.length > 255)
      return invalid({ summary: 'Summary must be at most 255 characters.' });
    const document = description as Node | undefined;
    if (typeof description === 'string' || document?.type !== 'doc' || hasEmptyText(document)) {
      return invalid({ description: 'Operation value must be an Atlassian Document' });
    }
    if (textOf(document).length > 32_767) return invalid({ description: 'The text is too long.' });
    const unknown = Object.keys(fields).find((name) => !fieldIds.includes(name));
    if (unknown !== undefined) return invalid({ [unknown]: `Field '${unknown}' cannot be set.` });
    const missing = required.find((name) => fields[name] === undefined);
    return missing === undefined ? null : invalid({ [missing]: 'It is required.' });
  };

  const createIssue = ({ body }: Asked): Told => {
    const { fields } = body as { fields: Fields };
    const problem = problemOf(fields);
    if (problem !== null) return problem;
    const labels = fields['labels'] as readonly string[];
    if (labels.some((label) => /\s/u.test(label))) return invalid({ labels: 'It has a space.' });
    const number = issues.length + 1;
    const issue = {
      id: String(10_000 + number),
      key: `SUP-${String(number)}`,
      summary: fields['summary'] as string,
      labels,
      text: textOf(fields['description'] as Node),
      links: new Map<string, string>(),
    };
    issues.push(issue);
    const self = `https://acme.atlassian.net/rest/api/3/issue/${issue.id}`;
    return { status: 201, body: { id: issue.id, key: issue.key, self } };
  };

  const search = ({ query }: Asked): Told => {
    const label = /^labels = "((?:[^"\\]|\\.)*)"$/u.exec(query.get('jql') ?? '')?.[1];
    if (label === undefined) return refusal(400);
    const found = issues.filter(({ labels }) => labels.includes(label));
    const told = found.map(({ id, key, summary }) => ({ id, key, fields: { summary } }));
    return { status: 200, body: { issues: told, isLast: true } };
  };

  const link = ({ body }: Asked, key: string | undefined): Told => {
    const issue = issues.find((each) => each.key === key);
    if (issue === undefined) return refusal(404);
    if (!mayLink) return refusal(403);
    const { globalId, object } = body as { globalId: string; object: { url: string } };
    const isNew = !issue.links.has(globalId);
    issue.links.set(globalId, object.url);
    const self = `https://acme.atlassian.net/rest/api/issue/${issue.key}/remotelink/1`;
    return { status: isNew ? 201 : 200, body: { id: 1, self } };
  };

  const refusal = (status: number): Told => {
    if (status === 429) {
      const headers = { 'retry-after': '2', 'ratelimit-reason': 'jira-burst-based' };
      return { status, body: { errorMessages: ['Rate limit exceeded.'], errors: {} }, headers };
    }
    if (status === 401) return { status, text: 'Client must be authenticated: Ana Pires' };
    const errors = status === 422 ? { summary: 'Ana Pires is wrong' } : {};
    return { status, body: { errorMessages: ['Ana Pires was not found'], errors } };
  };

  return {
    routes: {
      'GET /rest/api/3/myself': () => ({
        status: 200,
        body: { accountId: '5b10', accountType: 'app', displayName: 'Ringside', active: true },
      }),
      'GET /rest/api/3/issue/createmeta/:project/issuetypes': (_, { project }) =>
        project === 'SUP'
          ? { status: 200, body: { issueTypes, maxResults: 200, startAt: 0, total: 2 } }
          : refusal(404),
      'GET /rest/api/3/issue/createmeta/:project/issuetypes/:id': () => ({
        status: 200,
        body: {
          maxResults: 200,
          startAt: 0,
          total: fieldIds.length,
          fields: fieldIds.map((fieldId) => ({
            fieldId,
            key: fieldId,
            name: fieldId === 'customfield_10010' ? 'Severity' : fieldId,
            required: fieldId !== 'description' && fieldId !== 'labels',
            hasDefaultValue: fieldId === 'reporter',
          })),
        },
      }),
      'POST /rest/api/3/issue': createIssue,
      'GET /rest/api/3/search/jql': search,
      'POST /rest/api/3/issue/:key/remotelink': (asked, { key }) => link(asked, key),
    },
    refusesCaller: ({ headers }) =>
      headers['authorization'] === `Basic ${rightToken}` ? undefined : refusal(401),
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: () => '1',
    peopleCount: () => 0,
    written: (key) => issues.filter(({ labels }) => labels.includes(`ringside-${key}`)).length,
    texts: () =>
      issues.flatMap(({ summary, text, links }) => [`${summary}\n${text}`, ...links.values()]),
    settings: {
      site: 'acme',
      email: 'ringside@acme.example',
      apiToken: 'not-for-anybody',
      project: 'SUP',
      issueType: 'Bug',
    },
    origins: ['https://acme.atlassian.net'],
    description: { file: 'jira-platform-v3.json', prefix: '/rest' },
  };
};
