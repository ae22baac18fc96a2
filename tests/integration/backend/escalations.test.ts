import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConnectionView } from '../../../src/shared/api/connections.ts';
import type { DeedView } from '../../../src/shared/api/deeds.ts';
import { slackWebhookFake } from '../../../src/backend/connectors/slack/slack.fake.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { connectVendor } from '../../support/connectors/connected.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';
import { addCalls } from '../../support/deeds/outbox-bed.ts';

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor(slackWebhookFake());
});
afterEach(async () => {
  expect(vendor.violations).toEqual([]);
  await vendor.stop();
});
const publicUrl = 'https://ringside.example';
const bed = backendForEachTest(() => ({ config: { vendorOrigins: vendor.origins, publicUrl } }));

let alice: Client;
let connection: ConnectionView;
let contactId: string;
beforeEach(async () => {
  alice = await bed.signIn('alice');
  const slack = { connector: 'slack', name: 'Second line', settings: vendor.model.settings };
  connection = await connectVendor(await bed.signIn('admin'), vendor, slack);
  const [call] = await addCalls(bed.database, 1, Date.now());
  contactId = call?.contactId ?? '';
});

const escalate = async (): Promise<DeedView> => {
  const words = { subject: 'Outage', body: 'Since nine' };
  const given = { key: randomUUID(), connectionId: connection.id, ...words };
  const { status, body } = await alice.ask('POST', `/contacts/${contactId}/escalations`, given);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as DeedView;
};
const current = async (deedId: string): Promise<DeedView | undefined> => {
  const { body } = await alice.ask('GET', `/contacts/${contactId}/deeds`);
  return (body as { deeds: DeedView[] }).deeds.find(({ id }) => id === deedId);
};
const posts = () => vendor.asked.filter(({ body }) => JSON.stringify(body).includes('Outage'));

it('is posted, and has no page to lead to', async () => {
  const deed = await escalate();
  expect(deed).toMatchObject({ state: 'done', kind: 'escalation', url: null });
  expect(vendor.model.written(deed.id)).toBe(1);
  const url = `${publicUrl}/api/v1/contacts/${contactId}/open`;
  expect(JSON.stringify(posts())).toContain(url);
  const draft = await alice.ask('GET', `/contacts/${contactId}/escalation-draft?language=en`);
  expect(draft.body).toMatchObject({ links: [{ title: 'Ringside', url }] });
});

it('is posted anew only by somebody who looked whether it arrived', async () => {
  vendor.spoil('cut_off_after');
  const deed = await escalate();
  expect(deed).toMatchObject({ state: 'waiting', why: 'unavailable' });
  await until(async () => (await current(deed.id))?.state === 'dead');
  expect(await current(deed.id)).toMatchObject({ why: 'in_doubt', mayRetry: true });
  expect(posts()).toHaveLength(1);
  const again = await alice.ask('POST', `/deeds/${deed.id}/retry`);
  expect(again.status).toBe(200);
  await until(async () => (await current(deed.id))?.state === 'done');
  expect(posts()).toHaveLength(2);
});

it('leads whoever follows its link into the program, and tells them nothing', async () => {
  const open = (id: string, language = '') =>
    fetch(`${bed.url}/contacts/${id}/open`, { headers: { 'accept-language': language } });
  const answer = await open(contactId.toUpperCase());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await answer.text();
  expect(page).toContain(`<a href="ringside://contact/${contactId}">Open the contact`);
  const none = randomUUID();
  expect(await (await open(none)).text()).toBe(page.replace(contactId, none));
  for (const [language, words] of [
    ['de, es-MX;q=0.8, en;q=0.5', 'Abrir el contacto'],
    ['en;q=0, pt-BR', 'Abrir o contato'],
    ['x'.repeat(500), 'Open the contact'],
  ] as const) {
    expect(await (await open(contactId, language)).text()).toContain(words);
  }
  expect((await open('1')).status).toBe(400);
  expect((await open(`${contactId}"><script>`)).status).toBe(400);
});
