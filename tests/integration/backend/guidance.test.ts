import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type {
  ContactGuidance,
  GuidanceBook,
  GuidanceFact,
} from '../../../src/shared/api/guidance.ts';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { ContactCard, Customer } from '../../../src/shared/api/records.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import { type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { makeTeams } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();

const words = (text: string) => ({ en: text, es: text, pt: text });
const label = words('Label');
const scripts = [
  {
    code: 'sale',
    label,
    steps: [
      {
        id: 'hello',
        text: words('Hello {customer.name}'),
        choices: [{ label, goesTo: 'bye' }],
      },
      { id: 'bye', text: words('Bye'), end: true },
    ],
  },
];
const verifications = [
  {
    code: 'standard',
    label,
    questions: [
      { code: 'name', label, field: 'name', mandatory: true },
      { code: 'city', label, field: 'city' },
    ],
    needed: 2,
    flagAfter: 2,
    validMinutes: 30,
    required: true,
  },
];
const macros = [
  { code: 'sent', label, text: words('Sent to {customer.email}') },
  { code: 'secret', label, text: words('For the south'), queues: ['support'], teams: ['south'] },
];

const apply = async (centre: object) => {
  const read = readCentre(JSON.stringify(centre));
  if (!read.ok) throw new Error(read.why.join('\n'));
  return applyCentre(backend.database, read.value, randomUUID);
};

let alice: Client;
let bruno: Client;
let sofia: Client;

beforeEach(async () => {
  await makeTeams(backend.database);
  const { queues = [] } = await showCentre(backend.database);
  const applied = await apply({
    ...{ scripts, verifications, macros },
    queues: queues.map((queue) =>
      queue.name === 'support' ? { ...queue, script: 'sale', verification: 'standard' } : queue,
    ),
  });
  expect(applied.ok).toBe(true);
  alice = await backend.signIn('alice');
  bruno = await backend.signIn('bruno');
  sofia = await backend.signIn('sofia');
});

type Who = 'alice' | 'bruno';
const client = (who: Who): Client => (who === 'alice' ? alice : bruno);

const offer = async (who: Who, callKey: string): Promise<ContactCard> => {
  const remote = {
    queue: 'support',
    remoteNumber: customers.nora.numbers[0],
    remoteName: '',
  };
  const leg = { callKey, extension: people[who].extension };
  backend.pbx.report({ kind: 'queue_entered', at: Date.now(), callKey, ...remote });
  backend.pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg, ...remote });
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg });
  const { card } = await client(who).next('card', (push) => push.card.callKey === callKey);
  await backend.backend.idle();
  return card;
};
const endCall = async (callKey: string): Promise<void> => {
  const leg = { callKey, extension: people.alice.extension };
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg, answered: true, cause: 16 });
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  await backend.backend.idle();
};

type Unsaid = 'id' | 'callId' | 'at';
type Told = GuidanceFact extends infer Fact
  ? Fact extends GuidanceFact
    ? Omit<Fact, Unsaid>
    : never
  : never;

let at = 0;
const factOf = (told: Told): GuidanceFact => {
  at = Math.max(at + 1, Date.now());
  return { ...told, id: randomUUID(), callId: randomUUID(), at };
};
const eventOf = (who: Client, fact: object) => ({
  ...{ id: randomUUID(), journalId: randomUUID(), seq: 1, writtenAt: Date.now(), offsetMs: 0 },
  agentId: who.session.desk.user.id,
  body: { topic: 'guidance', fact },
});
const send = async (who: Client, ...events: readonly object[]): Promise<EventReceipt> => {
  const answer = await who.ask('POST', '/events', { events });
  expect(answer.status).toBe(200);
  return answer.body as EventReceipt;
};
const tell = (who: Client, ...told: readonly Told[]): Promise<EventReceipt> =>
  send(who, ...told.map((each) => eventOf(who, factOf(each))));

const press = (
  callKey: string,
  attempt: string,
  question: string,
  answer: 'right' | 'wrong' | 'skipped' | null,
): Told => ({
  ...{ kind: 'verification_pressed', callKey, attempt, policy: 'standard', version: 1 },
  ...{ customerId: customers.nora.id, question, answer },
});
const ofContact = async (who: Client, contactId: string) =>
  who.ask('GET', `/contacts/${contactId}/guidance`);
const guidanceOf = async (who: Client, contactId: string) =>
  (await ofContact(who, contactId)).body as ContactGuidance;
const audit = (action: string) =>
  backend.database.query<{ readonly actor: string; readonly details: object }>(
    'SELECT actor, details FROM audit_log WHERE action = $1 ORDER BY id',
    [action],
  );

