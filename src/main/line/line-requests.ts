import { verdictWeeksSchema } from '../../shared/api/line-quality.ts';
import { contactSchema, type Contact } from '../../shared/api/records.ts';
import type { lineRequests as asked } from '../../shared/ipc/line.ts';
import { failure, success } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { reasonOf } from '../log/logger.ts';

type Ports = {
  /** Asks the user where to, and writes; null: nowhere. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  /** Epoch ms. */
  readonly wallNow: () => number;
};

/** What a network's or a carrier's people ask for: when, which call, and every figure. Nothing of what was said. */
const evidenceOf = ({ card, endedAt, legs }: Contact, writtenAt: number): object => ({
  kind: 'ringside-line-evidence',
  version: 1,
  writtenAt: new Date(writtenAt).toISOString(),
  contact: {
    contactId: card.contactId,
    callKey: card.callKey,
    direction: card.direction,
    number: card.remoteNumber,
    queue: card.queue,
    startedAt: new Date(card.startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  },
  legs: legs.map(({ callId, agent, line }) => ({ callId, agent: agent.name, line: line ?? null })),
});

/** How well calls were heard, and whose fault it was. */
export const lineRequests = (
  { request }: Pick<DeskSession, 'request'>,
  { saveFile, wallNow }: Ports,
): Pick<UiHandlers, keyof typeof asked> => ({
  'line.mine': () =>
    request({ method: 'GET', path: '/line-verdicts/mine', answer: verdictWeeksSchema }),
  'line.team': ({ from, to }) =>
    request({
      method: 'GET',
      path: `/line-verdicts?from=${String(from)}&to=${String(to)}`,
      answer: verdictWeeksSchema,
    }),
  'line.export': async ({ contactId }) => {
    const path = `/contacts/${contactId}`;
    const contact = await request({ method: 'GET', path, answer: contactSchema });
    if (!contact.ok) return contact;
    const name = `ringside-line-${contactId}.json`;
    const text = `${JSON.stringify(evidenceOf(contact.value, wallNow()), null, 2)}\n`;
    try {
      return success(await saveFile(name, text));
    } catch (thrown) {
      return failure({ code: 'failed', detail: reasonOf(thrown) });
    }
  },
});
