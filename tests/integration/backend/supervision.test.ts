import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { createDatabase } from '../../../src/backend/database/database.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { withChain } from '../../../src/backend/modules/chain/chain.ts';
import type { JoinsPage, JoinView } from '../../../src/shared/api/supervision.ts';
import { startBackend, until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { quietLog, testChainKey } from '../../support/database.ts';

const bed = backendForEachTest();
let alice: Client;
let sofia: Client;

type Line = { readonly what: string; readonly [key: string]: unknown };
const chain = async (): Promise<readonly Line[]> =>
  (
    await bed.database.query<{ readonly body: string }>(
      `SELECT body FROM chain_lines WHERE topic = 'supervision' ORDER BY seq`,
    )
  ).map(({ body }) => JSON.parse(body) as Line);
const whats = async () => (await chain()).map(({ what }) => what);

const callFor = async (extension = '1001', callKey: string = randomUUID()): Promise<string> => {
  const report = { at: Date.now(), callKey, extension };
  const caller = { remoteNumber: '+13035550123', remoteName: '' };
  bed.pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...caller });
  bed.pbx.report({ kind: 'leg_answered', ...report });
  await bed.backend.idle();
  return callKey;
};

const askJoin = async (who: Client, more: object = {}) => {
  const joinId = randomUUID();
  const given = { joinId, agentId: people.alice.id, mode: 'listen', ...more };
  const { status, body } = await who.ask('POST', '/supervision', given);
  return { joinId, status, body: body as JoinView & { readonly code?: string } };
};
const setMode = (who: Client, joinId: string, mode: string) =>
  who.ask('PUT', `/supervision/${joinId}`, { mode });
const ledger = async (who: Client, query = ''): Promise<JoinsPage['joins']> =>
  ((await who.ask('GET', `/supervision${query}`)).body as JoinsPage).joins;

const setTeams = async (teams: Readonly<Record<string, string>>): Promise<void> => {
  for (const [username, team] of Object.entries(teams)) {
    await bed.database.query(
      `INSERT INTO teams (name, label, position) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`,
      [team, { en: team, es: team, pt: team }],
    );
    await bed.database.query('UPDATE users SET team = $2 WHERE username = $1', [username, team]);
  }
};
const setPlace = (place: string) =>
  bed.database.query(`UPDATE users SET place = $1 WHERE username = 'alice'`, [place]);

beforeEach(async () => {
  alice = await bed.signIn('alice');
  sofia = await bed.signIn('sofia');
});

