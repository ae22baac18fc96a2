import type { Escalation } from '../connector.ts';
import { markOf } from '../call-text.ts';
import { fitted } from '../escalation-text.ts';

/** Atlassian Document Format: text is a node of its own, so nothing that people type is markup. */

type TextNode = {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: readonly { readonly type: 'link'; readonly attrs: { readonly href: string } }[];
};
type InlineNode = TextNode | { readonly type: 'hardBreak' };
type Paragraph = { readonly type: 'paragraph'; readonly content: readonly InlineNode[] };
export type AtlassianDocument = {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly Paragraph[];
};

/** Jira's longest text, 32,767; counted with the document's own marks, which is never too little. */
const longest = 32_000;

/** A text node is never empty: Jira refuses the document. */
const lineNodes = (line: string): readonly InlineNode[] =>
  line === '' ? [] : [{ type: 'text', text: line }];

const paragraphOf = (text: string): Paragraph => ({
  type: 'paragraph',
  content: text
    .split('\n')
    .flatMap((line, index): readonly InlineNode[] =>
      index === 0 ? lineNodes(line) : [{ type: 'hardBreak' }, ...lineNodes(line)],
    ),
});

const linkParagraph = (link: { readonly title: string; readonly url: string }): Paragraph => ({
  type: 'paragraph',
  content: [
    {
      type: 'text',
      text: link.title === '' ? link.url : link.title,
      marks: [{ type: 'link', attrs: { href: link.url } }],
    },
  ],
});

export const documentOf = ({ body, links, key }: Escalation): AtlassianDocument =>
  fitted(
    body,
    (kept): AtlassianDocument => ({
      type: 'doc',
      version: 1,
      content: [
        ...kept.split(/\n{2,}/u).map(paragraphOf),
        ...links.map(linkParagraph),
        paragraphOf(markOf(key)),
      ],
    }),
    (document) => JSON.stringify(document).length,
    longest,
  );
