import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { ContactHands, HandView } from '../../../src/shared/api/help.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { startBackend, until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { makeTeams } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();

let alice: Client;
let sofia: Client;
beforeEach(async () => {
  await makeTeams(backend.database);
  alice = await backend.signIn('alice');
  sofia = await backend.signIn('sofia');
});

const leg = (callKey: string) => ({ callKey, extension: people.alice.extension });
const call = async (): Promise<string> => {
  const callKey = randomUUID();
  const remote = { queue: 'support', remoteNumber: '+13035550123', remoteName: '' };
  backend.pbx.report({ kind: 'queue_entered', at: Date.now(), callKey, ...remote });
  backend.pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg(callKey), ...remote });
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg(callKey) });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  return callKey;
};
const endCall = (callKey: string): void => {
  const end = { answered: true, cause: 16 };
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg(callKey), ...end });
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
};
const raise = (callKey: string, handId: string = randomUUID()) =>
  alice.ask('POST', '/hands', { handId, callKey });
const raised = async (): Promise<HandView> => (await raise(await call())).body as HandView;
const act = (who: Client, { id }: HandView, deed: string, body: object = {}) =>
  who.ask('POST', `/hands/${id}/${deed}`, body);
const write = (who: Client, hand: HandView, text: string, messageId: string = randomUUID()) =>
  act(who, hand, 'messages', { messageId, text });
const seenBy = async (who: Client, fits: (hand: HandView) => boolean): Promise<HandView> =>
  (await who.next('hand', ({ hand }) => fits(hand))).hand;
const handsOf = async (who: Client, contactId: string) =>
  ((await who.ask('GET', `/contacts/${contactId}/hands`)).body as ContactHands).hands;

test('a hand goes up with what the call is about; one takes it, both write, and all is kept', async () => {
  const hand = await raised();
  expect(hand).toMatchObject({
    agent: { name: 'The alice' },
    queue: 'support',
    who: 'Nora Whitfield',
    taken: null,
    over: null,
  });
  expect(await seenBy(sofia, ({ id }) => id === hand.id)).toEqual(hand);
  expect((await write(sofia, hand, 'Too early.')).status).toBe(409);
  expect((await act(sofia, hand, 'take', { from: null })).status).toBe(200);
  await seenBy(alice, ({ taken }) => taken?.by.name === 'The sofia');
  await write(alice, hand, ' May I refund 200? ');
  const messageId = randomUUID();
  await write(sofia, hand, 'Yes. Card 4111 1111 1111 1111 is never written.', messageId);
  await write(sofia, hand, 'Yes.', messageId);
  const written = await seenBy(alice, ({ messages }) => messages.length === 2);
  expect(written.messages.map(({ author, text }) => [author.name, text])).toEqual([
    ['The alice', 'May I refund 200?'],
    ['The sofia', expect.not.stringContaining('1111')],
  ]);
  expect((await act(sofia, hand, 'lower')).body).toMatchObject({
    over: { why: 'answered', by: { name: 'The sofia' } },
    messages: [{}, {}],
  });
  expect((await write(alice, hand, 'Thanks.')).status).toBe(409);
  expect(await handsOf(sofia, hand.contactId)).toMatchObject([{ id: hand.id, messages: [{}, {}] }]);
});