describe('a join', () => {
  test('stands in the chain before the PBX hears of it, and each mode and the leaving too', async () => {
    const callKey = await callFor();
    const { pbx } = bed;
    const asked: (readonly string[])[] = [];
    const asIs = { ...pbx };
    const watched: Pick<Pbx, 'supervise' | 'superviseMode'> = {
      supervise: async (order) => {
        asked.push(await whats());
        return asIs.supervise(order);
      },
      superviseMode: async (joinId, mode) => {
        asked.push(await whats());
        return asIs.superviseMode(joinId, mode);
      },
    };
    Object.assign(pbx, watched);
    const { joinId, status, body } = await askJoin(sofia);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      state: 'running',
      mode: 'listen',
      callKey,
      customer: 'Nora Whitfield',
    });
    expect((await setMode(sofia, joinId, 'whisper')).body).toMatchObject({ mode: 'whisper' });
    expect((await setMode(sofia, joinId, 'barge')).body).toMatchObject({ mode: 'barge' });
    await sofia.ask('DELETE', `/supervision/${joinId}`);
    expect(asked).toEqual([['joined'], ['joined', 'mode'], ['joined', 'mode', 'mode']]);
    await bed.backend.idle();
    expect(await chain()).toMatchObject([
      {
        what: 'joined',
        joinId,
        supervisorId: people.sofia.id,
        agentId: people.alice.id,
        mode: 'listen',
      },
      { what: 'mode', mode: 'whisper' },
      { what: 'mode', mode: 'barge' },
      { what: 'left', why: 'left' },
    ]);
    expect(pbx.supervisionLog).toEqual([
      `supervise ${joinId} listen`,
      `mode ${joinId} whisper`,
      `mode ${joinId} barge`,
      `end ${joinId}`,
    ]);
    expect(await ledger(sofia)).toMatchObject([
      {
        ...{ joinId, supervisor: { id: people.sofia.id }, agents: [{ id: people.alice.id }] },
        ...{
          why: 'left',
          covert: false,
          modes: [{ mode: 'listen' }, { mode: 'whisper' }, { mode: 'barge' }],
        },
      },
    ]);
  });

  test('that the chain cannot take is never bridged', async () => {
    await callFor();
    await bed.database.query('ALTER TABLE chain_head RENAME TO chain_head_gone');
    expect((await askJoin(sofia)).status).toBe(500);
    expect(bed.pbx.supervisionLog).toEqual([]);
    await bed.database.query('ALTER TABLE chain_head_gone RENAME TO chain_head');
  });

  test('is refused to agents, to supervisors of another team, on oneself, and without a call', async () => {
    expect((await askJoin(sofia)).body.code).toBe('conflict');
    await callFor();
    const bruno = await bed.signIn('bruno');
    expect((await askJoin(bruno)).status).toBe(403);
    expect((await askJoin(sofia, { agentId: people.sofia.id })).status).toBe(403);
    expect((await askJoin(sofia, { callKey: 'another' })).body.code).toBe('conflict');
    await setTeams({ sofia: 'north', alice: 'south' });
    expect((await askJoin(sofia)).status).toBe(403);
    const { joinId, status } = await askJoin(await bed.signIn('admin'));
    expect(status).toBe(200);
    for (const who of [sofia, bruno]) {
      expect((await setMode(who, joinId, 'barge')).status).toBeGreaterThanOrEqual(403);
      await who.ask('DELETE', `/supervision/${joinId}`);
      expect(
        (await who.ask('POST', `/supervision/${joinId}/take-over`)).status,
      ).toBeGreaterThanOrEqual(403);
    }
    expect(bed.pbx.joins.get(joinId)).toMatchObject({ mode: 'listen' });
  });

  test('keeps its mode where the PBX refuses another', async () => {
    await callFor();
    const { joinId } = await askJoin(sofia);
    bed.pbx.failNextSupervision({ code: 'pbx_refused', message: 'no' });
    expect((await setMode(sofia, joinId, 'whisper')).status).toBe(409);
    const { join } = await sofia.next('join', (push) => push.join?.wanted === 'whisper');
    expect(join).toMatchObject({ mode: 'listen' });
    const last = sofia.pushes.findLast((push) => push.kind === 'join');
    expect(last).toMatchObject({ join: { mode: 'listen', wanted: null } });
    expect((await ledger(sofia))[0]?.modes).toMatchObject([{ mode: 'listen' }]);
  });

  test('whose phone does not answer is over, and nothing was heard', async () => {
    await callFor();
    bed.pbx.failNextSupervision({ code: 'no_answer', message: 'nobody there' });
    expect((await askJoin(sofia)).status).toBe(409);
    await bed.backend.idle();
    expect(await ledger(sofia)).toMatchObject([{ why: 'no_answer', heardAt: null, modes: [] }]);
  });

  test('that is left while the phone is being called leaves no line', async () => {
    await callFor();
    bed.pbx.delayMs = 100;
    const asked = askJoin(sofia);
    const { join } = await sofia.next('join');
    await sofia.ask('DELETE', `/supervision/${join?.joinId ?? ''}`);
    expect((await asked).status).toBe(409);
    await bed.backend.idle();
    expect(bed.pbx.joins.size).toBe(0);
    expect(await ledger(sofia)).toMatchObject([{ why: 'left', heardAt: null }]);
  });

  test('ends with the call, and says so to the supervisor', async () => {
    const callKey = await callFor();
    const { joinId } = await askJoin(sofia);
    bed.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
    await sofia.next('join', ({ join }) => join?.joinId === joinId && join.why === 'call_over');
    await bed.backend.idle();
    expect((await ledger(sofia))[0]).toMatchObject({ why: 'call_over' });
    expect((await chain()).at(-1)).toMatchObject({ what: 'left', why: 'call_over' });
  });

  test('of one supervisor ends when the same one joins another call', async () => {
    await bed.signIn('bruno');
    await callFor();
    await callFor('1002');
    const first = await askJoin(sofia);
    const second = await askJoin(sofia, { agentId: people.bruno.id });
    expect(second.status).toBe(200);
    expect([...bed.pbx.joins.keys()]).toEqual([second.joinId]);
    await bed.backend.idle();
    expect((await ledger(sofia)).map(({ joinId, why }) => [joinId, why])).toEqual([
      [second.joinId, null],
      [first.joinId, 'left'],
    ]);
  });

  test('of two supervisors are two, each with a mode of its own', async () => {
    await callFor();
    const admin = await bed.signIn('admin');
    const [one, other] = [await askJoin(sofia), await askJoin(admin)];
    await setMode(sofia, one.joinId, 'barge');
    await setMode(admin, other.joinId, 'whisper');
    const { supervisors } = await alice.next('supervisors', (push) =>
      push.supervisors.some(({ mode }) => mode === 'whisper'),
    );
    expect(supervisors.map(({ name, mode }) => [name, mode])).toEqual([
      ['The sofia', 'barge'],
      ['The admin', 'whisper'],
    ]);
    await sofia.ask('DELETE', `/supervision/${one.joinId}`);
    expect([...bed.pbx.joins.keys()]).toEqual([other.joinId]);
  });

  test('falls back to listening when the PBX says so', async () => {
    await callFor();
    const { joinId } = await askJoin(sofia, { mode: 'whisper' });
    bed.pbx.report({ kind: 'supervision_mode', at: Date.now(), joinId, mode: 'listen' });
    await sofia.next('join', ({ join }) => join?.mode === 'listen' && join.state === 'running');
    await vi.waitFor(async () => {
      const [kept] = await ledger(sofia);
      expect(kept?.modes.map(({ mode }) => mode)).toEqual(['whisper', 'listen']);
    }, 15_000);
  });

  test('ends when the customer is taken over', async () => {
    const callKey = await callFor();
    const { joinId } = await askJoin(sofia);
    expect((await sofia.ask('POST', `/supervision/${joinId}/take-over`)).status).toBe(204);
    expect(bed.pbx.takeOvers).toEqual([
      { callKey, agentExtension: '1001', supervisorExtension: '1010' },
    ]);
    await bed.backend.idle();
    await alice.next('supervisors', ({ takenOver }) => takenOver?.name === 'The sofia');
    expect(await whats()).toEqual(['joined', 'take_over', 'left']);
    expect((await ledger(sofia))[0]).toMatchObject({ why: 'taken_over' });
  });
});

