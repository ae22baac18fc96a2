import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import {
  saveSurveys,
  type QueueSurvey,
} from '../../../src/backend/modules/surveys/survey-centre.ts';
import { surveySignature } from '../../../src/backend/modules/surveys/survey-signature.ts';
import type { PbxEvent } from '../../../src/backend/pbx/pbx.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { Report } from '../../../src/shared/api/reports.ts';
import {
  startBackend,
  testConfig,
  until,
  type Client,
  type TestBackend,
} from '../../support/backend.ts';
import { customers, makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

const keypad: QueueSurvey = { way: 'keypad', kind: 'csat', resolved: true, minimumSeconds: 5 };
const link: QueueSurvey = {
  ...{ way: 'link', kind: 'nps' },
  template: 'https://survey.example/s/{contact}?q={queue}&a={agent}&l={language}',
};
const jose = { remoteNumber: '+34600000123', remoteName: '' };

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;

beforeAll(async () => {
  server = await startDatabaseServer(async (made) => {
    await makeCentre(made);
    await made.query(`UPDATE customers SET language = 'es' WHERE id = $1`, [customers.jose.id]);
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  await survey(keypad);
  backend = await startBackend(database);
  alice = await backend.signIn('alice');
});
afterEach(() => backend.stop());

const survey = (given: QueueSurvey): Promise<void> =>
  database.transaction((transaction) =>
    saveSurveys(transaction, [{ name: 'support', survey: given }]),
  );

const report = (event: PbxEvent): void => backend.pbx.report(event);

/** A customer of support's whom alice answered; `talkedMs` ago. */
const talks = async (caller = jose, talkedMs = 60_000, callKey = randomUUID()) => {
  const at = Date.now() - talkedMs;
  const call = { at, callKey, queue: 'support', ...caller };
  report({ kind: 'queue_entered', ...call });
  report({ kind: 'leg_offered', extension: '1001', ...call });
  report({ kind: 'leg_answered', at, callKey, extension: '1001' });
  await backend.backend.idle();
  return callKey;
};

const agentEnds = async (callKey: string) => {
  const at = Date.now();
  report({ kind: 'leg_ended', at, callKey, extension: '1001', answered: true, cause: 16 });
  report({ kind: 'survey_wanted', at: at + 20, callKey, queue: 'support' });
  await until(() => backend.pbx.surveys.has(callKey));
  await backend.backend.idle();
  return backend.pbx.surveys.get(callKey) ?? null;
};

const presses = async (callKey: string, question: 'csat' | 'nps' | 'resolved', keys: string) => {
  report({ kind: 'survey_answered', at: Date.now(), callKey, question, keys });
  await backend.backend.idle();
};

const hangsUp = async (callKey: string): Promise<void> => {
  report({ kind: 'call_ended', at: Date.now(), callKey });
  await backend.backend.idle();
};

const answers = () =>
  database.query<Record<string, unknown>>(
    `SELECT queue, agent_id AS "agentId", way, kind, why, language, wording_version AS version, score, resolved
     FROM survey_answers ORDER BY asked_at`,
  );

const contactIdOf = async (callKey: string): Promise<string> => {
  const [row] = await database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  return row?.id ?? '';
};

test('the PBX is told which queues ask, and anew when it comes back', async () => {
  await backend.backend.idle();
  expect([...backend.pbx.surveyQueues]).toEqual(['support']);
  await survey(link);
  backend.pbx.comeBack();
  await backend.backend.idle();
  expect([...backend.pbx.surveyQueues]).toEqual([]);
});

test('a customer is asked in the own language after the agent ended the call, and each answer is kept once', async () => {
  const callKey = await talks();
  expect(await agentEnds(callKey)).toEqual({ kind: 'csat', language: 'es', asksResolved: true });
  await presses(callKey, 'csat', '4');
  await presses(callKey, 'csat', '1');
  await presses(callKey, 'resolved', '0');
  await presses(callKey, 'resolved', '1');
  await hangsUp(callKey);
  expect(await answers()).toEqual([
    {
      ...{ queue: 'support', agentId: people.alice.id, way: 'keypad', kind: 'csat', why: 'share' },
      ...{ language: 'es', version: 'survey-1', score: 4, resolved: false },
    },
  ]);
  const { body } = await alice.ask('GET', `/contacts/${await contactIdOf(callKey)}`);
  expect((body as Contact).survey).toMatchObject({
    ...{ way: 'keypad', kind: 'csat', outcome: 'complete', score: 4, resolved: false },
  });
});

test('a survey changes neither the leg nor the end of the contact', async () => {
  const asked = await talks();
  const endedAt = Date.now();
  await agentEnds(asked);
  await presses(asked, 'csat', '5');
  const [row] = await database.query<{ readonly endedAt: number; readonly ended: number }>(
    `SELECT k.ended_at AS "endedAt", c.pbx_ended_at AS ended FROM contacts k
     JOIN agent_calls c ON c.call_key = k.call_key WHERE k.call_key = $1`,
    [asked],
  );
  expect(row?.endedAt).toBeGreaterThanOrEqual(endedAt);
  expect((row?.endedAt ?? 0) - endedAt).toBeLessThan(1_000);
  const ended = row?.endedAt;
  await hangsUp(asked);
  const [later] = await database.query<{ readonly endedAt: number }>(
    'SELECT ended_at AS "endedAt" FROM contacts WHERE call_key = $1',
    [asked],
  );
  expect(later?.endedAt).toBe(ended);
});

test('who was asked lately is not asked again, by record or by number; nor after a short call or an agent’s no', async () => {
  const first = await talks();
  expect(await agentEnds(first)).not.toBeNull();
  await hangsUp(first);
  const again = await talks();
  expect(await agentEnds(again)).toBeNull();
  await hangsUp(again);
  const stranger = { remoteNumber: '+13035559999', remoteName: '' };
  const short = await talks(stranger, 1_000);
  expect(await agentEnds(short)).toBeNull();
  await hangsUp(short);
  const declined = await talks(stranger);
  expect(
    await alice.ask('PUT', '/surveys/offers', { callKey: declined, offered: false }),
  ).toMatchObject({ status: 200, body: { offered: false, rests: false } });
  expect(await agentEnds(declined)).toBeNull();
  await hangsUp(declined);
  const last = await talks(stranger);
  expect(await agentEnds(last)).toMatchObject({ language: 'en' });
  await hangsUp(last);
  const bySameNumber = await talks(stranger);
  expect(await agentEnds(bySameNumber)).toBeNull();
});

test('with a share of nothing only whom the agent offers it is asked, never beyond the rest', async () => {
  await survey({ ...keypad, sharePercent: 0 });
  const drawn = await talks();
  expect(await agentEnds(drawn)).toBeNull();
  await hangsUp(drawn);
  const offered = await talks();
  const offer = { callKey: offered, offered: true };
  expect(await alice.ask('PUT', '/surveys/offers', offer)).toMatchObject({
    body: { callKey: offered, offered: true, rests: false },
  });
  const bruno = await backend.signIn('bruno');
  expect((await bruno.ask('PUT', '/surveys/offers', offer)).status).toBe(404);
  expect(await agentEnds(offered)).toMatchObject({ kind: 'csat' });
  await hangsUp(offered);
  expect((await alice.ask('PUT', '/surveys/offers', offer)).status).toBe(409);
  expect(await answers()).toMatchObject([{ why: 'agent' }]);
  const rests = await talks();
  expect(
    await alice.ask('PUT', '/surveys/offers', { callKey: rests, offered: true }),
  ).toMatchObject({ body: { rests: true } });
  expect(await agentEnds(rests)).toBeNull();
});

test('a customer who went on to somebody outside is not asked, and of whoever is gone already nothing is kept', async () => {
  const callKey = await talks();
  const at = Date.now();
  report({
    kind: 'leg_ended',
    at: at - 10_000,
    callKey,
    extension: '1001',
    answered: true,
    cause: 16,
  });
  report({ kind: 'survey_wanted', at, callKey, queue: 'support' });
  await until(() => backend.pbx.surveys.has(callKey));
  expect(backend.pbx.surveys.get(callKey)).toBeNull();
  await hangsUp(callKey);
  const gone = await talks();
  backend.pbx.goAway('it was cut off');
  report({ kind: 'survey_wanted', at: Date.now(), callKey: gone, queue: 'support' });
  await backend.backend.idle();
  expect(await answers()).toEqual([]);
});

test('the link of a call holds what the template names, and the same page answers once', async () => {
  await survey(link);
  const callKey = await talks();
  const contactId = await contactIdOf(callKey);
  const url = `https://survey.example/s/${contactId}?q=support&a=alice&l=es`;
  expect(await alice.ask('POST', '/surveys/links', { callKey })).toMatchObject({
    ...{ status: 200, body: { url } },
  });
  expect(await alice.ask('POST', '/surveys/links', { callKey })).toMatchObject({ body: { url } });
  const bruno = await backend.signIn('bruno');
  expect((await bruno.ask('POST', '/surveys/links', { callKey })).status).toBe(404);

  const key = testConfig.surveyKey ?? Buffer.alloc(0);
  const tell = async (given: object | string, change: { at?: number; key?: Buffer } = {}) => {
    const body = typeof given === 'string' ? given : JSON.stringify(given);
    const timestamp = String(Math.floor((change.at ?? Date.now()) / 1_000));
    const answer = await fetch(`${backend.url}/surveys/answers`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ringside-timestamp': timestamp,
        'x-ringside-signature': surveySignature(change.key ?? key, timestamp, Buffer.from(body)),
      },
      body,
    });
    return [answer.status, answer.status === 204 ? '' : await answer.text()] as const;
  };
  expect(await tell({ contactId, score: 9 }, { key: Buffer.alloc(32, 9) })).toMatchObject([
    403,
    expect.stringContaining('signature does not fit'),
  ]);
  expect(await tell({ contactId, score: 9 }, { at: Date.now() - 400_000 })).toMatchObject([
    403,
    expect.stringContaining('not of now'),
  ]);
  expect(await tell({ contactId, score: 11 })).toMatchObject([400, expect.anything()]);
  expect(await tell({ contactId })).toMatchObject([400, expect.stringContaining('neither')]);
  expect(await tell('{')).toMatchObject([400, expect.stringContaining('no JSON')]);
  expect(await tell({ contactId: randomUUID(), score: 9 })).toMatchObject([404, expect.anything()]);
  expect(await tell({ contactId, score: 9, resolved: true })).toEqual([204, '']);
  expect(await tell({ contactId, score: 1 })).toMatchObject([
    409,
    expect.stringContaining('answered already'),
  ]);
  expect(await answers()).toMatchObject([
    { way: 'link', kind: 'nps', why: 'agent', score: 9, resolved: true, language: 'es' },
  ]);
});

test('answers are figures of agent, queue and total, and lead to their contacts', async () => {
  await survey({ ...keypad, restDays: 0 });
  for (const score of ['5', '4', '2', '']) {
    const callKey = await talks();
    await agentEnds(callKey);
    if (score !== '') await presses(callKey, 'csat', score);
    if (score === '5') await presses(callKey, 'resolved', '1');
    await hangsUp(callKey);
  }
  const sofia = await backend.signIn('admin');
  const day = new Date().toISOString().slice(0, 10);
  const next = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const expected = {
    ...{ surveysAsked: 4, surveysAnswered: 3, surveyRate: 0.75, csatAnswers: 3, csat: 3.67 },
    ...{ csatHighShare: 2 / 3, nps: null, npsAnswers: 0, resolvedAnswers: 1, resolvedShare: 1 },
  };
  const read = async (by: string) => {
    const answer = await sofia.ask('GET', `/reports?from=${day}&to=${next}&interval=day&by=${by}`);
    return (answer.body as Report).lines;
  };
  for (const [by, key] of [
    ['total', ''],
    ['agent', people.alice.id],
    ['queue', 'support'],
  ] as const) {
    const line = (await read(by)).find((each) => each.key === key);
    expect(line?.figures).toMatchObject(expected);
  }
  await database.query('SELECT report_rebuild()');
  expect((await read('total'))[0]?.figures).toMatchObject(expected);
  const from = String(Date.parse(day));
  const to = String(Date.parse(next));
  const query = `figure=csatHighShare&by=queue&key=support&view=ringside&from=${from}&to=${to}`;
  expect((await sofia.ask('GET', `/reports/contacts?${query}`)).body).toMatchObject({
    contacts: [{ survey: { kind: 'csat', score: 2, resolved: null } }],
  });
  const all = query.replace('csatHighShare', 'csat');
  const { body } = await sofia.ask('GET', `/reports/contacts?${all}&limit=2`);
  const page = body as {
    readonly contacts: readonly { survey: { score: number } }[];
    next: string;
  };
  expect(page.contacts.map((each) => each.survey.score)).toEqual([2, 4]);
  expect(
    (await sofia.ask('GET', `/reports/contacts?${all}&after=${page.next}`)).body,
  ).toMatchObject({
    contacts: [{ survey: { score: 5 } }],
  });
});

test('the access report names the answer, and an erased customer leaves the figure alone', async () => {
  const callKey = await talks();
  await agentEnds(callKey);
  await presses(callKey, 'csat', '3');
  await hangsUp(callKey);
  const contactId = await contactIdOf(callKey);
  const data = await readPersonalData(database, customers.jose.id, [contactId]);
  expect(data?.contacts).toMatchObject([{ survey: { kind: 'csat', score: 3, resolved: null } }]);
  await database.query('UPDATE legs SET wrapped_up_at = ended_at WHERE contact_id = $1', [
    contactId,
  ]);
  expect(await eraseRecords(database, customers.jose.id, [contactId])).toMatchObject({ ok: true });
  expect(await answers()).toMatchObject([{ score: 3, agentId: people.alice.id }]);
  const [left] = await database.query<{ readonly customerId: string | null }>(
    'SELECT customer_id AS "customerId" FROM contacts WHERE id = $1',
    [contactId],
  );
  expect(left?.customerId).toBeNull();
});

test('the file of the centre says it all, and shows it again', async () => {
  const label = { en: 'Support', es: 'Soporte', pt: 'Suporte' };
  const file = (given: object): string =>
    JSON.stringify({
      queues: [{ name: 'support', label, targetHandleSeconds: 300, survey: given }],
    });
  const wrong = (given: object): string => {
    const read = readCentre(file(given));
    return read.ok ? '' : read.why.join('\n');
  };
  expect(wrong(keypad)).toBe('');
  expect(wrong(link)).toBe('');
  expect(wrong({ way: 'link', kind: 'nps' })).toContain('lacks a template');
  expect(wrong({ ...link, template: 'http://x.example/{contact}' })).toContain('https://');
  expect(wrong({ ...keypad, template: link.template })).toContain('has no template');
  expect(wrong({ ...keypad, sharePercent: 101 })).toContain('sharePercent');
  const shown = await showCentre(database);
  expect(shown.queues?.find(({ name }) => name === 'support')?.survey).toEqual(keypad);
  expect(shown.queues?.find(({ name }) => name === 'sales')?.survey).toBeUndefined();
});