test('the file is shown as it was given; what says something else is a new version, and the desk is told', async () => {
  const shown = await showCentre(backend.database);
  expect(shown).toMatchObject({ scripts, verifications, macros });
  expect(shown.queues?.find(({ name }) => name === 'support')).toMatchObject({
    ...{ script: 'sale', verification: 'standard' },
  });
  const book = (await alice.ask('GET', '/guidance')).body as GuidanceBook;
  expect(book).toMatchObject({
    version: alice.session.desk.guidance,
    queues: [{ queue: 'support', script: 'sale', verification: 'standard' }],
    scripts: [{ code: 'sale', version: 1 }],
    policies: [{ code: 'standard', version: 1, flagAfter: 2 }],
  });
  // Of another team's pieces of text nobody hears.
  expect(book.macros.map(({ code }) => code)).toEqual(['sent']);
  expect(((await bruno.ask('GET', '/guidance')).body as GuidanceBook).macros).toHaveLength(2);

  await apply({ scripts });
  expect(((await alice.ask('GET', '/guidance')).body as GuidanceBook).version).toBe(book.version);
  const changed = [{ ...scripts[0], label: words('Other') }];
  await apply({ scripts: changed });
  const after = (await alice.ask('GET', '/guidance')).body as GuidanceBook;
  expect(after.scripts[0]?.version).toBe(2);
  expect(after.version).not.toBe(book.version);
});

test('what names no script, policy, queue or team changes nothing', async () => {
  const before = await showCentre(backend.database);
  const [queue] = before.queues ?? [];
  const applied = await apply({
    queues: [{ ...queue, script: 'none', verification: 'none' }],
    macros: [{ ...macros[0], queues: ['nowhere'], teams: ['west'] }],
  });
  expect(applied).toEqual({
    ok: false,
    why: [
      `queues: "${queue?.name ?? ''}" has the script "none", which is none`,
      `queues: "${queue?.name ?? ''}" has the verification "none", which is none`,
      'macros: "sent" is for "nowhere", which is no queue',
      'macros: "sent" is for "west", which is no team',
    ],
  });
  expect(await showCentre(backend.database)).toEqual(before);
});

test('the way through a script is kept once, with its times, and whoever may see the contact sees it', async () => {
  const callKey = randomUUID();
  const { contactId } = await offer('alice', callKey);
  const move = (step: string, how: 'started' | 'chose', choice?: number) =>
    eventOf(
      alice,
      factOf({
        ...{ kind: 'script_moved', callKey, script: 'sale', version: 1, move: how, step },
        ...(choice === undefined ? {} : { choice }),
      }),
    );
  const events = [move('hello', 'started'), move('bye', 'chose', 0)];
  expect((await send(alice, ...events)).stored).toHaveLength(2);
  expect((await send(alice, ...events)).stored).toHaveLength(2);
  const [first] = events;
  const other = {
    ...first,
    body: { topic: 'guidance', fact: { ...first?.body.fact, step: 'bye' } },
  };
  const [refused] = (await send(alice, other)).refused;
  expect(refused?.why).toContain('stored before with other content');
  for (const who of [alice, sofia]) {
    expect(await guidanceOf(who, contactId)).toMatchObject({
      scripts: [{ code: 'sale', version: 1, steps: [{ id: 'hello' }, { id: 'bye' }] }],
      moves: [
        { step: 'hello', move: 'started', agent: { name: 'The alice' } },
        { step: 'bye', move: 'chose', choice: 0 },
      ],
    });
  }
  expect((await ofContact(bruno, contactId)).status).toBe(404);
});

test('a colleague to whom the customer is handed over reads who verified the customer, and when', async () => {
  const callKey = randomUUID();
  const { contactId } = await offer('alice', callKey);
  const attempt = randomUUID();
  await tell(
    alice,
    press(callKey, attempt, 'name', 'right'),
    press(callKey, attempt, 'city', 'right'),
  );
  const own = await alice.next('card', ({ card }) => card.verifications !== undefined);
  expect(own.card.verifications).toMatchObject([
    { id: attempt, outcome: 'verified', by: { name: 'The alice' }, here: true, takenBack: 0 },
  ]);
  const handed = await offer('bruno', callKey);
  expect(handed).toMatchObject({
    contactId,
    verifications: [{ id: attempt, outcome: 'verified' }],
  });
  // In a later call of the same customer it counts for as long as the policy says.
  await endCall(callKey);
  const next = await offer('bruno', randomUUID());
  const customer = 'customer' in next.match ? next.match.customer : null;
  expect(customer?.verifications).toMatchObject({
    failed: null,
    lately: [{ id: attempt, here: false }],
  });
});

test('failed attempts are told on the record, flagged, and in the audit log; nothing of what was answered is kept', async () => {
  const callKey = randomUUID();
  await offer('alice', callKey);
  const recordOf = async () =>
    (await bruno.ask('GET', `/customers/${customers.nora.id}`)).body as Customer;
  await tell(alice, press(callKey, randomUUID(), 'name', 'wrong'));
  expect((await recordOf()).verifications?.failed).toMatchObject({ count: 1, flagged: false });
  expect(await audit('customer_flagged')).toEqual([]);
  await tell(alice, press(callKey, randomUUID(), 'name', 'wrong'));
  expect((await recordOf()).verifications?.failed).toMatchObject({ count: 2, flagged: true });
  expect(await audit('customer_flagged')).toMatchObject([
    { actor: people.alice.id, details: { customerId: customers.nora.id, failed: 2 } },
  ]);
});

