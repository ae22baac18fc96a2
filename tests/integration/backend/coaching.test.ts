import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Coaching, CoachingNote } from '../../../src/shared/api/coaching.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { customers, people } from '../../support/centre.ts';
import { makeTeams, recordedContact } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();
const label = (text: string) => ({ en: text, es: text, pt: text });
const form = {
  code: 'conversation',
  label: label('Conversation'),
  criteria: [{ key: 'greeting', label: label('Greeting'), kind: 'scale', maximum: 4 }],
};

beforeEach(async () => {
  await makeTeams(backend.database);
  const centre = readCentre(JSON.stringify({ qualityForms: [form] }));
  if (!centre.ok) throw new Error(centre.why.join('\n'));
  await applyCentre(backend.database, centre.value, createMintId(Date.now));
});

const notesPath = (contactId: string): string => `/contacts/${contactId}/coaching-notes`;
const write = async (who: Client, contactId: string, text: string, noteId: string = randomUUID()) =>
  who.ask('POST', notesPath(contactId), { noteId, agentId: people.alice.id, text });
const notesFor = async (who: Client, contactId: string) =>
  ((await who.ask('GET', notesPath(contactId))).body as { notes: readonly CoachingNote[] }).notes;
const pageFor = async (who: Client, agentId?: string): Promise<Coaching> =>
  (await who.ask('GET', `/coaching${agentId === undefined ? '' : `?agentId=${agentId}`}`))
    .body as Coaching;
const review = (value: number) => ({
  ...{ agentId: people.alice.id, purpose: 'review', form: 'conversation', version: 1 },
  ...{ answers: { greeting: { value, note: '' } }, remark: '' },
});

test('a note is told at once, read, answered once, and is on contact and page', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  const [alice, sofia] = [await backend.signIn('alice'), await backend.signIn('sofia')];
  expect(alice.session.desk.coaching).toEqual({ unread: 0 });
  const noteId = randomUUID();
  expect((await write(sofia, contactId, ' Say the next step first. ', noteId)).status).toBe(200);
  await alice.next('coaching', ({ coaching }) => coaching.unread === 1);
  // Sent again because the answer was lost: it is there once.
  expect((await write(sofia, contactId, 'Say the next step first.', noteId)).status).toBe(200);
  expect(await notesFor(alice, contactId)).toMatchObject([
    { id: noteId, text: 'Say the next step first.', author: { name: 'The sofia' } },
  ]);
  alice.forgetPushes();
  const path = `/coaching/notes/${noteId}/acknowledgement`;
  expect((await sofia.ask('POST', path, { reply: '' })).status).toBe(404);
  expect((await alice.ask('POST', path, { reply: '' })).status).toBe(200);
  await alice.next('coaching', ({ coaching }) => coaching.unread === 0);
  expect((await alice.ask('POST', path, { reply: 'I will.' })).body).toMatchObject({
    reply: 'I will.',
  });
  expect((await alice.ask('POST', path, { reply: 'And more.' })).status).toBe(409);
  // What was read stays.
  expect((await sofia.ask('DELETE', `/coaching/notes/${noteId}`)).status).toBe(404);
  expect((await pageFor(alice)).notes).toMatchObject([
    { id: noteId, who: 'Nora', reply: 'I will.' },
  ]);
  const lines = await backend.database.query(
    'SELECT action, actor, subject FROM audit_log ORDER BY id',
  );
  expect(lines).toMatchObject([
    { action: 'coaching_note_written', actor: people.sofia.id, subject: people.alice.id },
    { action: 'coaching_note_read' },
    { action: 'coaching_note_read', actor: people.alice.id },
  ]);
});

test('nobody coaches themselves, another team, or who had no part in the conversation', async () => {
  const { database } = backend;
  const ofAlice = await recordedContact(database, people.alice.id);
  const ofBruno = await recordedContact(database, people.bruno.id);
  const [sofia, bruno] = [await backend.signIn('sofia'), await backend.signIn('bruno')];
  const statusOf = async (contactId: string, agentId: string) =>
    (await sofia.ask('POST', notesPath(contactId), { noteId: randomUUID(), agentId, text: 'No.' }))
      .status;
  expect(await statusOf(ofBruno.contactId, people.bruno.id)).toBe(404);
  expect(await statusOf(ofBruno.contactId, people.alice.id)).toBe(404);
  expect(await statusOf(ofAlice.contactId, people.sofia.id)).toBe(404);
  expect((await write(sofia, ofAlice.contactId, '   ')).status).toBe(400);
  expect((await bruno.ask('GET', `/coaching?agentId=${people.alice.id}`)).status).toBe(404);
  expect((await sofia.ask('GET', `/coaching?agentId=${people.bruno.id}`)).status).toBe(404);
});

test('a note that nobody read can be taken back by whoever wrote it', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  const [alice, sofia] = [await backend.signIn('alice'), await backend.signIn('sofia')];
  const admin = await backend.signIn('admin');
  const noteId = randomUUID();
  await write(sofia, contactId, 'Wrong call.', noteId);
  expect((await admin.ask('DELETE', `/coaching/notes/${noteId}`)).status).toBe(404);
  expect((await sofia.ask('DELETE', `/coaching/notes/${noteId}`)).status).toBe(204);
  await alice.next('coaching', ({ coaching }) => coaching.unread === 0);
  expect(await notesFor(alice, contactId)).toEqual([]);
});

test('the page has the weeks and each question beside the time before; a review is told by push', async () => {
  const { database } = backend;
  const [alice, sofia] = [await backend.signIn('alice'), await backend.signIn('sofia')];
  for (const value of [1, 4]) {
    const { contactId } = await recordedContact(database, people.alice.id);
    await sofia.ask('PUT', `/contacts/${contactId}/quality`, review(value));
  }
  await alice.next('coaching', ({ coaching }) => coaching.unread === 2);
  const monthMs = 28 * 86_400_000;
  await database.query('UPDATE scorecards SET scored_at = scored_at - $1 WHERE percent = 25', [
    monthMs + 3_600_000,
  ]);
  const page = await pageFor(alice);
  expect(page).toMatchObject({
    agent: { name: 'The alice' },
    agents: [],
    criteria: [{ key: 'greeting', percent: 100, before: 25 }],
    cards: [{ percent: 100 }, { percent: 25 }],
  });
  expect(page.weeks).toHaveLength(12);
  expect(page.weeks.at(-1)).toMatchObject({ reviews: 1, percent: 100 });
  expect(page.weeks.flatMap(({ percent }) => percent ?? [])).toEqual([25, 100]);

  expect(await pageFor(sofia)).toMatchObject({
    agent: null,
    agents: [{ name: 'The alice', reviews: 1, percent: 100, unread: 2 }],
  });
  expect((await pageFor(sofia, people.alice.id)).cards).toHaveLength(2);
});

test('with a customer who is erased goes what was written about the conversation', async () => {
  const { database } = backend;
  const { contactId } = await recordedContact(database, people.alice.id);
  const sofia = await backend.signIn('sofia');
  await write(sofia, contactId, 'Nora was right about her invoice.');
  expect(await eraseRecords(database, customers.nora.id, [contactId])).toMatchObject({
    ok: true,
    value: { coaching: 1 },
  });
  expect(await notesFor(sofia, contactId)).toEqual([]);
});
