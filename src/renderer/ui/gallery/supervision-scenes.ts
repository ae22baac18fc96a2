import type { JoinRecord, JoinView } from '../../../shared/api/supervision.ts';
import { deskFixture } from './desk-fixture.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import { talkingScene, type Scene } from './scene-makers.ts';
import { talking } from './calls.ts';

/** A supervisor on an agent's call, at the supervisor's desk and at the agent's. */

const tom = { id: uuid(2), name: 'Tom Okafor', extension: '1002' };

export const supervisorSession = (now: number) => {
  const { session } = deskFixture(now);
  if (session.state !== 'signed_in') return session;
  return {
    ...session,
    user: { ...session.user, name: 'Lucía Prado', role: 'supervisor' as const },
    capabilities: { ...session.capabilities, supervision: true },
  };
};

const joinOf = (now: number, part: Partial<JoinView>): JoinView => ({
  ...{ joinId: uuid(950), state: 'running', mode: 'listen', wanted: null, agent: tom },
  ...{ callKey: 'theirs', contactId: uuid(951), queue: 'support', seen: 'now', covert: false },
  ...{ customer: 'Marta Villanueva Ortega', startedAt: now - 74_000, why: null, revision: 3 },
  ...part,
});

const joined = (now: number, part: Partial<JoinView>): Scene => ({
  desk: { session: supervisorSession(now), join: joinOf(now, part) },
  phone: {
    join: {
      joinId: uuid(950),
      state: 'connected',
      microphone: part.mode === undefined ? 'closed' : 'open',
    },
  },
});

export const supervisionScenes = {
  'join-listen': (now) => joined(now, {}),
  'join-asked': (now) => ({
    desk: { session: supervisorSession(now), join: joinOf(now, { state: 'asked' }) },
  }),
  'join-whisper': (now) => joined(now, { mode: 'whisper' }),
  'join-barge': (now) => joined(now, { mode: 'barge' }),
  'in-call-supervised': (now) => {
    const call = talking(now);
    const { desk, phone = {} } = talkingScene(now, {}, call);
    return {
      desk: {
        ...desk,
        supervisors: [
          {
            ...{ joinId: uuid(952), callKey: call.callKey, name: 'Lucía Prado' },
            ...{ mode: 'whisper' as const, since: now - 20_000 },
          },
        ],
      },
      phone,
    };
  },
} as const satisfies Record<string, (now: number) => Scene>;

const joinRecord = (now: number): JoinRecord => ({
  joinId: uuid(953),
  supervisor: { id: uuid(4), name: 'Lucía Prado' },
  agents: [{ id: uuid(1), name: 'Ana Ferreira' }],
  ...{ contactId: uuid(500), queue: 'support', startedAt: now - 3_700_000 },
  ...{ heardAt: now - 3_699_600, endedAt: now - 3_612_000, why: 'left', covert: false },
  agentSees: 'always',
  modes: [
    { mode: 'listen', at: now - 3_699_600 },
    { mode: 'whisper', at: now - 3_650_000 },
  ],
});

const done = { ok: true, value: null } as const;

/** A phone system that does at once what a supervisor asks for. */
export const supervisionHandlersOf = (bridge: MemoryBridge, now: () => number) => {
  const put = (join: JoinView | null) => {
    bridge.changeDesk({ join });
    bridge.changePhone({
      join:
        join === null
          ? null
          : {
              joinId: join.joinId,
              state: 'connected',
              microphone: join.mode === 'listen' ? 'closed' : 'open',
            },
    });
    return done;
  };
  return {
    'supervision.join': ({ mode }: { readonly mode: JoinView['mode'] }) =>
      put(joinOf(now(), { mode, startedAt: now() })),
    'supervision.mode': ({ mode }: { readonly mode: JoinView['mode'] }) =>
      put(joinOf(now(), { mode })),
    'supervision.leave': () => put(null),
    'supervision.takeOver': () => put(null),
    'supervision.dismiss': () => put(null),
    'supervision.ofContact': () => ({ ok: true as const, value: [joinRecord(now())] }),
  };
};
