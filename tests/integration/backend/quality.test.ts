import { beforeEach, expect, test } from 'vitest';
import type {
  ContactQuality,
  PutScorecard,
  QualityList,
  Scorecard,
} from '../../../src/shared/api/quality.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { customers, people } from '../../support/centre.ts';
import { makeTeams, recordedContact } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();

const label = (text: string) => ({ en: text, es: text, pt: text });
const form = {
  code: 'conversation',
  label: label('Conversation'),
  criteria: [
    { key: 'greeting', label: label('Greeting'), kind: 'scale' as const, maximum: 4 },
    {
      key: 'consent',
      label: label('Asked for consent'),
      kind: 'yes_no' as const,
      weight: 3,
      critical: true,
    },
  ],
  active: true,
};
const applied = (...forms: readonly object[]) => {
  const centre = readCentre(JSON.stringify({ qualityForms: forms }));
  if (!centre.ok) throw new Error(centre.why.join('\n'));
  return applyCentre(backend.database, centre.value, createMintId(Date.now));
};

beforeEach(async () => {
  await makeTeams(backend.database);
  await backend.database.query(`UPDATE users SET role = 'supervisor' WHERE username = 'admin'`);
  await applied(form);
});

const card = (part: Partial<PutScorecard> = {}): PutScorecard => ({
  agentId: people.alice.id,
  purpose: 'review',
  form: 'conversation',
  version: 1,
  answers: { greeting: { value: 2, note: 'A bit cold.' }, consent: { value: 1, note: '' } },
  remark: 'Good.',
  ...part,
});
const pathOf = (contactId: string): string => `/contacts/${contactId}/quality`;
const qualityFor = async (client: Client, contactId: string): Promise<ContactQuality> =>
  (await client.ask('GET', pathOf(contactId))).body as ContactQuality;
const listFor = async (client: Client): Promise<QualityList> =>
  (await client.ask('GET', '/quality')).body as QualityList;

test('a supervisor scores a call of the team, the agent sees it, acknowledges and replies once', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  const [alice, sofia] = [await backend.signIn('alice'), await backend.signIn('sofia')];
  expect((await listFor(sofia)).unscored.map((waiting) => waiting.contactId)).toEqual([contactId]);
  const { body } = await sofia.ask('PUT', pathOf(contactId), card());
  // (1 × 50 + 3 × 100) / 4
  expect((body as ContactQuality).cards).toMatchObject([{ percent: 87.5, purpose: 'review' }]);
  expect((await listFor(sofia)).unscored).toEqual([]);

  const seen = await qualityFor(alice, contactId);
  expect(seen).toMatchObject({
    agents: [],
    offered: [],
    cards: [{ percent: 87.5, scorer: { name: 'The sofia' }, acknowledgedAt: null }],
    forms: [{ code: 'conversation', version: 1 }],
  });
  expect((await listFor(alice)).cards).toMatchObject([{ contactId, who: 'Nora', percent: 87.5 }]);
  const path = `/quality/cards/${seen.cards[0]?.id ?? ''}/acknowledgement`;
  expect((await sofia.ask('POST', path, { reply: '' })).status).toBe(404);
  expect((await alice.ask('POST', path, { reply: '' })).status).toBe(200);
  const replied = await alice.ask('POST', path, { reply: ' She was cold first. ' });
  expect(replied.body as Scorecard).toMatchObject({ reply: 'She was cold first.' });
  expect((await alice.ask('POST', path, { reply: 'And rude.' })).status).toBe(409);

  // What was acknowledged stays as it was.
  expect((await sofia.ask('PUT', pathOf(contactId), card({ remark: 'Bad.' }))).status).toBe(409);
  const lines = await backend.database.query('SELECT action, actor FROM audit_log ORDER BY id');
  expect(lines).toEqual([
    { action: 'scorecard_put', actor: people.sofia.id },
    { action: 'scorecard_acknowledged', actor: people.alice.id },
    { action: 'scorecard_acknowledged', actor: people.alice.id },
  ]);
});

