import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

type Element = {
  readonly type?: string;
  readonly inlines?: readonly { readonly type?: string; readonly text?: string }[];
};
type Card = {
  readonly type?: string;
  readonly version?: string;
  readonly fallbackText?: string;
  readonly body?: readonly Element[];
  readonly actions?: readonly {
    readonly type: string;
    readonly title: string;
    readonly url: string;
  }[];
};
type Attachment = { readonly contentType?: string; readonly content?: Card };

const origin = 'https://prod-11.westeurope.logic.azure.com';
const at = '/workflows/0af1/triggers/manual/paths/invoke';
const signature = 'not-for-anybody_and-nobody';
const search = `?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`;

/** What the flow's action refuses, long after it said 202. */
const isPosted = ({ contentType, content }: Attachment): boolean =>
  contentType === 'application/vnd.microsoft.card.adaptive' &&
  content?.type === 'AdaptiveCard' &&
  Number(content.version) <= 1.4 &&
  (content.actions ?? []).length <= 6 &&
  (content.actions ?? []).every(
    ({ type, url }) => type === 'Action.OpenUrl' && /^https?:/u.test(url),
  );

const shown = ({ body = [], actions = [] }: Card): string =>
  [
    ...body.map(({ inlines = [] }) => inlines.map(({ text = '' }) => text).join('')),
    ...actions.map(({ title, url }) => `${title} ${url}`),
  ].join('\n');

/** A workflow that posts a card for each attachment of what it is sent. */
export const teamsFake = (): VendorModel & { readonly runs: () => number } => {
  const cards: Card[] = [];
  let runs = 0;

  const run = ({ body }: Asked): Told => {
    if (Buffer.byteLength(JSON.stringify(body)) > 28 * 1_024) return refusal(413);
    runs += 1;
    const { attachments } = body as { attachments?: readonly Attachment[] | null };
    if (!Array.isArray(attachments)) throw new Error('the flow fails: attachments are no array');
    for (const each of attachments as readonly Attachment[]) {
      if (!isPosted(each)) throw new Error('the flow fails: this is no card');
      cards.push(each.content ?? {});
    }
    return { status: 202 };
  };

  const refusal = (status: number): Told => ({
    status,
    body: { error: { code: `WorkflowRefused${String(status)}`, message: 'Ana Pires' } },
    ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
  });

  return {
    routes: { [`POST ${at}`]: run },
    refusesCaller: ({ query }) =>
      query.get('sig') === signature && query.get('sp') === '/triggers/manual/run'
        ? undefined
        : refusal(401),
    refusal,
    addPerson: () => '1',
    addItem: () => '1',
    addArticle: () => '1',
    peopleCount: () => 0,
    written: (key) =>
      cards.filter((card) => shown(card).split('\n').includes(`Ringside ${key}`)).length,
    texts: () => cards.map(shown),
    runs: () => runs,
    settings: { webhookUrl: origin + at + search },
    origins: [origin],
  };
};