describe('a transfer', () => {
  const handOver = (callKey: string): void => {
    const ended = { answered: true, cause: 16, extension: '1001' };
    bed.pbx.report({ kind: 'leg_ended', at: Date.now(), callKey, ...ended });
  };

  test('takes the supervisor along, who listens to the next agent', async () => {
    const bruno = await bed.signIn('bruno');
    const callKey = await callFor();
    const { joinId } = await askJoin(sofia, { mode: 'barge' });
    handOver(callKey);
    await sofia.next('join', ({ join }) => join?.state === 'moving');
    await callFor('1002', callKey);
    const { join } = await sofia.next(
      'join',
      (push) => push.join?.agent.extension === '1002' && push.join.state === 'running',
    );
    expect(join).toMatchObject({ joinId, mode: 'listen' });
    expect(bed.pbx.joins.get(joinId)).toMatchObject({ agentExtension: '1002', mode: 'listen' });
    expect(await whats()).toEqual(['joined', 'moved']);
    expect(await ledger(bruno)).toMatchObject([{ agents: [{ id: people.bruno.id }] }]);
  });

  test('to somebody of another team ends the join', async () => {
    await bed.signIn('bruno');
    await setTeams({ sofia: 'north', alice: 'north', bruno: 'south' });
    const callKey = await callFor();
    await askJoin(sofia);
    handOver(callKey);
    await callFor('1002', callKey);
    await sofia.next('join', ({ join }) => join?.why === 'moved_on');
    expect(bed.pbx.joins.size).toBe(0);
  });
});

