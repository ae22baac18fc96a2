import { randomInt } from 'node:crypto';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { uuidV7 } from '../../../shared/uuid-v7.ts';
import { hashPassword } from '../accounts/password.ts';
import { insertCustomer } from '../directory/customer-repository.ts';
import { searchTextOf } from '../directory/search-text.ts';
import {
  claimSeed,
  insertCode,
  insertDemoUser,
  insertPastContacts,
  type PastContact,
  insertQueue,
  insertReason,
  insertTicket,
  insertVoice,
} from './demo-repository.ts';
import { createPseudoRandom, type PseudoRandom } from './pseudo-random.ts';
import { seedCodes, seedQueues, seedReasons, seedUsers, type SeedUser } from './seed-centre.ts';
import { seedContact } from './seed-contacts.ts';
import { seedCustomers, type SeedCustomer } from './seed-customers.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const historyDays = 150;

type People = readonly (SeedUser & { readonly id: string })[];

/** Easy to type, different on every installation. */
const randomPassword = (username: string): string =>
  `${username}-${String(randomInt(1_000, 10_000))}-${String(randomInt(1_000, 10_000))}`;

const seedCentre = async (transaction: Transaction, mintId: MintId): Promise<People> => {
  for (const [position, queue] of seedQueues.entries()) {
    await insertQueue(transaction, queue, position);
  }
  for (const [position, reason] of seedReasons.entries()) {
    await insertReason(transaction, reason, position);
  }
  for (const [position, code] of seedCodes.entries()) await insertCode(transaction, code, position);
  const people = await Promise.all(
    seedUsers.map(async (user) => {
      const password = randomPassword(user.username);
      return { ...user, id: mintId(), password, passwordHash: await hashPassword(password) };
    }),
  );
  for (const user of people) await insertDemoUser(transaction, user);
  return people;
};

/** A working hour some days ago. */
const momentAgo = (random: PseudoRandom, now: number, withinDays: number): number =>
  now - random.between(1, withinDays) * dayMs - random.between(0, 8) * hourMs;

const seedCustomer = async (
  transaction: Transaction,
  customer: SeedCustomer,
  customerId: string,
  now: number,
): Promise<void> => {
  const { name, company, email, city } = customer;
  await insertCustomer(transaction, {
    ...customer,
    id: customerId,
    since: now - customer.daysAgo * dayMs,
    searchText: searchTextOf({ name, company, email, city }),
  });
  if (customer.voice !== null) await insertVoice(transaction, customerId, customer.voice);
};

const seedAll = async (transaction: Transaction, now: number, mintId: MintId): Promise<void> => {
  const random = createPseudoRandom(20_26);
  const people = await seedCentre(transaction, mintId);
  const agents = people.filter((user) => user.queues.length > 0);
  const seqs = new Map<string, number>();
  const journals = new Map(agents.map((agent) => [agent.id, mintId()]));
  const past: PastContact[] = [];
  let tickets = 4_100;
  for (const customer of seedCustomers(random)) {
    const customerId = mintId();
    await seedCustomer(transaction, customer, customerId, now);
    for (const ticket of customer.tickets) {
      tickets += random.between(1, 7);
      await insertTicket(transaction, {
        ...ticket,
        id: mintId(),
        customerId,
        reference: `RS-${String(tickets)}`,
        openedAt: now - ticket.daysAgo * dayMs - random.between(0, 9) * hourMs,
      });
    }
    const [number = ''] = customer.numbers;
    for (let count = random.pick([0, 1, 2, 3, 4, 6]); count > 0; count -= 1) {
      const agent = random.pick(agents);
      const startedAt = momentAgo(random, now, historyDays);
      const contact = seedContact({
        number,
        name: customer.name,
        language: customer.language,
        queues: agent.queues,
        startedAt,
        mintId: () =>
          uuidV7(
            startedAt,
            Uint8Array.from({ length: 10 }, () => random.between(0, 255)),
          ),
        random,
      });
      const firstSeq = seqs.get(agent.id) ?? 1;
      seqs.set(agent.id, firstSeq + contact.facts.length);
      past.push({
        ...contact,
        customerId,
        agentId: agent.id,
        remoteNumber: number,
        remoteName: customer.name,
        journalId: journals.get(agent.id) ?? mintId(),
        firstSeq,
      });
    }
  }
  await insertPastContacts(transaction, past);
};

/** Makes the demo contact centre, once per database. Answers whether it did. */
export const seedDemo = (database: Database, now: Now, mintId: MintId): Promise<boolean> =>
  database.transaction(async (transaction) => {
    if (!(await claimSeed(transaction, 'contact-centre', now()))) return false;
    await seedAll(transaction, now(), mintId);
    return true;
  });