test('of two supervisors at once one has the hand, and takes it from the other only knowingly', async () => {
  const admin = await backend.signIn('admin');
  const hand = await raised();
  const answers = await Promise.all([
    act(sofia, hand, 'take', { from: null }),
    act(admin, hand, 'take', { from: null }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [first, second] = answers[0].status === 200 ? [sofia, admin] : [admin, sofia];
  const from = first.session.desk.user.id;
  expect((await act(second, hand, 'release')).status).toBe(409);
  expect((await act(second, hand, 'take', { from })).status).toBe(200);
  expect((await write(first, hand, 'Still me?')).status).toBe(409);
  expect((await act(second, hand, 'release')).body).toMatchObject({ taken: null, over: null });
});

test('a hand raised twice is one, and the agent may withdraw it and raise another', async () => {
  const callKey = await call();
  const first = (await raise(callKey)).body as HandView;
  expect((await raise(callKey)).body).toEqual(first);
  expect((await act(alice, first, 'lower')).body).toMatchObject({ over: { why: 'withdrawn' } });
  const second = (await raise(callKey)).body as HandView;
  expect(second.id).not.toBe(first.id);
  expect((await raise(randomUUID())).status).toBe(409);
  expect((await raise(callKey, first.id)).body).toEqual(second);
});

test('nobody of another team sees, takes or reads a hand, nor does an agent take one', async () => {
  const { database } = backend;
  await database.query(`UPDATE users SET role = 'supervisor' WHERE username = 'bruno'`);
  const bruno = await backend.signIn('bruno');
  const hand = await raised();
  await seenBy(sofia, ({ id }) => id === hand.id);
  for (const deed of ['take', 'release', 'lower']) {
    expect((await act(bruno, hand, deed, { from: null })).status).toBe(404);
  }
  expect((await write(bruno, hand, 'Hm.')).status).toBe(404);
  expect(await handsOf(bruno, hand.contactId)).toEqual([]);
  expect((await backend.signIn('bruno')).session.desk.hands).toEqual([]);
  expect(bruno.pushes.filter(({ kind }) => kind === 'hand')).toEqual([]);
  expect((await act(alice, hand, 'take', { from: null })).status).toBe(403);
});

test('a hand stays up through the wrap-up and goes down with it, or when the agent signs out', async () => {
  const callKey = await call();
  const hand = (await raise(callKey)).body as HandView;
  endCall(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await backend.backend.idle();
  expect((await handsOf(alice, hand.contactId))[0]?.over).toBeNull();
  await act(alice, hand, 'lower');
  const again = (await raise(callKey)).body as HandView;
  expect(again).toMatchObject({ over: null });
  await alice.ask('DELETE', '/session');
  const down = await seenBy(sofia, ({ id, over }) => id === again.id && over !== null);
  expect(down.over).toMatchObject({ why: 'signed_out', by: null });
  expect((await act(sofia, again, 'take', { from: null })).status).toBe(409);
});

test('a supervisor who comes later, and an agent whose desk is told anew, find the hand as it is', async () => {
  const hand = await raised();
  await act(sofia, hand, 'take', { from: null });
  const seen = [{ id: hand.id, taken: { by: { name: 'The sofia' } } }];
  expect((await backend.signIn('admin')).session.desk.hands).toMatchObject(seen);
  alice.forgetPushes();
  const queues = `/agents/${people.alice.id}/queues`;
  await sofia.ask('PUT', queues, { queues: ['support'], span: 'kept' });
  expect((await alice.next('desk')).desk.hands).toMatchObject(seen);
});

test('a backend that starts takes down the hands of calls that ended without it', async () => {
  const hand = await raised();
  await backend.backend.idle();
  const standing = { signedIn: false };
  await backend.database.query('UPDATE agent_standings SET standing = $1', [
    JSON.stringify(standing),
  ]);
  const other = await startBackend(backend.database);
  try {
    await until(async () => (await handsOf(sofia, hand.contactId))[0]?.over?.why === 'signed_out');
  } finally {
    await other.backend.app.close();
  }
});

test('who is erased leaves when help was asked for, and none of the words; they are handed out before', async () => {
  const callKey = await call();
  const hand = (await raise(callKey)).body as HandView;
  await write(alice, hand, 'Nora is angry.');
  const data = await readPersonalData(backend.database, customers.nora.id, [hand.contactId]);
  expect(data?.contacts).toMatchObject([{ helpMessages: ['Nora is angry.'] }]);
  endCall(callKey);
  await backend.backend.idle();
  await backend.database.query('UPDATE agent_calls SET pbx_ended_at = 1');
  expect(await eraseRecords(backend.database, customers.nora.id, [hand.contactId])).toMatchObject({
    ok: true,
    value: { helpMessages: 1 },
  });
  expect(await handsOf(alice, hand.contactId)).toMatchObject([
    { id: hand.id, messages: [{ text: '' }] },
  ]);
});

test('the pages that help are of the centre’s file, and only https', async () => {
  const help = { pages: ['https://kb.example.com/*'] };
  expect(readCentre(JSON.stringify({ help: { pages: ['http://kb.example.com/'] } }))).toEqual({
    ok: false,
    why: ['/help/pages/0 "http://kb.example.com/" is no https address'],
  });
  await applyCentre(backend.database, { help }, randomUUID);
  expect((await showCentre(backend.database)).help).toEqual(help);
  expect((await backend.signIn('alice')).session.desk.helpPages).toEqual(help.pages);
});