describe('the agent', () => {
  test('sees who listens where nobody knows the law, and reads of it afterwards', async () => {
    await callFor();
    const { joinId, body } = await askJoin(sofia);
    expect(body.seen).toBe('now');
    const { supervisors } = await alice.next('supervisors', (push) => push.supervisors.length > 0);
    expect(supervisors).toMatchObject([{ joinId, name: 'The sofia', mode: 'listen' }]);
    await sofia.ask('DELETE', `/supervision/${joinId}`);
    await bed.backend.idle();
    expect(alice.pushes.findLast((push) => push.kind === 'supervisors')).toMatchObject({
      supervisors: [],
    });
    expect(await ledger(alice)).toMatchObject([{ joinId }]);
    expect(await ledger(await bed.signIn('bruno'))).toEqual([]);
    await bed.database.query(`UPDATE users SET role = 'supervisor' WHERE username = 'alice'`);
    expect(await ledger(await bed.signIn('alice')), 'of the own calls, as an agent').toHaveLength(
      1,
    );
  });

  test('reads of listening afterwards where the law of the place has it so, and sees who whispers', async () => {
    await setPlace('US-TX');
    await callFor();
    const { joinId, body } = await askJoin(sofia);
    expect(body.seen).toBe('afterwards');
    expect(await ledger(alice)).toEqual([]);
    await setMode(sofia, joinId, 'whisper');
    await alice.next('supervisors', (push) => push.supervisors[0]?.mode === 'whisper');
    await setMode(sofia, joinId, 'listen');
    expect(alice.pushes.findLast((push) => push.kind === 'supervisors')).toMatchObject({
      supervisors: [],
    });
    await sofia.ask('DELETE', `/supervision/${joinId}`);
    await bed.backend.idle();
    expect(await ledger(alice)).toHaveLength(1);
  });

  test('is told what the centre says, above the law’s default', async () => {
    const given = readCentre(JSON.stringify({ supervision: { agentSees: 'never' } }));
    if (!given.ok) throw new Error(given.why.join());
    await applyCentre(bed.database, given.value, randomUUID);
    expect(await showCentre(bed.database)).toMatchObject(given.value);
    await callFor();
    const { joinId, body } = await askJoin(sofia);
    expect(body.seen).toBe('never');
    await sofia.ask('DELETE', `/supervision/${joinId}`);
    await bed.backend.idle();
    expect(await ledger(alice)).toEqual([]);
    expect(await ledger(sofia)).toMatchObject([{ agentSees: 'never' }]);
  });
});