test('nobody scores the own calls or another team’s, and what was not answered is not taken', async () => {
  const { database } = backend;
  const ofBruno = await recordedContact(database, people.bruno.id);
  const ofSofia = await recordedContact(database, people.sofia.id);
  const ofAlice = await recordedContact(database, people.alice.id);
  const sofia = await backend.signIn('sofia');
  const bruno = await backend.signIn('bruno');
  const statusOf = async (contactId: string, part: Partial<PutScorecard>) =>
    (await sofia.ask('PUT', pathOf(contactId), card(part))).status;
  expect(await statusOf(ofBruno.contactId, { agentId: people.bruno.id })).toBe(404);
  expect(await statusOf(ofSofia.contactId, { agentId: people.sofia.id })).toBe(404);
  expect(await statusOf(ofAlice.contactId, { agentId: people.bruno.id })).toBe(404);
  expect((await bruno.ask('PUT', pathOf(ofBruno.contactId), card())).status).toBe(403);
  const { greeting } = card().answers;
  expect(await statusOf(ofAlice.contactId, { answers: {} })).toBe(400);
  if (greeting === undefined) throw new Error('no greeting');
  const missing = await sofia.ask(
    'PUT',
    pathOf(ofAlice.contactId),
    card({ answers: { greeting } }),
  );
  expect(missing.body).toMatchObject({ message: 'body/answers/consent missing' });
  expect(await statusOf(ofAlice.contactId, { version: 2 })).toBe(409);
  expect((await listFor(bruno)).unscored).toEqual([]);
  expect((await bruno.ask('GET', pathOf(ofAlice.contactId))).status).toBe(404);
});

test('scorers who calibrate see each other’s cards once their own is handed in; the agent none', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  await backend.database.query(`UPDATE users SET team = 'north' WHERE username = 'admin'`);
  const [sofia, other, alice] = [
    await backend.signIn('sofia'),
    await backend.signIn('admin'),
    await backend.signIn('alice'),
  ];
  await sofia.ask('PUT', pathOf(contactId), card({ purpose: 'calibration' }));
  expect(await qualityFor(other, contactId)).toMatchObject({
    cards: [],
    hidden: [{ agentId: people.alice.id, count: 1 }],
  });
  const strict = { ...card().answers, consent: { value: 0, note: '' } };
  const put = await other.ask(
    'PUT',
    pathOf(contactId),
    card({ purpose: 'calibration', answers: strict }),
  );
  expect(put.body).toMatchObject({ cards: [{ percent: 87.5 }, { percent: 0 }], hidden: [] });
  expect((await qualityFor(sofia, contactId)).cards).toHaveLength(2);
  expect(await qualityFor(alice, contactId)).toMatchObject({ cards: [], hidden: [] });
  // One review, whoever comes first; who calibrates again has one card still.
  expect((await sofia.ask('PUT', pathOf(contactId), card())).status).toBe(200);
  expect((await other.ask('PUT', pathOf(contactId), card())).status).toBe(409);
  await sofia.ask('PUT', pathOf(contactId), card({ purpose: 'calibration' }));
  expect((await qualityFor(sofia, contactId)).cards).toHaveLength(3);
});

test('a form that changes is a new version; cards keep theirs, and the file shows the newest', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  const sofia = await backend.signIn('sofia');
  await sofia.ask('PUT', pathOf(contactId), card());
  await applied(form);
  const longer = {
    ...form,
    criteria: [
      ...form.criteria,
      { key: 'ending', label: label('Ending'), kind: 'scale', maximum: 5 },
    ],
  };
  await applied(longer);
  expect((await showCentre(backend.database)).qualityForms).toEqual([longer]);
  const quality = await qualityFor(sofia, contactId);
  expect(quality.forms.map(({ version, criteria }) => [version, criteria.length])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(quality.cards).toMatchObject([{ version: 1, percent: 87.5 }]);
  // Put right on the form that it was filled in on.
  expect((await sofia.ask('PUT', pathOf(contactId), card({ remark: 'Fine.' }))).status).toBe(200);
  await applied({ ...longer, active: false });
  expect((await qualityFor(sofia, contactId)).offered).toEqual([]);
});

test('who is erased leaves the figures of a score, and none of the words about them', async () => {
  const { contactId } = await recordedContact(backend.database, people.alice.id);
  const sofia = await backend.signIn('sofia');
  await sofia.ask('PUT', pathOf(contactId), card());
  expect(await eraseRecords(backend.database, customers.nora.id, [contactId])).toMatchObject({
    ok: true,
  });
  expect((await qualityFor(sofia, contactId)).cards).toMatchObject([
    {
      percent: 87.5,
      remark: '',
      answers: { greeting: { value: 2, note: '' }, consent: { value: 1, note: '' } },
    },
  ]);
});

test('a form with a mistake is refused, and the place named', async () => {
  const [greeting] = form.criteria;
  const twice = readCentre(
    JSON.stringify({ qualityForms: [{ ...form, criteria: [greeting, greeting] }, form] }),
  );
  expect(twice).toEqual({
    ok: false,
    why: [
      'qualityForms: the code "conversation" stands there twice',
      'qualityForms: the criterion "greeting" of "conversation" stands there twice',
    ],
  });
  const lost = await applied({ ...form, queues: ['nowhere'] });
  expect(lost).toMatchObject({
    ok: false,
    why: ['qualityForms: "conversation" is for "nowhere", which is no queue'],
  });
});
