import { createBodyCipher } from '../../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import { createSender } from '../../../src/main/journal/sender.ts';
import { seededRandom } from '../seeded-random.ts';
import { callScene } from './call-scene.ts';
import type { DeskOrder } from './spawn-desk.ts';
import { tripleShuffled } from './unruly-network.ts';

/**
 * A desk's journal and sender as a process of its own, to be killed: appends a scene from where it stands, says each
 * index once it is on the disk, and ends when the backend has everything.
 */

const order = JSON.parse(process.argv[2] ?? '') as DeskOrder;
const { agentId, seed, length, startAt } = order;
const { facts } = callScene(seededRandom(seed), length, startAt);
const dice = seededRandom(seed * 31 + order.from + order.life);

const journal = openJournal(order.path, createBodyCipher(new Uint8Array(32).fill(7)), Date.now());
if (journal.problem() !== null) throw new Error(`the journal: ${String(journal.problem())}`);

const sender = createSender({
  journal,
  agentId: () => agentId,
  send: tripleShuffled(order, dice),
  onSettled: () => undefined,
  now: Date.now,
  random: dice,
});

const isKept = (id: string): boolean =>
  journal.waitingOf(agentId, 500).some((event) => event.id === id);

for (let index = order.from; index < facts.length; index += 1) {
  const fact = facts[index];
  if (fact === undefined) break;
  const entry = { agentId, facts: [fact], drafts: [], writtenAt: fact.fact.at, offsetMs: 0 };
  const written = journal.append(entry);
  // The life before wrote it and was killed before it could say so.
  if (!written.ok && !isKept(fact.fact.id)) throw new Error(written.why);
  process.stdout.write(`${String(index)}\n`);
  sender.kick();
  if (dice() < 0.2) await new Promise((done) => setTimeout(done, dice() * 10));
}
while (journal.counts().waiting > 0) await sender.drained(500);
const { refused } = journal.counts();
journal.close();
process.stdout.write(refused === 0 ? 'done\n' : `refused ${String(refused)}\n`);
process.exit(0);
