import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';
import type { ScriptedPbx } from '../../support/scripted-pbx.ts';
import { startAsteriskUnderTest, test, type AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo, type PbxStory } from './pbx-story.ts';

/** The whole way from a state to the queue of a real PBX, as another listener of the PBX sees it. */

let server: DatabaseServer;
let asterisk: AsteriskUnderTest;
let observer: Pbx;
let story: PbxStory;
let backend: TestBackend;
let alice: Client;

beforeAll(async () => {
  [server, asterisk] = await Promise.all([
    startDatabaseServer(makeCentre),
    startAsteriskUnderTest(),
  ]);
  observer = asterisk.adapter();
  story = listenTo(observer);
  observer.start();
  await story.until('connected');
  const { database } = await server.fresh();
  // The backend asks nothing of it that a scripted one has and this one lacks.
  backend = await startBackend(database, { pbx: asterisk.adapter() as ScriptedPbx });
  alice = await backend.signIn('alice');
});

afterAll(async () => {
  await backend.stop();
  await backend.pbx.stop();
  await observer.stop();
  await asterisk.stop();
  await server.stop();
});

const wish = (kind: 'ready' | 'not_ready', who = alice) =>
  who.ask('PUT', '/agent/wish', {
    wish: kind === 'ready' ? { kind } : { kind, reason: 'lunch' },
  });

/** How Alice stood in a queue, in the order in which the PBX told of it. */
const toldOf = (queue: string): readonly string[] =>
  story.events().flatMap((event) => {
    if (event.kind === 'member_removed' && event.queue === queue) return ['out'];
    if (event.kind !== 'member_changed' || event.member.queue !== queue) return [];
    const { paused, pauseReason } = event.member;
    return [paused ? pauseReason : 'ready'];
  });

/** Without what the PBX says twice. */
const steps = (queue: string): readonly string[] =>
  toldOf(queue).filter((step, at, all) => step !== all[at - 1]);

const untilStands = (as: string): Promise<void> =>
  until(() => ['support', 'sales'].every((queue) => steps(queue).at(-1) === as));

test('the queues of the PBX follow every state of the agent, in order and with the reason', async () => {
  await untilStands('signed_in');
  await wish('ready');
  await untilStands('ready');
  const call = wholeCall(randomUUID(), Date.now());
  const journal = createJournal(people.alice.id);
  const send = (fact: Parameters<typeof ledger>[0]) =>
    alice.ask('POST', '/events', { events: [journal.event(ledger(fact))] });
  await send(call.offered);
  await untilStands('reserved');
  await send(call.answered);
  await untilStands('engaged');
  await send(call.ended);
  await untilStands('wrap_up');
  await send(call.wrapUp);
  await untilStands('ready');
  const sofia = await backend.signIn('sofia');
  await sofia.ask('PUT', `/agents/${people.alice.id}/state`, { state: 'not_ready' });
  await untilStands('set_by_supervisor');
  await alice.ask('DELETE', '/session');
  await untilStands('out');
  for (const queue of ['support', 'sales']) {
    expect(steps(queue)).toEqual([
      'signed_in',
      'ready',
      'reserved',
      'engaged',
      'wrap_up',
      'ready',
      'set_by_supervisor',
      'out',
    ]);
  }
});

test('a PBX that was killed stands afterwards as the agents do, also where they changed meanwhile', async () => {
  alice = await backend.signIn('alice');
  await wish('ready');
  await untilStands('ready');
  await asterisk.kill();
  await alice.next('pbx', ({ pbx }) => pbx.state === 'disconnected');
  expect(await wish('not_ready')).toMatchObject({ status: 200 });
  await asterisk.start();
  // Asked for, not waited for: this listener may be back later than the backend, and then hears of no change.
  const reasons = async () => {
    const members = await observer.members();
    return members.ok ? members.value.map(({ pauseReason }) => pauseReason) : [];
  };
  await until(async () => (await reasons()).join() === 'lunch,lunch');
});

test('what somebody changes at the PBX itself is put right', async () => {
  await asterisk.cli('queue unpause member PJSIP/1001 queue support');
  await until(() => toldOf('support').at(-1) === 'ready');
  await until(() => toldOf('support').at(-1) === 'lunch');
});