test('a slip that is taken back counts no more, and is in the audit log', async () => {
  const callKey = randomUUID();
  const { contactId } = await offer('alice', callKey);
  const attempt = randomUUID();
  await tell(alice, press(callKey, attempt, 'name', 'wrong'));
  await tell(
    alice,
    press(callKey, attempt, 'name', null),
    press(callKey, attempt, 'name', 'right'),
    press(callKey, attempt, 'city', 'right'),
  );
  expect((await guidanceOf(sofia, contactId)).attempts).toMatchObject([
    { outcome: 'verified', takenBack: 1 },
  ]);
  expect(await audit('verification_answer_taken_back')).toMatchObject([
    { actor: people.alice.id, details: { attempt, question: 'name' } },
  ]);
});

test('who has no part in a call verifies nobody and flags nobody in it', async () => {
  const callKey = randomUUID();
  const { contactId } = await offer('alice', callKey);
  const attempt = randomUUID();
  await tell(
    bruno,
    press(callKey, randomUUID(), 'name', 'wrong'),
    press(callKey, randomUUID(), 'name', 'wrong'),
  );
  expect((await guidanceOf(sofia, contactId)).attempts).toEqual([]);
  expect(await audit('customer_flagged')).toEqual([]);
  // Nor does anybody change the attempt of somebody else, or speak in another's name.
  await tell(alice, press(callKey, attempt, 'name', 'wrong'));
  await tell(
    bruno,
    press(callKey, attempt, 'name', null),
    press(callKey, attempt, 'name', 'right'),
  );
  expect((await guidanceOf(sofia, contactId)).attempts).toMatchObject([{ outcome: 'failed' }]);
  // Nor do their presses count with the next of their own.
  await tell(alice, press(callKey, attempt, 'city', 'right'));
  expect((await guidanceOf(sofia, contactId)).attempts).toMatchObject([
    { outcome: 'failed', takenBack: 0 },
  ]);
  const forged = {
    ...eventOf(bruno, factOf(press(callKey, attempt, 'name', 'right'))),
    agentId: people.alice.id,
  };
  expect((await send(bruno, forged)).refused).toHaveLength(1);
});

test('what a customer said has no place in a fact', async () => {
  const callKey = randomUUID();
  await offer('alice', callKey);
  const fact = factOf(press(callKey, randomUUID(), 'name', 'right'));
  const receipt = await send(
    alice,
    eventOf(alice, { ...fact, said: 'Nora' }),
    eventOf(alice, { ...fact, id: randomUUID(), answer: 'Nora' }),
    eventOf(alice, { ...fact, id: randomUUID(), question: 'Nora said so' }),
  );
  expect(receipt).toMatchObject({ stored: [], refused: [{}, {}, {}] });
});

test('what was told before the call is known counts once it is, and in whatever order it comes', async () => {
  const callKey = randomUUID();
  const attempt = randomUUID();
  const facts = [
    press(callKey, attempt, 'name', 'wrong'),
    press(callKey, attempt, 'name', null),
    press(callKey, attempt, 'name', 'right'),
    press(callKey, attempt, 'city', 'right'),
  ].map(factOf);
  for (const fact of facts.toReversed()) await send(alice, eventOf(alice, fact));
  const { contactId } = await offer('alice', callKey);
  expect((await guidanceOf(alice, contactId)).attempts).toMatchObject([{ outcome: 'verified' }]);
});

test('an access report has what was asked, and an erasure takes all of it', async () => {
  const callKey = randomUUID();
  const { contactId } = await offer('alice', callKey);
  await tell(alice, press(callKey, randomUUID(), 'name', 'wrong'), {
    kind: 'script_moved',
    callKey,
    script: 'sale',
    version: 1,
    move: 'started',
    step: 'hello',
  });
  const report = await readPersonalData(backend.database, customers.nora.id, [contactId]);
  expect(report?.verifications).toMatchObject([
    { outcome: 'failed', answers: [{ question: 'name', answer: 'wrong' }] },
  ]);
  expect(report?.contacts).toMatchObject([{ scriptSteps: [{ script: 'sale', step: 'hello' }] }]);
  await endCall(callKey);
  await backend.database.query(`UPDATE legs SET wrapped_up_at = 1 WHERE contact_id = $1`, [
    contactId,
  ]);
  const erased = await eraseRecords(backend.database, customers.nora.id, [contactId]);
  expect(erased).toMatchObject({ ok: true, value: { guidance: 3 } });
  const left = await backend.database.query(
    'SELECT id FROM guidance_facts UNION ALL SELECT id FROM verification_attempts',
  );
  expect(left).toEqual([]);
});
