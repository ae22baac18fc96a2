import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConnectionView } from '../../../src/shared/api/connections.ts';
import type { ConnectedSystem } from '../../../src/shared/api/elsewhere.ts';
import { jiraServiceManagementFake } from '../../../src/backend/connectors/jira-service-management/jira-service-management.fake.ts';
import { trelloFake } from '../../../src/backend/connectors/trello/trello.fake.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { customers, people } from '../../support/centre.ts';
import { connectVendor } from '../../support/connectors/connected.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';
import { addCalls } from '../../support/deeds/outbox-bed.ts';

const number = '+13035550177';
const email = 'ana@pires.example';
const ana = { name: 'Ana Pires', phones: [number], email };

let helpDesk: FakeVendor;
let board: FakeVendor;
let serviceDesk: ReturnType<typeof jiraServiceManagementFake>;
let vendors: readonly FakeVendor[];
beforeEach(async () => {
  serviceDesk = jiraServiceManagementFake({ customers: [{ accountId: 'qm:1', email }] });
  helpDesk = await startFakeVendor(zendeskFake());
  board = await startFakeVendor(trelloFake());
  vendors = [helpDesk, board, await startFakeVendor(serviceDesk)];
});
afterEach(async () => {
  for (const vendor of vendors) {
    expect(vendor.violations).toEqual([]);
    await vendor.stop();
  }
});
const bed = backendForEachTest(() => ({
  config: { vendorOrigins: new Map(vendors.flatMap(({ origins }) => [...origins])) },
}));

let alice: Client;
let desk: ConnectionView;
let cards: ConnectionView;
let known: ConnectionView;
beforeEach(async () => {
  const admin = await bed.signIn('admin');
  alice = await bed.signIn('alice');
  known = await connectVendor(admin, helpDesk);
  const connected = async (
    connector: string,
    { settings }: typeof serviceDesk | FakeVendor['model'],
  ) => connectVendor(admin, helpDesk, { connector, name: connector, settings });
  desk = await connected('jira-service-management', serviceDesk);
  cards = await connected('trello', board.model);
});

const escalate = async (
  contactId: string,
  { id: connectionId }: ConnectionView = desk,
  key: string = randomUUID(),
): Promise<void> => {
  const body = { key, connectionId, subject: 'Router', body: 'It was restarted.' };
  const answer = await alice.ask('POST', `/contacts/${contactId}/escalations`, body);
  expect(answer).toMatchObject({ status: 200, body: { state: 'done' } });
};

/** A contact of the past, from a number. */
const pastContact = async (remoteNumber = number): Promise<string> => {
  const [call] = await addCalls(bed.database, 1, Date.now() - 86_400_000, { number: remoteNumber });
  return call?.contactId ?? '';
};

const keepPerson = (contactId: string, personId: string): Promise<unknown> =>
  bed.database.query(
    `INSERT INTO contact_people (contact_id, connection_id, person_type, person_id, url, how, at)
     VALUES ($1, $2, 'user', $3, 'https://acme.zendesk.com', 'exact', 0)`,
    [contactId, known.id, personId],
  );

it('an escalation in a call is asked for in the name of the caller whom another system knows', async () => {
  helpDesk.model.addPerson(ana);
  const callKey = randomUUID();
  const leg = { callKey, extension: people.alice.extension, at: Date.now() };
  const from = { remoteNumber: number, remoteName: '' };
  bed.pbx.report({ kind: 'leg_offered', ...leg, queue: 'support', ...from });
  const { card } = await alice.next('card', (push) => push.card.callKey === callKey);
  await bed.backend.idle();
  const asked = helpDesk.asked.length;
  const key = randomUUID();
  await escalate(card.contactId, desk, key);
  // What is known of the caller by then makes nothing else of it.
  await bed.database.query('DELETE FROM contact_people');
  await escalate(card.contactId, desk, key);
  expect(serviceDesk.onBehalfOf()).toEqual(['qm:1']);
  expect(helpDesk.asked).toHaveLength(asked);
});

it('one after the call asks once more who it was', async () => {
  const contactId = await pastContact();
  helpDesk.model.addPerson({ ...ana, email: 'other@pires.example' });
  await keepPerson(contactId, helpDesk.model.addPerson(ana));
  await escalate(contactId);
  expect(serviceDesk.onBehalfOf()).toEqual(['qm:1']);
});

it('whoever only has the same number is nobody, and the own record counts where no other system knows more', async () => {
  helpDesk.model.addPerson(ana);
  const contactId = await pastContact();
  await escalate(contactId);
  const { nora } = customers;
  await bed.database.query('UPDATE contacts SET customer_id = $1', [nora.id]);
  await escalate(contactId);
  await bed.database.query('UPDATE customers SET email = $1 WHERE id = $2', [email, nora.id]);
  await escalate(contactId);
  expect(serviceDesk.onBehalfOf()).toEqual([null, null, 'qm:1']);
});

it('no system gets an address for which it has no use, and each says whether it has one', async () => {
  const contactId = await pastContact();
  await keepPerson(contactId, helpDesk.model.addPerson(ana));
  await escalate(contactId, cards);
  expect(await bed.database.query('SELECT body FROM deeds')).not.toEqual([]);
  expect(await bed.database.query("SELECT body FROM deeds WHERE body ? 'customerEmail'")).toEqual(
    [],
  );
  const { body } = await alice.ask('GET', '/elsewhere/systems');
  const { systems } = body as { readonly systems: readonly ConnectedSystem[] };
  expect(systems.filter((each) => each.escalatesForCustomer).map(({ name }) => name)).toEqual([
    'jira-service-management',
  ]);
});
