import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { canonicalJson } from '../../../src/backend/canonical-json.ts';
import { builtInRules } from '../../../src/backend/modules/consent/rules-repository.ts';
import type { ConsentExport } from '../../../src/backend/modules/consent/consent-export.ts';
import type { Contact, ContactCard } from '../../../src/shared/api/records.ts';
import type { ConsentFact } from '../../../src/shared/domain/consent/consent.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { createJournal } from '../../support/journal.ts';

const backend = backendForEachTest();

const nora = '+13035550123';

/** Rings at Alice and is answered; the card that her desk had as it rang. */
const call = async (alice: Client, remoteNumber = nora): Promise<ContactCard> => {
  const report = { at: Date.now(), callKey: randomUUID(), extension: '1001' };
  alice.forgetPushes();
  const caller = { remoteNumber, remoteName: '' };
  backend.pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...caller });
  const { card } = await alice.next('card', (push) => push.card.callKey === report.callKey);
  backend.pbx.report({ kind: 'leg_answered', ...report });
  await backend.backend.idle();
  return card;
};

const hangUp = async (callKey: string): Promise<void> => {
  const at = Date.now();
  const ended = { answered: true, cause: 16 };
  backend.pbx.report({ kind: 'leg_ended', at, callKey, extension: '1001', ...ended });
  backend.pbx.report({ kind: 'call_ended', at, callKey });
  await backend.backend.idle();
};

const say = async (
  client: Client,
  callKey: string,
  said: Pick<ConsentFact, 'kind'> & Partial<ConsentFact>,
) => {
  const fact = { id: randomUUID(), callId: randomUUID(), callKey, at: Date.now(), ...said };
  const event = createJournal(people.alice.id).event({ topic: 'consent', fact });
  const answer = await client.ask('POST', '/events', { events: [event] });
  await backend.backend.idle();
  return { fact, body: answer.body };
};

const places = (values: { readonly alice?: string; readonly nora?: string }): Promise<unknown> =>
  Promise.all([
    backend.database.query('UPDATE users SET place = $2 WHERE id = $1', [
      people.alice.id,
      values.alice ?? null,
    ]),
    backend.database.query(
      `UPDATE customers SET country = 'US', subdivision = $2, language = 'es-MX' WHERE id = $1`,
      [customers.nora.id, values.nora ?? ''],
    ),
  ]);

const ruleOf = ({ consent }: ContactCard) => consent.rule;

test('the card that comes with the ring has the rule of both places and the words in the customer’s language', async () => {
  await places({ alice: 'US-TX', nora: 'US-CO' });
  const card = await call(await backend.signIn('alice'));
  expect(ruleOf(card)).toMatchObject({ need: 'none', rulesVersion: builtInRules().version });
  expect(card.consent).toMatchObject({
    state: 'not_asked',
    policy: 'on_consent',
    wordings: [{ language: 'es', version: 'es-1' }],
  });
});

test('the strictest place makes the rule: the agent’s as well as that of the customer’s record', async () => {
  await places({ alice: 'US-MA', nora: 'US-CO' });
  const fromMassachusetts = await call(await backend.signIn('alice'));
  expect(ruleOf(fromMassachusetts)).toMatchObject({
    need: 'consent',
    because: [{ place: { subdivision: 'US-MA' } }],
  });
  await places({ alice: 'US-TX', nora: 'US-CA' });
  const toCalifornia = await call(await backend.signIn('alice'));
  expect(ruleOf(toCalifornia)).toMatchObject({
    need: 'consent',
    because: [{ place: { subdivision: 'US-CA' } }],
  });
});

test('an agent whose place nobody knows, and a hidden number, ask everybody', async () => {
  await places({ nora: 'US-CO' });
  const alice = await backend.signIn('alice');
  const unknown = { need: 'consent', because: [{ place: null, source: 'unknown' }] };
  expect(ruleOf(await call(alice))).toMatchObject(unknown);
  await places({ alice: 'US-TX' });
  expect(ruleOf(await call(await backend.signIn('alice'), 'anonymous'))).toMatchObject(unknown);
});

test('rules with an error name its place and change nothing; good ones hold from the next call on', async () => {
  await places({ alice: 'US-TX', nora: 'US-CO' });
  const alice = await backend.signIn('alice');
  const admin = await backend.signIn('admin');
  const own = builtInRules();
  const next = {
    ...own,
    version: '2026.2',
    jurisdictions: own.jurisdictions.map((each) =>
      each.place === 'US-CO' ? { ...each, need: 'notice' as const } : each,
    ),
  };
  const put = (rules: object) => admin.ask('PUT', '/consent/rules', rules);
  const bad = next.jurisdictions.map((each, at) => (at === 3 ? { ...each, need: 'maybe' } : each));
  const wrong = await put({ ...next, jurisdictions: bad });
  expect(wrong).toMatchObject({ status: 400 });
  expect(JSON.stringify(wrong.body)).toContain('jurisdictions/3/need');
  expect(ruleOf(await call(alice))).toMatchObject({ need: 'none', rulesVersion: own.version });

  expect(await put(next)).toMatchObject({ status: 200, body: { version: '2026.2' } });
  expect(ruleOf(await call(alice))).toMatchObject({ need: 'notice', rulesVersion: '2026.2' });

  // What a version says never changes, and neither do its words.
  const other = { ...next, jurisdictions: next.jurisdictions.slice(1) };
  expect(await put(other)).toMatchObject({ status: 400 });
  const words = next.wordings.map((each) => ({ ...each, ask: 'Recording?' }));
  const reworded = await put({ ...next, version: '2026.3', wordings: words });
  expect(JSON.stringify(reworded.body)).toContain('/wordings/0/version');
  const { body } = await admin.ask('GET', '/consent/rules?version=2026.2');
  expect(body).toMatchObject({
    rules: { version: '2026.2' },
    applied: [{ appliedBy: 'The admin' }],
  });
  expect(await alice.ask('PUT', '/consent/rules', next)).toMatchObject({ status: 403 });
});

