import type { Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { saveHelp } from '../help/help-centre.ts';
import { insertHand, insertMessage, saveHand } from '../help/help-repository.ts';

/** The pages that help at the demo, and a time when help was asked for. */

type Named = { readonly id: string; readonly username: string };

const secondMs = 1_000;

/** After people and past contacts are there. */
export const seedHelp = async (
  transaction: Transaction,
  people: readonly Named[],
  mintId: MintId,
): Promise<void> => {
  await saveHelp(transaction, { help: { pages: ['https://help.example.com/*'] } });
  const idOf = (name: string) => people.find(({ username }) => username === name)?.id ?? '';
  const [alice, sofia] = [idOf('alice'), idOf('sofia')];
  const [call] = await transaction.query<{
    readonly contactId: string;
    readonly callKey: string;
    readonly answeredAt: number;
  }>(
    `SELECT g.contact_id AS "contactId", k.call_key AS "callKey", g.answered_at AS "answeredAt"
     FROM legs g JOIN contacts k ON k.id = g.contact_id
     WHERE g.agent_id = $1 AND g.answered_at IS NOT NULL ORDER BY g.started_at DESC LIMIT 1`,
    [alice],
  );
  if (call === undefined) return;
  const { contactId, callKey, answeredAt } = call;
  const id = mintId();
  const after = (seconds: number): number => answeredAt + seconds * secondMs;
  await insertHand(transaction, {
    ...{ id, agentId: alice, contactId, callKey },
    raisedAt: after(20),
  });
  const lines = [
    [alice, 26, 'May I waive the delivery? The parcel came a week late.'],
    [sofia, 41, 'Yes, up to 20: https://help.example.com/delivery/goodwill'],
    [alice, 52, 'Thank you.'],
  ] as const;
  for (const [author, seconds, text] of lines) {
    const line = { id: mintId(), handId: id, author, at: after(seconds), text };
    await insertMessage(transaction, line);
  }
  await saveHand(transaction, id, {
    ...{ state: 'over', why: 'answered', at: after(55), by: alice },
    ...{ takenBy: sofia, takenAt: after(32) },
  });
};
