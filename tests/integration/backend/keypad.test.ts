import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import type { KeypadPrompt, PbxEvent } from '../../../src/backend/pbx/pbx.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { customers, makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;

beforeAll(async () => {
  server = await startDatabaseServer(async (made) => {
    await makeCentre(made);
    // one party's knowledge is enough there, so that the rule is the customer's
    await made.query(`UPDATE users SET place = 'US-CO'`);
    await made.query(`UPDATE queues SET keypad_language = 'customer' WHERE name = 'support'`);
    await made.query(`UPDATE customers SET language = 'es' WHERE id = $1`, [customers.jose.id]);
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  backend = await startBackend(database);
  alice = await backend.signIn('alice');
});
afterEach(() => backend.stop());

/** Colorado, Spain, and nobody knows where. */
const nora = { remoteNumber: '+13035550123', remoteName: '' };
const jose = { remoteNumber: '+34600000123', remoteName: '' };
const anonymous = { remoteNumber: '', remoteName: '' };

const wantsPrompt = async (caller = anonymous, callKey = randomUUID()) => {
  backend.pbx.report({
    kind: 'prompt_wanted',
    at: Date.now(),
    callKey,
    queue: 'support',
    ...caller,
  });
  await until(() => backend.pbx.prompts.has(callKey));
  return { callKey, prompt: backend.pbx.prompts.get(callKey) ?? null };
};

const said = (
  callKey: string,
  answer: Extract<PbxEvent, { kind: 'keypad_answered' }>['answer'],
  kind: KeypadPrompt['kind'] = 'consent',
): PbxEvent => {
  const at = Date.now();
  return {
    kind: 'keypad_answered',
    at,
    callKey,
    queue: 'support',
    answer,
    promptedAt: at - 4_000,
    reference: String(at),
    prompt: { kind, language: 'es', wordingVersion: 'keypad-1', ruleVersion: 'rules-1' },
  };
};

const says = async (event: PbxEvent): Promise<void> => {
  backend.pbx.report(event);
  await backend.backend.idle();
};

const rings = async (callKey: string, caller = nora) => {
  const call = { at: Date.now(), callKey, queue: 'support', ...caller };
  backend.pbx.report({ kind: 'queue_entered', ...call });
  backend.pbx.report({ kind: 'leg_offered', extension: '1001', ...call });
  const { card } = await alice.next('card', (push) => push.card.callKey === callKey);
  return card;
};

const answers = async (callKey: string): Promise<void> => {
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), callKey, extension: '1001' });
  await backend.backend.idle();
};

const policy = (name: string) =>
  database.query(`UPDATE queues SET recording_policy = $1 WHERE name = 'support'`, [name]);

type Chained = { readonly kind: unknown; readonly wordingHash?: string };

/** The words that were played are in the chain as well. */
const chained = async (): Promise<readonly unknown[]> =>
  (
    await database.query<{ readonly body: string }>(
      `SELECT body FROM chain_lines WHERE topic = 'consent' ORDER BY seq`,
    )
  )
    .map(({ body }) => JSON.parse(body) as Chained)
    .map(({ kind, wordingHash }) => (wordingHash === undefined ? 'without its words' : kind));

test('the PBX is told which queues ask, anew when it comes back', async () => {
  await backend.backend.idle();
  expect([...backend.pbx.promptQueues]).toEqual(['support']);
  await database.query(`UPDATE queues SET keypad_language = CASE name WHEN 'sales' THEN 'pt' END`);
  backend.pbx.comeBack();
  await backend.backend.idle();
  expect([...backend.pbx.promptQueues]).toEqual(['sales']);
});

test('a caller is asked in the own language: of the record, or of the country that calls', async () => {
  expect((await wantsPrompt(jose)).prompt).toMatchObject({
    kind: 'consent',
    language: 'es',
    wordingVersion: 'keypad-1',
  });
  const brazil = { remoteNumber: '+5511987654321', remoteName: '' };
  expect((await wantsPrompt(brazil)).prompt).toMatchObject({ language: 'pt' });
  expect((await wantsPrompt()).prompt).toMatchObject({ language: 'en' });
  await database.query(`UPDATE queues SET keypad_language = 'pt' WHERE name = 'support'`);
  expect((await wantsPrompt(jose)).prompt).toMatchObject({ language: 'pt' });
});

