import type { Capabilities } from '../../../shared/api/records.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { talking } from './calls.ts';
import { consentOf } from './consent-scenes.ts';
import { deskFixture } from './desk-fixture.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** Desks at a plain SIP service: no queues, no recording, nobody who calls on request. */

const plainDesk = (
  now: number,
  more: Partial<Capabilities> = {},
): Pick<DeskSnapshot, 'pbx' | 'session'> => {
  const { session } = deskFixture(now);
  const none = { queues: false, recording: false, demoCustomers: false, parking: false, ...more };
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
  /** The service is told to record, and nobody can make it. */
  'plain-recording': (now) => {
    const card = {
      queue: null,
      consent: consentOf({ state: 'granted', at: now - 20_000 }),
      recording: { state: 'by_service', wanted: true },
    } as const;
    const scene = talkingScene(now, card, { ...talking(now), queue: null });
    return { ...scene, desk: { ...scene.desk, ...plainDesk(now, { recordingByService: true }) } };
  },
  'plain-no-account': (now) => ({
    desk: { ...plainDesk(now), sipProblem: 'no_account' },
    phone: { registration: { state: 'unregistered' } },
  }),
} satisfies Record<string, (now: number) => Scene>;
