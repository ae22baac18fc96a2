import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { ConsentFactKind } from '../../../src/shared/domain/consent/consent.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import type { DemoCustomerCall, Pbx } from '../../../src/backend/pbx/pbx.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal } from '../../support/journal.ts';
import { known } from '../../support/known.ts';
import type { ScriptedPbx } from '../../support/scripted-pbx.ts';
import { startAsteriskUnderTest, test, type AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo, type PbxStory } from './pbx-story.ts';
import { header } from './sip-message.ts';
import {
  createSipPhone,
  openWebSocketWire,
  replacing,
  type PhoneCall,
  type SipPhone,
} from './sip-phone.ts';
import { webrtcSdp } from './test-sdp.ts';

/** What consent is worth when the customer moves on, by a real PBX and the backend. */

const customer: DemoCustomerCall = {
  queue: 'support',
  number: '+34600111222',
  name: 'Nora',
  voice: null,
  scenario: 'talks',
  extension: null,
  key: '1',
};

let server: DatabaseServer;
let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
let database: Database;
let backend: TestBackend;
let alice: Client;
let phones: readonly [SipPhone, SipPhone];

const signIn = async (extension: string): Promise<SipPhone> => {
  const { password } = known(await pbx.mintCredentials(extension, 60_000));
  const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), extension);
  expect(await phone.register(password)).toBe(200);
  return phone;
};

beforeAll(async () => {
  [server, asterisk] = await Promise.all([
    startDatabaseServer(async (made) => {
      await makeCentre(made);
      await made.query(`UPDATE queues SET keypad_language = 'en' WHERE name = 'sales'`);
    }),
    startAsteriskUnderTest(),
  ]);
});
afterAll(async () => {
  await asterisk.stop();
  await server.stop();
});
beforeEach(async () => {
  ({ database } = await server.fresh());
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  // The backend asks nothing of it that a scripted one has and this one lacks.
  backend = await startBackend(database, { pbx: pbx as ScriptedPbx });
  await story.until('connected');
  alice = await backend.signIn('alice');
  await backend.signIn('bruno');
  await backend.backend.idle();
  phones = [await signIn('1001'), await signIn('1002')];
});
afterEach(async () => {
  for (const phone of phones) phone.close();
  do await asterisk.cli('channel request hangup all');
  while ((await asterisk.cli('core show channels concise')).trim() !== '');
  await backend.backend.idle();
  await backend.stop();
  await pbx.stop();
});

const answer = async (phone: SipPhone, callKey: string): Promise<PhoneCall> => {
  for (;;) {
    const call = await phone.nextCall();
    if (header(call.invite, 'X-Ringside-Call') !== callKey) continue;
    call.ring();
    await call.answer(webrtcSdp('active'));
    return call;
  }
};

/** Alice talks with a customer, who called her. */
const talk = async (): Promise<{ readonly callKey: string; readonly call: PhoneCall }> => {
  const callKey = known(await pbx.callDemoCustomer({ ...customer, extension: '1001' }));
  const call = await answer(phones[0], callKey);
  await story.until('leg_answered', (event) => event.callKey === callKey);
  // an answer is told a moment before the two sides are together
  await wait(150);
  return { callKey, call };
};

const hears = async (callKey: string, kind: ConsentFactKind): Promise<void> => {
  const fact = { id: randomUUID(), callId: randomUUID(), callKey, at: Date.now(), kind };
  const event = createJournal(people.alice.id).event({ topic: 'consent', fact });
  const { body } = await alice.ask('POST', '/events', { events: [event] });
  expect(body).toMatchObject({ refused: [] });
};

/** Who is recorded by the PBX's own word: each with the agent of its row. */
const recorded = async (): Promise<readonly unknown[]> => {
  const ids = known(await pbx.runningRecordings()).map(({ recordingId }) => recordingId);
  const rows = await database.query<{ readonly extension: string }>(
    `SELECT u.extension FROM recordings r JOIN users u ON u.id = r.agent_id
     WHERE r.id = ANY($1::uuid[]) ORDER BY u.extension`,
    [ids],
  );
  expect(rows).toHaveLength(ids.length);
  return rows.map(({ extension }) => extension);
};