describe('listening unseen', () => {
  const grant = async (granted: boolean) =>
    (await bed.signIn('admin')).ask('PUT', `/agents/${people.sofia.id}/covert-listening`, {
      granted,
    });

  test('takes a right that an administrator gave, which is audited, and a place that allows it', async () => {
    await callFor();
    const covert = { covert: true };
    await setPlace('US-TX');
    expect((await askJoin(sofia, covert)).status).toBe(403);
    expect(
      (await sofia.ask('PUT', `/agents/${people.sofia.id}/covert-listening`, { granted: true }))
        .status,
    ).toBe(403);
    expect((await grant(true)).status).toBe(204);
    expect(await chain()).toMatchObject([
      { what: 'covert_listening_granted', userId: people.sofia.id },
    ]);
    const audit = await bed.database.query(
      `SELECT actor FROM audit_log WHERE action = 'covert_listening_granted' AND subject = $1`,
      [people.sofia.id],
    );
    expect(audit).toEqual([{ actor: people.admin.id }]);
    await setPlace('DE');
    expect((await askJoin(sofia, covert)).status).toBe(403);
    await setPlace('US-TX');
    const { joinId, body } = await askJoin(sofia, covert);
    expect(body).toMatchObject({ seen: 'never', covert: true });
    expect((await chain()).at(-1)).toMatchObject({ what: 'joined', covert: true });
    expect(alice.pushes.findLast((push) => push.kind === 'supervisors')).toMatchObject({
      supervisors: [],
    });
    await sofia.ask('DELETE', `/supervision/${joinId}`);
    await bed.backend.idle();
    expect(await ledger(alice)).toEqual([]);
    await bed.database.query(`UPDATE users SET role = 'supervisor' WHERE username = 'alice'`);
    expect(await ledger(await bed.signIn('alice')), 'also as a supervisor').toEqual([]);
    expect(await ledger(sofia, '?covert=true')).toMatchObject([{ joinId, covert: true }]);
    await grant(false);
    expect((await askJoin(sofia, covert)).status).toBe(403);
  });

  test('ends with the first word: whoever hears a supervisor is told who it is', async () => {
    await setPlace('US-TX');
    await grant(true);
    await callFor();
    expect((await askJoin(sofia, { covert: true, mode: 'barge' })).status).toBe(400);
    const { joinId } = await askJoin(sofia, { covert: true });
    await setMode(sofia, joinId, 'whisper');
    await alice.next('supervisors', (push) => push.supervisors[0]?.joinId === joinId);
    expect(await ledger(alice)).toMatchObject([{ joinId }]);
  });
});

describe('after a restart', () => {
  test('of the PBX every join is over', async () => {
    await callFor();
    await askJoin(sofia);
    bed.pbx.goAway('restarted');
    bed.pbx.forgetJoins();
    bed.pbx.comeBack();
    await sofia.next('join', ({ join }) => join?.why === 'pbx_away');
    await bed.backend.idle();
    expect(await ledger(sofia)).toMatchObject([{ why: 'pbx_away' }]);
  });

  test('of the backend a join goes on, one without a line is over, and a line without a join is ended', async () => {
    await callFor();
    const { joinId } = await askJoin(sofia, { mode: 'whisper' });
    const stranger = randomUUID();
    const line = {
      supervisorExtension: '1010',
      agentExtension: '1001',
      callKey: 'x',
      mode: 'listen',
    } as const;
    await bed.pbx.supervise({ joinId: stranger, ...line });
    const lost = randomUUID();
    await bed.database.query(
      `INSERT INTO supervision_joins (id, supervisor_id, call_key, agent_ids, covert, agent_sees, started_at)
       VALUES ($1, $2, 'y', $3, false, 'always', 1)`,
      [lost, people.admin.id, [people.alice.id]],
    );
    const database = withChain(createDatabase(bed.databaseUrl, quietLog), testChainKey, Date.now);
    const another = await startBackend(database, { pbx: bed.pbx });
    await until(() => !bed.pbx.joins.has(stranger));
    await another.backend.idle();
    expect(bed.pbx.joins.has(joinId)).toBe(true);
    const again = await another.signIn('sofia');
    expect(again.session.desk.join).toMatchObject({ joinId, state: 'running', mode: 'whisper' });
    expect((await setMode(again, joinId, 'listen')).status).toBe(200);
    await until(async () => (await ledger(again)).some((each) => each.why === 'lost'));
    await another.stop();
  });
});

test('a supervisor whose desk is gone is on no call any more', async () => {
  await callFor();
  const { joinId } = await askJoin(sofia, { mode: 'barge' });
  sofia.close();
  await until(() => !bed.pbx.joins.has(joinId));
  await bed.backend.idle();
  expect((await chain()).at(-1)).toMatchObject({ what: 'left', why: 'phone_gone' });
});
