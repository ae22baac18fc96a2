import { randomFillSync, randomInt } from 'node:crypto';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { uuidV7 } from '../../../shared/uuid-v7.ts';
import { hashPassword, tokenCost } from '../accounts/password.ts';
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
  insertTeam,
  insertTickets,
  insertVoices,
  type NewTicket,
} from './demo-repository.ts';
import { createPseudoRandom, type PseudoRandom } from './pseudo-random.ts';
import {
  seedCodes,
  seedQueues,
  seedReasons,
  seedTeams,
  seedUsers,
  type SeedUser,
} from './seed-centre.ts';
import { seedContact } from './seed-contacts.ts';
import { seedCustomers, type SeedCustomer } from './seed-customers.ts';
import { seedGuidance } from './seed-guidance.ts';
import { seedHelp } from './seed-help.ts';
import { seedJoins } from './seed-joins.ts';
import { seedQuality } from './seed-quality.ts';
import { seedSummaries } from './seed-summaries.ts';
import { seedGroups, seedParents, seedWrapUps } from './seed-wrap-up.ts';
import { saveGuidance } from '../guidance/guidance-centre.ts';
import { saveQueueRecordings } from '../recording/recording-centre.ts';
import { saveKeypads } from '../telephony/keypad-centre.ts';
import { saveSummaries } from '../summaries/summary-centre.ts';
import { saveWrapUps } from '../wrap-up/wrap-up-centre.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const historyDays = 150;

type People = readonly (SeedUser & { readonly id: string })[];

/** Easy to type, different on every installation. */
const randomPassword = (username: string): string =>
  `${username}-${String(randomInt(1_000, 10_000))}-${String(randomInt(1_000, 10_000))}`;

const seedCentre = async (transaction: Transaction, mintId: MintId): Promise<People> => {
  for (const [position, team] of seedTeams.entries()) {
    await insertTeam(transaction, team, position);
  }
  for (const [position, queue] of seedQueues.entries()) {
    await insertQueue(transaction, queue, position);
  }
  for (const [position, reason] of seedReasons.entries()) {
    await insertReason(transaction, reason, position);
  }
  for (const [position, code] of [...seedCodes, ...seedGroups].entries()) {
    await insertCode(transaction, code, position);
  }
  await saveWrapUps(transaction, seedWrapUps, seedParents);
  await saveKeypads(transaction, seedQueues);
  await saveQueueRecordings(transaction, seedQueues);
  await saveGuidance(transaction, seedGuidance);
  await saveSummaries(transaction, { summaries: seedSummaries });
  const people = await Promise.all(
    seedUsers.map(async (user) => {
      const password = randomPassword(user.username);
      return {
        ...user,
        id: mintId(),
        password,
        passwordHash: await hashPassword(password, tokenCost),
      };
    }),
  );
  for (const user of people) await insertDemoUser(transaction, user);
  return people;
};

/** A working hour some days ago. */
const momentAgo = (random: PseudoRandom, now: number, withinDays: number): number =>
  now - random.between(1, withinDays) * dayMs - random.between(0, 8) * hourMs;

type Placed = SeedCustomer & { readonly id: string };

const placeCustomer = async (
  transaction: Transaction,
  customer: Placed,
  now: number,
): Promise<void> => {
  const { name, company, email, city } = customer;
  await insertCustomer(transaction, {
    ...customer,
    since: now - customer.daysAgo * dayMs,
    searchText: searchTextOf({ name, company, email, city }),
  });
};

const ticketsOf = (
  customers: readonly Placed[],
  random: PseudoRandom,
  now: number,
  mintId: MintId,
): readonly NewTicket[] => {
  let number = 4_100;
  return customers.flatMap((customer) =>
    customer.tickets.map((ticket) => {
      number += random.between(1, 7);
      return {
        ...ticket,
        id: mintId(),
        customerId: customer.id,
        reference: `RS-${String(number)}`,
        openedAt: now - ticket.daysAgo * dayMs - random.between(0, 9) * hourMs,
      };
    }),
  );
};

const contactsOf = (
  customers: readonly Placed[],
  agents: People,
  random: PseudoRandom,
  now: number,
  mintId: MintId,
): readonly PastContact[] => {
  const journals = new Map(agents.map((agent) => [agent.id, { id: mintId(), seq: 1 }]));
  return customers.flatMap((customer) => {
    const [remoteNumber = ''] = customer.numbers;
    return Array.from({ length: random.pick([0, 1, 2, 3, 4, 6]) }, () => {
      const agent = random.pick(agents);
      const startedAt = momentAgo(random, now, historyDays);
      const contact = seedContact({
        number: remoteNumber,
        name: customer.name,
        language: customer.language,
        queues: agent.queues,
        startedAt,
        mintId: () => uuidV7(startedAt, randomFillSync(new Uint8Array(10))),
        random,
      });
      const journal = journals.get(agent.id) ?? { id: mintId(), seq: 1 };
      const firstSeq = journal.seq;
      journal.seq += contact.facts.length;
      return {
        ...contact,
        customerId: customer.id,
        agentId: agent.id,
        remoteNumber,
        remoteName: customer.name,
        journalId: journal.id,
        firstSeq,
      };
    });
  });
};

const seedAll = async (transaction: Transaction, now: number, mintId: MintId): Promise<void> => {
  const random = createPseudoRandom(20_26);
  const people = await seedCentre(transaction, mintId);
  const agents = people.filter((user) => user.queues.length > 0);
  const customers = seedCustomers(random).map((customer) => ({ ...customer, id: mintId() }));
  for (const customer of customers) await placeCustomer(transaction, customer, now);
  await insertVoices(
    transaction,
    customers.flatMap(({ id, voice }) => (voice === null ? [] : [{ customerId: id, voice }])),
  );
  await insertTickets(transaction, ticketsOf(customers, random, now, mintId));
  await insertPastContacts(transaction, contactsOf(customers, agents, random, now, mintId));
  await seedQuality(transaction, people, now, mintId);
  await seedHelp(transaction, people, mintId);
  const supervisor = people.find(({ username }) => username === 'sofia');
  if (supervisor !== undefined) await seedJoins(transaction, supervisor.id, mintId);
};

/** Makes the demo contact centre, once per database. Answers whether it did. */
export const seedDemo = (database: Database, now: Now, mintId: MintId): Promise<boolean> =>
  database.transaction(async (transaction) => {
    if (!(await claimSeed(transaction, 'contact-centre', now()))) return false;
    await seedAll(transaction, now(), mintId);
    return true;
  });