const untilRecorded = async (...extensions: readonly string[]): Promise<void> => {
  let now: readonly unknown[] = [];
  await until(async () => {
    now = await recorded();
    return String(now) === String(extensions);
  }).catch(() => expect(now).toEqual(extensions));
};

test('a customer who agreed is recorded with each agent in turn, and while parked with nobody', async () => {
  const { callKey, call } = await talk();
  await hears(callKey, 'granted');
  await untilRecorded('1001');
  const parking = await call.refer('park');
  expect(parking.status).toBe(202);
  const { slot } = await story.until('parked');
  await untilRecorded();
  const names = [['X-Ringside-Call', callKey]] as const;
  const picked = await phones[1].dial(`park-${slot}`, names, webrtcSdp('actpass'));
  expect(picked.status).toBe(200);
  await untilRecorded('1002');
  await picked.call.hangUp();
  await story.until('call_ended');
  await untilRecorded();
}, 60_000);

test('a colleague who is asked is not recorded, and has the customer’s consent with the customer', async () => {
  const { callKey, call } = await talk();
  await hears(callKey, 'granted');
  await untilRecorded('1001');
  const names = [
    ['X-Ringside-Call', callKey],
    ['X-Ringside-Consult', '1'],
  ] as const;
  const dialing = phones[0].dial('1002', names, webrtcSdp('actpass'));
  await answer(phones[1], callKey);
  const asking = (await dialing).call;
  await story.until('leg_answered', (event) => event.extension === '1002');
  await wait(150);
  await backend.backend.idle();
  expect(await recorded()).toEqual(['1001']);
  const referred = await call.refer(replacing(asking, '1002'));
  expect((await referred.told).at(-1)).toBe(200);
  await Promise.all([call.hangUp(), asking.ended]);
  await untilRecorded('1002');
}, 60_000);

test('a customer who refused stays unrecorded at whoever comes next, and is not asked by keypad', async () => {
  const { callKey, call } = await talk();
  await hears(callKey, 'refused');
  expect((await call.refer('queue-sales')).status).toBe(202);
  await story.until('queue_entered', (event) => event.queue === 'sales');
  known(await pbx.setMember({ queue: 'sales', extension: '1002', paused: false, pauseReason: '' }));
  await answer(phones[1], callKey);
  await story.until('leg_answered', (event) => event.extension === '1002');
  await backend.backend.idle();
  expect(await recorded()).toEqual([]);
  expect(story.ofCall(callKey)).toContain('prompt_wanted');
  expect(story.ofCall(callKey)).not.toContain('keypad_answered');
}, 60_000);

test('a customer whom nobody asked is asked on the way into a queue with a prompt, and recorded after a yes', async () => {
  const { callKey, call } = await talk();
  const referred = await call.refer('queue-sales');
  // the prompt is sound: the transfer is done
  expect((await referred.told).at(-1)).toBe(200);
  await call.hangUp();
  expect(await recorded()).toEqual([]);
  const said = await story.until('keypad_answered');
  expect(said).toMatchObject({ callKey, answer: 'granted', queue: 'sales' });
  await story.until('queue_entered', (event) => event.queue === 'sales');
  known(await pbx.setMember({ queue: 'sales', extension: '1002', paused: false, pauseReason: '' }));
  await answer(phones[1], callKey);
  await untilRecorded('1002');
  const [row] = await database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  const { body } = await alice.ask('GET', `/contacts/${row?.id ?? ''}`);
  expect((body as Contact).consentFacts).toMatchObject([
    { kind: 'asked', how: 'keypad' },
    { kind: 'granted', how: 'keypad' },
  ]);
}, 60_000);
