import { createHash } from 'node:crypto';
import type { SummaryText } from './summary-text.ts';

/** How mail goes out, as the settings say. */
export type MailConfig = {
  /** `smtps://user:secret@mail.example:465`; never logged. */
  readonly url: string;
  readonly from: string;
};

export type Letter = SummaryText & {
  readonly to: readonly string[];
  /** The same for the same summary: a letter that is sent again is known as the same. */
  readonly id: string;
};

export type Sent = {
  /** Those who have it now. */
  readonly taken: readonly string[];
  /** Why somebody has not; null: everybody has. */
  readonly problem: string | null;
};

export type Mailer = (letter: Letter) => Promise<Sent>;

const isThisMachine = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(url)?.hostname ?? '');

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? ` ${String(value)}` : '';

/** What the mail server said, without what it was told: its answers can repeat a name or a secret. */
const problemOf = (thrown: unknown): string => {
  const { code, responseCode } =
    typeof thrown === 'object' && thrown !== null
      ? (thrown as { readonly code?: unknown; readonly responseCode?: unknown })
      : {};
  return `the mail server did not take it:${textOf(code)}${textOf(responseCode)}`;
};

const messageIdOf = (id: string, address: string): string =>
  `<${createHash('sha256').update(`${id} ${address}`).digest('hex').slice(0, 32)}@ringside>`;

/** Each recipient alone: nobody reads who else gets it, and a wrong address keeps nothing from the others. */
export const createMailer =
  ({ url, from }: MailConfig): Mailer =>
  async ({ to, subject, text, html, id }) => {
    const { createTransport } = await import('nodemailer');
    // A secret goes through no network in clear.
    const transport = createTransport({ url, requireTLS: !isThisMachine(url) });
    try {
      const sent = await Promise.allSettled(
        to.map((address) =>
          transport.sendMail({
            ...{ from, to: address, subject, text, html },
            messageId: messageIdOf(id, address),
          }),
        ),
      );
      const failed = sent.find((each) => each.status === 'rejected');
      return {
        taken: to.filter((_, index) => sent[index]?.status === 'fulfilled'),
        problem: failed === undefined ? null : problemOf(failed.reason),
      };
    } finally {
      transport.close();
    }
  };
