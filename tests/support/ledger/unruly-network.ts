import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { OutboxEvent } from '../../../src/shared/api/outbox.ts';
import type { SendFailure } from '../../../src/main/journal/sender.ts';
import { failure, success, type Result } from '../../../src/shared/result.ts';
import type { Random } from './call-scene.ts';

export type Backend = { readonly url: string; readonly token: string };

const shuffled = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  values
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

/** Pieces of random length. */
const inPieces = <Value>(
  values: readonly Value[],
  random: Random,
): readonly (readonly Value[])[] => {
  const pieces: (readonly Value[])[] = [];
  for (let start = 0; start < values.length;) {
    const end = start + 1 + Math.floor(random() * values.length);
    pieces.push(values.slice(start, end));
    start = end;
  }
  return pieces;
};

const post = async (
  { url, token }: Backend,
  events: readonly OutboxEvent[],
): Promise<EventReceipt> => {
  const response = await fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ events }),
  });
  if (response.status !== 200)
    throw new Error(`${String(response.status)} ${await response.text()}`);
  return (await response.json()) as EventReceipt;
};

/**
 * Carries each event three times, in any order and in any pieces, two of them at once now and then; and loses a receipt
 * now and then, so that all of it comes again.
 */
export const tripleShuffled =
  (backend: Backend, random: Random) =>
  async (events: readonly OutboxEvent[]): Promise<Result<EventReceipt, SendFailure>> => {
    try {
      const pieces = inPieces(shuffled([...events, ...events, ...events], random), random);
      const refused = new Map<string, string>();
      for (let next = 0; next < pieces.length;) {
        const atOnce = random() < 0.3 ? 2 : 1;
        const receipts = await Promise.all(
          pieces.slice(next, next + atOnce).map((piece) => post(backend, piece)),
        );
        for (const { id, why } of receipts.flatMap((receipt) => receipt.refused))
          refused.set(id, why);
        next += atOnce;
      }
      if (random() < 0.1) return failure({ kind: 'away', why: 'the receipt was lost' });
      return success({
        stored: events.map(({ id }) => id).filter((id) => !refused.has(id)),
        refused: [...refused].map(([id, why]) => ({ id, why })),
      });
    } catch (thrown) {
      return failure({ kind: 'away', why: String(thrown) });
    }
  };
