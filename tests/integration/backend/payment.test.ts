import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import type { PauseAnswer } from '../../../src/shared/api/payment.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal } from '../../support/journal.ts';

const backend = backendForEachTest();

const settled = () => backend.backend.idle();

/** A queue's call in which alice speaks; the customer agreed to be recorded. */
const recordedCall = async (): Promise<{ readonly alice: Client; readonly callKey: string }> => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  const report = { at: Date.now(), callKey, extension: '1001' };
  const caller = { remoteNumber: '+13035550123', remoteName: '' };
  backend.pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...caller });
  backend.pbx.report({ kind: 'leg_answered', ...report });
  await settled();
  const fact = { id: randomUUID(), callId: randomUUID(), callKey, at: Date.now() };
  const event = createJournal(people.alice.id).event({
    topic: 'consent',
    fact: { ...fact, kind: 'granted' },
  });
  await alice.ask('POST', '/events', { events: [event] });
  await until(() => backend.pbx.running.size === 1);
  await settled();
  return { alice, callKey };
};

const open = async (
  client: Client,
  callKey: string,
  { pauseId, step = 'button' }: { readonly pauseId?: string; readonly step?: string } = {},
): Promise<PauseAnswer> => {
  const wanted = { pauseId: pauseId ?? randomUUID(), callKey, step };
  const { status, body } = await client.ask('POST', '/payment-pauses', wanted);
  expect(status).toBe(200);
  return body as PauseAnswer;
};

const end = (client: Client, pauseId: string, why = 'agent') =>
  client.ask('POST', `/payment-pauses/${pauseId}/end`, { why });

const contactOf = async (client: Client, callKey: string): Promise<Contact> => {
  const { card } = await client.next('card', (push) => push.card.callKey === callKey);
  return (await client.ask('GET', `/contacts/${card.contactId}`)).body as Contact;
};

const centre = async (payment: object): Promise<void> => {
  const read = readCentre(JSON.stringify({ payment }));
  if (!read.ok) throw new Error(read.why.join());
  await applyCentre(backend.database, read.value, createMintId(Date.now));
};

test('a pause is answered once the recording is silent, and its end gives it sound again', async () => {
  const { alice, callKey } = await recordedCall();
  const { pauseId, payment } = await open(alice, callKey);
  expect(payment).toMatchObject({ silence: 'silent', pauses: [{ id: pauseId, step: 'button' }] });
  expect(backend.pbx.silent.size).toBe(1);
  await alice.next('card', ({ card }) => card.payment?.silence === 'silent');
  expect((await end(alice, pauseId)).body).toMatchObject({ payment: null });
  expect(backend.pbx.silent.size).toBe(0);
  await alice.next('card', ({ card }) => card.recording.state === 'recording');
});

test('asked again with the same id it is the same pause; two steps are over when both are', async () => {
  const { alice, callKey } = await recordedCall();
  const { pauseId } = await open(alice, callKey);
  expect((await open(alice, callKey, { pauseId })).payment?.pauses).toHaveLength(1);
  const field = await open(alice, callKey, { step: 'field' });
  expect(field.payment?.pauses).toHaveLength(2);
  await end(alice, pauseId);
  expect(backend.pbx.silent.size).toBe(1);
  await end(alice, field.pauseId, 'step_closed');
  expect(backend.pbx.silent.size).toBe(0);
});

test('a PBX that cannot silence the recording has it stopped, and that is what is told', async () => {
  const { alice, callKey } = await recordedCall();
  backend.pbx.failSilence = { code: 'pbx_refused', message: 'no' };
  expect((await open(alice, callKey)).payment).toMatchObject({ silence: 'not_recorded' });
  expect(backend.pbx.running.size).toBe(0);
});

test('while the PBX is away nothing is promised', async () => {
  const { alice, callKey } = await recordedCall();
  backend.pbx.goAway('gone');
  expect((await open(alice, callKey)).payment).toMatchObject({ silence: 'not_confirmed' });
  backend.pbx.comeBack();
  await alice.next('card', ({ card }) => card.payment?.silence === 'silent');
});

test('a pause begins no recording, and its end begins none without consent', async () => {
  const { alice, callKey } = await recordedCall();
  const fact = { id: randomUUID(), callId: randomUUID(), callKey, at: Date.now() };
  const { pauseId } = await open(alice, callKey);
  const event = createJournal(people.alice.id).event({
    topic: 'consent',
    fact: { ...fact, kind: 'withdrawn' },
  });
  await alice.ask('POST', '/events', { events: [event] });
  await settled();
  await end(alice, pauseId);
  await settled();
  expect(backend.pbx.running.size).toBe(0);
});

test('a pause that nobody ends is over at its limit, and more time moves it', async () => {
  const { alice, callKey } = await recordedCall();
  await backend.database.query(
    `INSERT INTO centre_settings (name, value) VALUES ('payment', '{"limitSeconds": 1}')`,
  );
  const { pauseId, payment } = await open(alice, callKey);
  const longer = await alice.ask('POST', `/payment-pauses/${pauseId}/extend`);
  const [before, after] = [payment, (longer.body as PauseAnswer).payment];
  expect(after?.pauses[0]?.limitAt).toBeGreaterThan(before?.pauses[0]?.limitAt ?? Infinity);
  expect(backend.pbx.silent.size).toBe(1);
  await until(() => backend.pbx.silent.size === 0);
  await settled();
  const { payment: told } = await contactOf(alice, callKey);
  expect(told?.pauses).toMatchObject([{ step: 'button', endWhy: 'limit', agentName: 'The alice' }]);
});