test('a refusal for later calls holds in the next one from the ring on, a consent only once it is said to', async () => {
  const alice = await backend.signIn('alice');
  const first = await call(alice);
  await say(alice, first.callKey, { kind: 'refused', how: 'voice', by: 'agent', standing: true });
  await hangUp(first.callKey);

  const second = await call(alice);
  expect(second.consent).toMatchObject({ state: 'refused', how: 'voice', standing: true });
  expect(second.match).toMatchObject({ customer: { standing: { kind: 'refused' } } });
  const { body: page } = await alice.ask('GET', `/contacts/${second.contactId}`);
  expect((page as Contact).consentFacts).toMatchObject([{ kind: 'refused', standing: true }]);
  expect(backend.pbx.running.size).toBe(0);
  await say(alice, second.callKey, { kind: 'granted', how: 'voice', by: 'agent', standing: true });
  expect(backend.pbx.running.size).toBe(1);
  await hangUp(second.callKey);

  const third = await call(alice);
  expect(third.consent.state).toBe('not_asked');
  expect(third.match).toMatchObject({ customer: { standing: { kind: 'granted' } } });
  expect(backend.pbx.running.size).toBe(0);
});

test('what a customer decided on paper is kept by an administrator and known with the next call', async () => {
  const admin = await backend.signIn('admin');
  const path = `/customers/${customers.nora.id}/consent`;
  const choice = { kind: 'refused', at: Date.now() - 86_400_000 };
  expect(await admin.ask('POST', path, choice)).toMatchObject({
    status: 200,
    body: { kind: 'refused', how: 'written_before' },
  });
  expect(await admin.ask('POST', path, { kind: 'refused', at: Date.now() + 1e9 })).toMatchObject({
    status: 400,
  });
  const alice = await backend.signIn('alice');
  expect((await call(alice)).consent).toMatchObject({ state: 'refused', how: 'written_before' });
  expect(await alice.ask('POST', path, choice)).toMatchObject({ status: 403 });
});

test('a contact’s and a customer’s consent is exported whole: facts, rules, words and the chain', async () => {
  const alice = await backend.signIn('alice');
  const sofia = await backend.signIn('sofia');
  const card = await call(alice);
  const said = {
    ...({ how: 'voice', by: 'agent', ruleVersion: builtInRules().version } as const),
    ...{ wordingVersion: 'es-1', language: 'es', offsetMs: 5_100 },
  };
  const { fact } = await say(alice, card.callKey, { kind: 'granted', ...said });
  for (const path of [
    `/contacts/${card.contactId}/consent`,
    `/customers/${customers.nora.id}/consent`,
  ]) {
    const { body } = await sofia.ask('GET', path);
    const exported = body as ConsentExport;
    expect(exported.states).toEqual([{ contactId: card.contactId, state: 'granted' }]);
    expect(exported.facts).toMatchObject([
      { ...fact, toldBy: 'The alice', contactId: card.contactId },
    ]);
    expect(exported.facts[0]?.chain).toHaveLength(1);
    expect(exported.rules.map(({ version }) => version)).toEqual([said.ruleVersion]);
    expect(exported.wordings).toMatchObject([{ language: 'es', version: 'es-1' }]);
    // The chain has what these rules and words said.
    const [line] = await backend.database.query<{ readonly body: string }>(
      'SELECT body FROM chain_lines WHERE contact_id = $1',
      [card.contactId],
    );
    const hashOf = (content: unknown) =>
      createHash('sha256').update(canonicalJson(content)).digest('hex');
    expect(JSON.parse(line?.body ?? '{}')).toMatchObject({
      rulesHash: hashOf(exported.rules[0]),
      wordingHash: hashOf(exported.wordings[0]),
    });
  }
});

test('a client cannot speak as the customer’s key or as an administrator', async () => {
  const alice = await backend.signIn('alice');
  const { callKey } = await call(alice);
  for (const lie of [{ by: 'customer' }, { by: 'administrator' }, { how: 'keypad' }] as const) {
    const { body } = await say(alice, callKey, { kind: 'granted', ...lie });
    expect(body).toMatchObject({ stored: [], refused: [{ why: /not for a client/u }] });
  }
  expect(backend.pbx.running.size).toBe(0);
});

test('at the command line rules are checked, put in force and shown; an error names its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-consent-'));
  const command = (
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly output: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['scripts/consent.ts', ...args], {
        cwd: repositoryDirectory,
        env: { ...process.env, DATABASE_URL: backend.databaseUrl },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });
  try {
    const path = join(folder, 'rules.json');
    const own = builtInRules();
    await writeFile(path, JSON.stringify({ ...own, version: 'x y' }));
    const wrong = await command('apply', path);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.output).toContain('/version');
    await writeFile(path, JSON.stringify({ ...own, version: '2027' }));
    expect(await command('apply', path)).toMatchObject({ code: 0 });
    // A backend that runs knows with the next call.
    expect(ruleOf(await call(await backend.signIn('alice')))?.rulesVersion).toBe('2027');
    expect((await command('versions')).output).toContain('2027');
  } finally {
    await rm(folder, { recursive: true });
  }
});