test('what is asked follows the rule and what the queue makes of it', async () => {
  await policy('when_rule_allows');
  expect((await wantsPrompt(nora)).prompt).toBeNull();
  expect((await wantsPrompt(jose)).prompt).toMatchObject({ kind: 'notice' });
  expect((await wantsPrompt(anonymous)).prompt).toMatchObject({ kind: 'consent' });
  await policy('never');
  expect((await wantsPrompt(jose)).prompt).toBeNull();
});

test('a yes is on the desk with the ring, and the recording begins with the answer', async () => {
  const { callKey } = await wantsPrompt(nora);
  await says(said(callKey, 'granted'));
  const card = await rings(callKey);
  expect(card).toMatchObject({
    match: { kind: 'exact' },
    consent: { state: 'granted', how: 'keypad' },
  });
  await alice.next('card', (push) => push.card.callKey === callKey && push.card.queuedAt !== null);
  expect(backend.pbx.running.size).toBe(0);
  await answers(callKey);
  expect(backend.pbx.running.size).toBe(1);
  const { consentFacts } = (await alice.ask('GET', `/contacts/${card.contactId}`)).body as Contact;
  const common = {
    by: 'customer',
    how: 'keypad',
    callId: card.contactId,
    language: 'es',
    wordingVersion: 'keypad-1',
    ruleVersion: 'rules-1',
  };
  expect(consentFacts).toMatchObject([
    { kind: 'asked', ...common },
    { kind: 'granted', ...common },
  ]);
  expect(await chained()).toEqual(['asked', 'granted']);
});

test('a no is on the desk with the ring, and nothing is recorded', async () => {
  const { callKey } = await wantsPrompt(nora);
  await says(said(callKey, 'refused'));
  expect(await rings(callKey)).toMatchObject({ consent: { state: 'refused', how: 'keypad' } });
  await answers(callKey);
  expect(backend.pbx.recordingLog).toEqual([]);
});

test('to be told is enough only where rule and queue ask for no more', async () => {
  const { callKey } = await wantsPrompt(jose);
  await says(said(callKey, 'told', 'notice'));
  expect(await rings(callKey, jose)).toMatchObject({ consent: { how: 'notice' } });
  await answers(callKey);
  expect(backend.pbx.recordingLog).toEqual([]);

  await policy('when_rule_allows');
  const { callKey: other } = await wantsPrompt(jose);
  await says(said(other, 'told', 'notice'));
  await rings(other, jose);
  await answers(other);
  expect(backend.pbx.running.size).toBe(1);
});

test('an answer that is told twice, or to a backend that comes later, is one', async () => {
  const { callKey } = await wantsPrompt(nora);
  const answer = said(callKey, 'granted');
  await says(answer);
  await says({ ...answer, at: Date.now() + 5 });
  expect(await chained()).toEqual(['asked', 'granted']);
});

test('who answered is not asked again in the same call, who did not is', async () => {
  const { callKey } = await wantsPrompt(nora);
  await says(said(callKey, 'refused'));
  const { callKey: silent } = await wantsPrompt(jose);
  const again = async (key: string, caller: typeof nora): Promise<KeypadPrompt | null> => {
    const at = Date.now();
    backend.pbx.report({ kind: 'prompt_wanted', at, callKey: key, queue: 'support', ...caller });
    await backend.backend.idle();
    return backend.pbx.prompts.get(key) ?? null;
  };
  expect(await again(callKey, nora)).toBeNull();
  expect(await again(silent, jose)).toMatchObject({ kind: 'consent' });
});

test('a caller who hangs up in the prompt has a contact that is over, and said nothing', async () => {
  const { callKey } = await wantsPrompt(nora);
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  await backend.backend.idle();
  const [contact] = await database.query<Record<string, unknown>>(
    'SELECT queued_at, ended_at FROM contacts WHERE call_key = $1',
    [callKey],
  );
  expect(contact).toMatchObject({ queued_at: null });
  expect(contact?.['ended_at']).not.toBeNull();
  expect(await chained()).toEqual([]);
  expect(await database.query('SELECT 1 FROM queue_waits')).toEqual([]);
});
