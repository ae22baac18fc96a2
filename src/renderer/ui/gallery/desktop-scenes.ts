import type { DialRequest } from '../../../shared/ipc/desk.ts';
import { changed, ringing, talking } from './calls.ts';
import { deskFixture } from './desk-fixture.ts';
import { uuid } from './people.ts';
import {
  engaged,
  exact,
  ringingScene,
  talkingScene,
  wrapUpScene,
  type Scene,
} from './scene-makers.ts';

/** Numbers that links ask to call, and the strip of compact mode. */

const asked = (number: string, extension: string | null = null): DialRequest => ({
  id: uuid(980),
  source: 'link',
  state: 'number',
  number,
  extension,
});

const home = {
  street: '500 Congress Ave',
  unit: 'Apt 4',
  city: 'Austin',
  region: 'TX',
  postalCode: '78701',
  country: 'US',
};

const during = (now: number, dialRequest: DialRequest): Scene => {
  const scene = talkingScene(now, {});
  return { ...scene, desk: { ...scene.desk, dialRequest } };
};

export const desktopScenes = {
  'link-asks': () => ({ desk: { dialRequest: asked('+442079460958', '12') } }),
  'link-asks-in-call': (now) => during(now, asked('+34612884017')),
  'selection-asks-emergency': () => ({
    desk: { dialRequest: { ...asked('112'), source: 'selection' } },
  }),
  'update-ready': () => ({
    desk: {
      update: {
        state: 'ready',
        version: '2.4.0',
        notes:
          'Calls ring in two rooms at once.\nA headset that was pulled out is found again sooner.',
        obstacle: 'ready',
      },
    },
  }),
  'emergency-asks-place': (now) => {
    const { session } = deskFixture(now);
    return {
      desk: {
        session: session.state === 'signed_in' ? { ...session, demo: false } : session,
        emergencyPlace: { confirmed: null, latest: home, later: false },
      },
    };
  },
  'emergency-called': (now) => ({
    desk: {
      emergencies: [
        {
          callKey: 'emergency-1',
          agent: { id: uuid(2), name: 'Tom Okafor', extension: '1002' },
          number: '911',
          at: now - 12_000,
          address: home,
          isConfirmed: false,
        },
      ],
    },
  }),
  'link-refused': () => ({
    desk: {
      dialRequest: {
        id: uuid(981),
        source: 'link',
        state: 'refused',
        why: 'code',
        text: 'tel:*21*600000000#',
      },
    },
  }),
  'strip-ready': () => ({}),
  'strip-not-ready': (now) => ({
    desk: {
      agent: {
        state: { state: 'not_ready', reason: 'lunch' },
        since: now - 200_000,
        revision: 6,
        doNotDisturb: false,
      },
    },
  }),
  'strip-unreachable': () => ({
    phone: {
      registration: { state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt: null },
    },
  }),
  'strip-ringing': (now) => ringingScene(now, exact(now)),
  'strip-ringing-in-call': (now) => {
    const scene = talkingScene(now, {});
    return {
      ...scene,
      phone: {
        calls: [talking(now), ringing(now, 9, { number: '+4930901820', name: '' })],
      },
    };
  },
  'strip-talking': (now) => talkingScene(now, {}),
  'strip-held-muted': (now) => {
    const call = changed(changed(talking(now), 'mute', now), 'hold', now - 23_000);
    return {
      ...talkingScene(now, {}, call),
      desk: { ...talkingScene(now, {}, call).desk, agent: engaged(now, call) },
    };
  },
  'strip-wrap-up': (now) => wrapUpScene(now),
  'strip-asks': () => ({ desk: { dialRequest: asked('+442079460958') } }),
} satisfies Record<string, (now: number) => Scene>;