test('a number that is keyed in during the call silences the recording until the keys are quiet', async () => {
  const { alice, callKey } = await recordedCall();
  await centre({ keypadDigits: 3, quietSeconds: 3 });
  const press = async () => {
    backend.pbx.report({ kind: 'key_pressed', at: Date.now(), callKey });
    await settled();
  };
  await press();
  await press();
  expect(backend.pbx.silent.size).toBe(0);
  await press();
  expect(backend.pbx.silent.size).toBe(1);
  const { card } = await alice.next(
    'card',
    (push) => push.card.payment?.pauses[0]?.step === 'keypad',
  );
  // The agent says that it is done: a key more is no number, three are.
  await end(alice, card.payment?.pauses[0]?.id ?? '');
  expect(backend.pbx.silent.size).toBe(0);
  await press();
  expect(backend.pbx.silent.size).toBe(0);
  await press();
  await press();
  expect(backend.pbx.silent.size).toBe(1);
  await until(() => backend.pbx.silent.size === 0);
});

test('the end of the call ends its pauses; nobody pauses a call of others', async () => {
  const { alice, callKey } = await recordedCall();
  const bruno = await backend.signIn('bruno');
  const foreign = { pauseId: randomUUID(), callKey, step: 'button' };
  expect((await bruno.ask('POST', '/payment-pauses', foreign)).status).toBe(409);
  const { pauseId } = await open(alice, callKey);
  expect((await end(bruno, pauseId)).status).toBe(404);
  const report = { at: Date.now(), callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_ended', ...report, answered: true, cause: 16 });
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  await settled();
  const { payment } = await contactOf(alice, callKey);
  expect(payment?.pauses).toMatchObject([{ id: pauseId, endWhy: 'call_ended' }]);
  const late = await alice.ask('POST', '/payment-pauses', { ...foreign, pauseId: randomUUID() });
  expect(late.status).toBe(409);
});

/** A second of sound and of silence by turns; 16 bit, two channels, 8000 frames a second. */
const wav = (seconds: readonly ('sound' | 'silence')[]): Buffer => {
  const frames = seconds.length * 8_000;
  const header = wavHeader({ channels: 2, rate: 8_000, frames });
  const file = Buffer.concat([header, Buffer.alloc(frames * 4)]);
  for (const [second, what] of seconds.entries()) {
    if (what === 'sound') file.fill(7, 44 + second * 32_000, 44 + (second + 1) * 32_000);
  }
  return file;
};

test.each([
  {
    what: 'is proven',
    seconds: ['sound', 'silence', 'sound'] as const,
    found: { fromMs: 1_000, toMs: 2_000, samples: 8_000, notZero: 0 },
  },
  {
    what: 'that is none is found',
    seconds: ['sound', 'sound', 'sound'] as const,
    found: { fromMs: 1_300, toMs: 1_700, samples: 3_200, notZero: 3_200 },
  },
])('a silence $what on the finished file, and kept in the chain', async ({ seconds, found }) => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-silence-'));
  try {
    backend.pbx.recordingPath = join(folder, 'a.wav');
    await writeFile(backend.pbx.recordingPath, wav(seconds));
    const { alice, callKey } = await recordedCall();
    const { pauseId } = await open(alice, callKey);
    await end(alice, pauseId);
    // As if the second second had been silent.
    await backend.database.query(`UPDATE recording_pauses p SET paused_at = r.started_at + 1000,
      resumed_at = r.started_at + 2000 FROM recordings r WHERE r.id = p.recording_id`);
    const report = { at: Date.now(), callKey, extension: '1001' };
    backend.pbx.report({ kind: 'leg_ended', ...report, answered: true, cause: 16 });
    backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
    await settled();
    const { payment } = await contactOf(alice, callKey);
    expect(payment?.gaps).toMatchObject([{ proof: found }]);
    const lines = await backend.database.query<{ readonly body: unknown }>(
      `SELECT body FROM chain_lines WHERE topic = 'payment'`,
    );
    expect(lines).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the centre’s file says how cards are taken, and names what is wrong in it', async () => {
  const payment = { limitSeconds: 60, warnSeconds: 10, pages: ['https://pay.example/*'] };
  await centre(payment);
  expect((await showCentre(backend.database)).payment).toMatchObject({
    ...payment,
    keypadDigits: 4,
  });
  const wrong = { payment: { limitSeconds: 20, pages: ['http://pay.example/'] } };
  expect(readCentre(JSON.stringify(wrong))).toEqual({
    ok: false,
    why: [
      '/payment/pages/0 "http://pay.example/" is no https address',
      '/payment/warnSeconds is not shorter than limitSeconds',
    ],
  });
});
