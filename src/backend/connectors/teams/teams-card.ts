import { markOf } from '../call-text.ts';
import type { Escalation } from '../connector.ts';
import { fitted, shortened } from '../escalation-text.ts';

/** Teams refuses messages of more than 28 KB; some is left for what the flow puts around them. */
const largestBytes = 27_000;
/** Teams shows no more actions of a card than this. */
const mostActions = 6;

/** Text that is no Markdown, unlike a TextBlock's (adaptivecards.io/explorer/TextRun.html). */
const textOf = (text: string, style: Readonly<Record<string, string>> = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...style }],
});

/** Version 1.4 is the newest that flows post. */
const cardOf = ({ subject, links, key }: Escalation, body: string) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.4',
  fallbackText: subject,
  body: [
    textOf(subject, { size: 'Medium', weight: 'Bolder' }),
    ...body.split('\n').flatMap((line) => (line.trim() === '' ? [] : [textOf(line)])),
    // Beyond what actions there may be, addresses stand in the text.
    ...links.slice(mostActions).map(({ title, url }) => textOf(`${title}: ${url}`)),
    textOf(markOf(key), { size: 'Small', color: 'Default' }),
  ],
  actions: links.slice(0, mostActions).map(({ title, url }) => ({
    type: 'Action.OpenUrl',
    title: shortened(title === '' ? url : title, 80),
    url,
  })),
});

const messageWith = (attachments: readonly unknown[]) => ({ type: 'message', attachments });

/** The flow posts a card for each attachment: it runs, and posts none. */
export const emptyMessage = messageWith([]);

export const messageOf = (given: Escalation) => {
  const subject = shortened(given.subject.replaceAll(/\s+/gu, ' ').trim() || '—', 300);
  return fitted(
    given.body,
    (kept) =>
      messageWith([
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: cardOf({ ...given, subject }, kept),
        },
      ]),
    (message) => Buffer.byteLength(JSON.stringify(message)),
    largestBytes,
  );
};
