import type { AgentView } from '../../../shared/api/records.ts';
import { talking } from './calls.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** What somebody else than the agent did to the agent's state, and reasons that last. */

const notReady = (reason: string, since: number, origin?: AgentView['origin']): AgentView => ({
  state: { state: 'not_ready', reason },
  since,
  doNotDisturb: false,
  revision: 6,
  ...(origin === undefined ? {} : { origin }),
});

const supervisor = { by: 'supervisor', name: 'Lucía Prado' } as const;

export const stateScenes = {
  'reason-used-up': (now) => ({
    desk: { agent: notReady('break', now - 22 * 60_000 - 5_000) },
  }),
  'set-by-supervisor': (now) => ({
    desk: { agent: notReady('set_by_supervisor', now - 40_000, supervisor) },
  }),
  'signed-out-later': (now) => {
    const call = talking(now);
    const scene = talkingScene(now, {}, call);
    const agent: AgentView = {
      state: {
        state: 'engaged',
        callKeys: [call.callKey],
        next: { kind: 'not_ready', reason: 'set_by_supervisor' },
      },
      since: now - 210_000,
      doNotDisturb: false,
      revision: 7,
      origin: { ...supervisor, leaving: true },
    };
    return { ...scene, desk: { ...scene.desk, agent } };
  },
  // Wishes to be ready, and no call could be heard.
  hindered: (now) => ({
    desk: { agent: notReady('hindered_no_media_path', now - 8_000), hindrance: 'no_media_path' },
  }),
  proving: (now) => ({
    desk: { agent: notReady('hindered_proving', now - 1_000), hindrance: 'proving' },
  }),
  'strip-hindered': (now) => ({
    desk: { agent: notReady('hindered_no_media_path', now - 8_000), hindrance: 'no_media_path' },
  }),
  'desk-was-gone': (now) => ({
    desk: { agent: notReady('app_gone', now - 15 * 60_000) },
  }),
  'sign-in-by-supervisor': () => ({
    desk: {
      session: { state: 'signed_out', why: 'by_supervisor', by: 'Lucía Prado', demoUsers: null },
      agent: null,
      today: null,
    },
  }),
} satisfies Readonly<Record<string, (now: number) => Scene>>;
