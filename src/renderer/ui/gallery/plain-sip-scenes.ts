import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { talking } from './calls.ts';
import { deskFixture } from './desk-fixture.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** Desks at a plain SIP service: no queues, no recording, nobody who calls on request. */

const plainDesk = (now: number): Pick<DeskSnapshot, 'pbx' | 'session'> => {
  const { session } = deskFixture(now);
  const none = { queues: false, recording: false, demoCustomers: false, parking: false };
  return {
    pbx: { state: 'absent' },
    session: session.state === 'signed_in' ? { ...session, capabilities: none } : session,
  };
};

export const plainSipScenes = {
  'plain-idle': (now) => ({ desk: plainDesk(now) }),
  'plain-in-call': (now) => {
    const scene = talkingScene(now, { queue: null }, { ...talking(now), queue: null });
    return { ...scene, desk: { ...scene.desk, ...plainDesk(now) } };
  },
  'plain-no-account': (now) => ({
    desk: { ...plainDesk(now), sipProblem: 'no_account' },
    phone: { registration: { state: 'unregistered' } },
  }),
} satisfies Record<string, (now: number) => Scene>;
