import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Text = { readonly type?: string; readonly text?: string };
type Block = { readonly type: string; readonly text?: Text; readonly elements?: readonly Text[] };
type Message = { readonly ts: string; readonly text: string; readonly blocks: readonly Block[] };

const rightToken = 'xoxb-1-not-for-anybody';
const channel = 'C0123456789';
const hook = '/services/T0001/B0001/notForAnybody';

const textsOf = (block: Block): readonly Text[] => [
  ...(block.text === undefined ? [] : [block.text]),
  ...(block.elements ?? []),
];

/** Slack's limits of blocks, and its control signs: `<…>` is a link or a mention, and `&` begins an entity. */
const problemOf = (text: string, blocks: readonly Block[]): string | null => {
  if (text === '' && blocks.length === 0) return 'no_text';
  const isWrong = blocks.some((block) => {
    const longest = block.type === 'header' ? 150 : 3_000;
    return textsOf(block).some(
      ({ type, text: own = '' }) =>
        own === '' ||
        own.length > longest ||
        /&(?!amp;|lt;|gt;)/u.test(own) ||
        (type === 'plain_text' && /[<>]/u.test(own)) ||
        (block.type === 'header' && type !== 'plain_text'),
    );
  });
  return isWrong ? 'invalid_blocks' : null;
};

/** What a reader sees, addresses of links with it. */
const shown = ({ text, blocks }: Message): string =>
  [text, ...blocks.flatMap(textsOf).map((each) => each.text ?? '')]
    .join('\n')
    .replaceAll(/<([^|>]+)\|([^>]*)>/gu, '$2 $1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const common = {
  addPerson: () => '1',
  addItem: () => '1',
  addArticle: () => '1',
  peopleCount: () => 0,
} as const;

const memory = () => {
  const messages: Message[] = [];
  let lastTs = 1_763_800_000;
  return {
    messages,
    add: (text: string, blocks: readonly Block[], later = 1): string => {
      lastTs += later;
      const ts = `${String(lastTs)}.000100`;
      messages.push({ ts, text, blocks });
      return ts;
    },
    written: (key: string) =>
      messages.filter((message) => shown(message).split('\n').includes(`Ringside ${key}`)).length,
    texts: () => messages.map(shown),
  };
};

const inputOf = ({ body }: Asked) => {
  const {
    text = '',
    blocks = [],
    ...rest
  } = body as {
    text?: string;
    blocks?: readonly Block[];
    channel?: string;
  };
  return { text, blocks, ...rest };
};

/** One incoming webhook: plain text in both directions of the answer. */
export const slackWebhookFake = (): VendorModel => {
  const { add, written, texts } = memory();
  const words: Readonly<Record<number, string>> = {
    403: 'action_prohibited',
    404: 'channel_not_found',
    410: 'channel_is_archived',
    429: 'rate_limited',
    500: 'rollup_error',
  };
  const refusal = (status: number): Told => ({
    status,
    text: words[status] ?? 'invalid_payload',
    ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
  });
  return {
    ...common,
    routes: {
      [`POST ${hook}`]: (asked) => {
        const { text, blocks } = inputOf(asked);
        const problem = problemOf(text, blocks);
        if (problem !== null) return { status: 400, text: problem };
        add(text, blocks);
        return { status: 200, text: 'ok' };
      },
    },
    refusesCaller: ({ path }) => (path === hook ? undefined : { status: 404, text: 'no_service' }),
    refusal,
    written,
    texts,
    settings: { webhookUrl: `https://hooks.slack.com${hook}` },
    origins: ['https://hooks.slack.com'],
  };
};

export type SlackFakeOptions = {
  readonly scopes?: string;
  /** Every call is answered with this word instead. */
  readonly says?: string;
};

/** So much of Slack's Web API as the connector asks for: one channel, whose messages a bot posts and reads. */
export const slackBotFake = (
  options: SlackFakeOptions = {},
): VendorModel & { readonly addMessages: (count: number, secondsBetween: number) => void } => {
  const { scopes = 'chat:write,channels:history', says } = options;
  const { messages, add, written, texts } = memory();
  const no = (error: string): Told => ({ status: 200, body: { ok: false, error } });

  const withScope = (scope: string, tell: () => Told): Told => {
    if (says !== undefined) return no(says);
    return scopes.split(',').includes(scope) ? tell() : no('missing_scope');
  };

  const post = (asked: Asked): Told => {
    const { text, blocks, channel: wanted } = inputOf(asked);
    if (wanted !== channel) return no('channel_not_found');
    const problem = problemOf(text, blocks);
    return problem === null
      ? { status: 200, body: { ok: true, channel, ts: add(text, blocks), message: { text } } }
      : no(problem);
  };

  const history = ({ query }: Asked): Told => {
    if (query.get('channel') !== channel) return no('channel_not_found');
    const limit = Number(query.get('limit'));
    if (!(limit >= 1 && limit <= 999)) return no('invalid_limit');
    const from = Number(query.get('cursor') ?? '0');
    const page = messages.toReversed().slice(from, from + limit);
    const more = from + limit < messages.length;
    const next = { next_cursor: more ? String(from + limit) : '' };
    return {
      status: 200,
      body: { ok: true, messages: page, has_more: more, response_metadata: next },
    };
  };

  return {
    ...common,
    routes: {
      'GET /api/auth.test': () => ({
        status: 200,
        headers: { 'x-oauth-scopes': scopes },
        body: { ok: true, team: 'Acme', team_id: 'T1', url: 'https://acme.slack.com/' },
      }),
      'POST /api/chat.postMessage': (asked) => withScope('chat:write', () => post(asked)),
      'GET /api/conversations.history': (asked) =>
        withScope('channels:history', () => history(asked)),
    },
    refusesCaller: (asked) => (tokenOf(asked) === rightToken ? undefined : no('invalid_auth')),
    refusal: (status) =>
      status === 429
        ? { status, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': '2' } }
        : { status, text: 'Ana Pires' },
    written,
    texts,
    addMessages: (count, secondsBetween) => {
      for (let index = 0; index < count; index += 1) add('Hello', [], secondsBetween);
    },
    settings: { botToken: rightToken, channel },
    origins: ['https://slack.com'],
  };
};
