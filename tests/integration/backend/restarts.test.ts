import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentStateName } from '../../../src/shared/domain/agent/agent.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import {
  startDatabaseServer,
  type DatabaseServer,
  type FreshDatabase,
} from '../../support/database.ts';
import { createScriptedPbx, type ScriptedPbx } from '../../support/scripted-pbx.ts';

/** A restart of the backend or of the PBX while an agent is in each of the states. */

type State = Exclude<AgentStateName, 'offline'>;

let server: DatabaseServer;
let fresh: FreshDatabase;
let pbx: ScriptedPbx;
let backend: TestBackend;
let alice: Client;
let callKey: string;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  fresh = await server.fresh();
  pbx = createScriptedPbx();
  backend = await startBackend(fresh.database, { pbx });
  alice = await backend.signIn('alice');
  callKey = randomUUID();
});
afterEach(() => backend.stop());

const leg = () => ({ callKey, extension: '1001' });
const offered = () => {
  const remote = { queue: 'support', remoteNumber: '+13035550123', remoteName: '' };
  pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg(), ...remote });
};
const answered = () => {
  pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg() });
};

/** What the PBX still has of the call, told anew as its adapter does after a restart of the backend. */
const told: Record<State, readonly (() => void)[]> = {
  not_ready: [],
  ready: [],
  reserved: [offered],
  engaged: [offered, answered],
  wrap_up: [],
};

const stateOf = async (): Promise<unknown> =>
  (
    await fresh.database.query<{ readonly state: { readonly state: string } }>(
      'SELECT state FROM agent_state_log WHERE agent_id = $1 ORDER BY revision DESC LIMIT 1',
      [people.alice.id],
    )
  )[0]?.state.state;

const bring = async (to: State): Promise<void> => {
  if (to === 'not_ready') return;
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  if (to === 'ready') return;
  offered();
  if (to !== 'reserved') answered();
  if (to === 'wrap_up') {
    pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg(), answered: true, cause: 16 });
    pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  }
  await until(async () => (await stateOf()) === to);
  await backend.backend.idle();
};

const pauseReason = (): string | undefined => {
  const member = pbx.membership.get('support 1001');
  return member?.paused === false ? 'ready' : member?.pauseReason;
};
const pausedAs: Record<State, string> = {
  not_ready: 'signed_in',
  ready: 'ready',
  reserved: 'reserved',
  engaged: 'engaged',
  wrap_up: 'wrap_up',
};

/** Somebody else's hand in the queues while nobody looked. */
const disturb = async (state: State): Promise<void> => {
  const paused = state === 'ready';
  await pbx.setMember({ queue: 'support', extension: '1001', paused, pauseReason: '' });
};

const states: readonly State[] = ['not_ready', 'ready', 'reserved', 'engaged', 'wrap_up'];

test.each(states)(
  'the backend restarts while the agent is %s: the agent stays so, and so do the queues',
  async (state) => {
    await bring(state);
    await backend.backend.idle();
    await backend.backend.app.close();
    await disturb(state);
    backend = await startBackend(fresh.database, { pbx });
    for (const tell of told[state]) tell();
    await until(() => pauseReason() === pausedAs[state]);
    await backend.backend.idle();
    expect(await stateOf()).toBe(state);
  },
);

/** Calls do not outlive the PBX: the wrap-up of one that was answered is owed all the same. */
const afterwards: Record<State, State> = {
  not_ready: 'not_ready',
  ready: 'ready',
  reserved: 'ready',
  engaged: 'wrap_up',
  wrap_up: 'wrap_up',
};

test.each(states)(
  'the PBX restarts while the agent is %s: the queues are made anew as the agent stands',
  async (state) => {
    await bring(state);
    pbx.goAway('restarted');
    pbx.forgetMembers();
    if (told[state].length > 0) {
      const end = { answered: state === 'engaged', cause: null };
      pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg(), ...end });
      pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
    }
    pbx.comeBack();
    await until(() => pauseReason() === pausedAs[afterwards[state]]);
    expect(await stateOf()).toBe(afterwards[state]);
  },
);
