import { markOf } from '../call-text.ts';
import type { Escalation } from '../connector.ts';
import { fitted, shortened } from '../escalation-text.ts';

/** Slack's longest texts of a header and of a section (docs.slack.dev/reference/block-kit/blocks). */
const longestHeader = 150;
const longestSection = 3_000;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack's three control signs; without them there is no mention and no link (docs.slack.dev/messaging/formatting-message-text). */
const escapedForSlack = (text: string): string =>
  text.replaceAll(/[&<>]/gu, (sign) => signs[sign] ?? sign);

/** Never cut within an entity. */
const within = (text: string, longest: number): string =>
  fitted(text, escapedForSlack, ({ length }) => length, longest);

/** As plain text: stars and underscores stay what they are. */
const plain = (text: string, longest: number) =>
  ({ type: 'plain_text', text: within(text, longest), emoji: false }) as const;

/** `|` and `>` would end an address or its title. */
const linkOf = ({ title, url }: Escalation['links'][number]): string => {
  const address = url.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C');
  const words = shortened(title.replaceAll('|', ' '), 75);
  return `<${escapedForSlack(address)}|${escapedForSlack(words === '' ? url : words)}>`;
};

/** `text` is what a notification shows. */
export const messageOf = ({ subject, body, links, key }: Escalation) => {
  const title = subject.replaceAll(/\s+/gu, ' ').trim() || '—';
  return {
    text: within(title, longestSection),
    blocks: [
      { type: 'header', text: plain(title, longestHeader) },
      ...(body.trim() === '' ? [] : [{ type: 'section', text: plain(body, longestSection) }]),
      ...(links.length === 0
        ? []
        : [
            {
              type: 'section',
              text: { type: 'mrkdwn', text: links.map(linkOf).join('\n'), verbatim: true },
            },
          ]),
      { type: 'context', elements: [plain(markOf(key), longestSection)] },
    ],
  } as const;
};
