import { callBackScenes } from './call-back-scenes.ts';
import type { DeskSnapshot, SessionView } from '../../../shared/ipc/desk.ts';
import { changed, dialing, ended, ringing, talking } from './calls.ts';
import { checkScenes } from './check-scenes.ts';
import { consentScenes } from './consent-scenes.ts';
import { deskFixture, phoneFixture } from './desk-fixture.ts';
import { desktopScenes } from './desktop-scenes.ts';
import { deviceScenes } from './device-scenes.ts';
import { favourites } from './history.ts';
import { directoryScenes } from './directory-scenes.ts';
import { elsewhereScenes } from './elsewhere-scenes.ts';
import { floorScenes } from './floor-scenes.ts';
import { guidanceScenes } from './guidance.ts';
import { helpScenes } from './help-scenes.ts';
import { surveyScenes } from './survey-scenes.ts';
import { incomingScenes } from './incoming-scenes.ts';
import { ledgerScenes } from './ledger-scenes.ts';
import { listeningScenes } from './listening-scenes.ts';
import { missedScenes } from './missed-scenes.ts';
import { candidates, cardOf } from './people.ts';
import { paymentScenes } from './payment-scenes.ts';
import { plainSipScenes } from './plain-sip-scenes.ts';
import { headsetScenes } from './headset-scenes.ts';
import { rescueScenes } from './rescue-scenes.ts';
import { voiceScenes } from './voice-scenes.ts';
import { wrapUpScenes } from './wrap-up-scenes.ts';
import {
  engaged,
  exact,
  reserved,
  ringingScene,
  talkingScene,
  wrapUpScene,
  type Scene,
} from './scene-makers.ts';
import { reportScenes } from './report-scenes.ts';
import { shiftScenes } from './shift-scenes.ts';
import { severalScenes } from './several-scenes.ts';
import { supervisionScenes } from './supervision-scenes.ts';
import { stateScenes } from './state-scenes.ts';

const demoUsers = ['Ana Ferreira', 'Tom Okafor', 'Lucía Prado'].map((name, index) => ({
  username: name.split(' ')[0]?.toLowerCase() ?? '',
  name,
  role: index === 2 ? ('supervisor' as const) : ('agent' as const),
  password: `demo-${String(1001 + index)}`,
  extension: String(1001 + index),
}));

const signedInFixture = (
  now: number,
  part: Partial<Extract<SessionView, { state: 'signed_in' }>>,
): SessionView => {
  const { session } = deskFixture(now);
  return session.state === 'signed_in' ? { ...session, ...part } : session;
};

const signedOut = (part: Partial<DeskSnapshot> = {}, why: 'signed_in_elsewhere' | null = null) =>
  ({
    desk: {
      session: { state: 'signed_out', why, demoUsers },
      agent: null,
      today: null,
      ...part,
    },
  }) satisfies Scene;

export const scenes = {
  'sign-in': () => signedOut(),
  'sign-in-plain': () => ({
    desk: {
      session: { state: 'signed_out', why: null, demoUsers: null },
      agent: null,
      today: null,
    },
  }),
  'sign-in-away': (now) =>
    signedOut({ backend: { state: 'away', why: 'ECONNREFUSED', since: now - 40_000 } }, null),
  'sign-in-elsewhere': () => signedOut({}, 'signed_in_elsewhere'),
  'sign-in-notices': () => signedOut({ notices: ['settings_reset', 'journal_reset'] }),
  'sign-in-unset': () =>
    signedOut({ backendUrl: '', backend: { state: 'away', why: 'no address', since: 0 } }),
  idle: () => ({}),
  notices: () => ({
    desk: { notices: ['settings_reset', 'settings_not_saved', 'journal_reset'] },
  }),
  'customers-calling': (now) => ({
    desk: { session: signedInFixture(now, { demoEverySeconds: 90 }) },
  }),
  voicemail: () => ({ phone: { voicemail: { newMessages: 2, oldMessages: 5 } } }),
  parked: (now) => ({
    desk: {
      parked: [
        {
          callKey: 'parked-1',
          slot: '701',
          queue: 'support',
          name: 'Marta Villanueva Ortega',
          number: '+34 612 88 40 17',
          parkedBy: 'Tom Okafor',
          since: now - 73_000,
        },
        {
          callKey: 'parked-2',
          slot: '702',
          queue: null,
          name: '',
          number: '+45 32 12 99 80',
          parkedBy: 'Ana Ferreira',
          since: now - 12_000,
        },
      ],
    },
  }),
  favourites: (now) => ({ desk: { session: signedInFixture(now, { favourites }) } }),
  'in-call-favourites': (now) => {
    const scene = talkingScene(now, {});
    return { ...scene, desk: { ...scene.desk, session: signedInFixture(now, { favourites }) } };
  },
  'not-ready': (now) => ({
    desk: {
      agent: {
        state: { state: 'not_ready', reason: 'lunch' },
        since: now - 31_000,
        doNotDisturb: false,
        revision: 3,
      },
    },
  }),
  unreachable: (now) => ({
    desk: { keyConflicts: [{ name: 'answer', why: 'taken' }] },
    phone: {
      registration: {
        state: 'failed',
        why: 'pbx_unreachable',
        sipCode: null,
        retryAt: now + 4_000,
      },
    },
  }),
  'no-account': () => ({
    desk: { sipProblem: 'pbx_away' },
    phone: { registration: { state: 'unregistered' } },
  }),
  offline: (now) => ({
    desk: {
      backend: { state: 'away', why: 'socket closed (1006)', since: now - 95_000 },
      journal: { waiting: 3, late: 3, refused: 0, problem: null },
      pbx: { state: 'disconnected', why: 'AMI closed', since: now - 95_000 },
    },
  }),
  'no-microphone': () => ({
    phone: {
      devices: {
        microphones: [],
        speakers: [],
        inUse: { microphone: null, speaker: null, ringer: null },
        problem: 'no_microphone',
      },
    },
  }),
  restarting: () => ({ desk: { engine: 'restarting' } }),
  missed: (now) => ({
    desk: {
      agent: {
        state: { state: 'not_ready', reason: 'missed_call' },
        since: now - 3_000,
        doNotDisturb: false,
        revision: 8,
      },
    },
    phone: {
      calls: [
        ended(ringing(now), now - 1_000, {
          side: 'remote',
          outcome: 'cancelled',
          sipCode: 487,
          cause: null,
        }),
      ],
    },
  }),
  ringing: (now) => ringingScene(now, exact(now)),
  'ringing-looking': (now) => ({ ...ringingScene(now, exact(now)), desk: {} }),
  'ringing-several': (now) =>
    ringingScene(
      now,
      { kind: 'several', customers: candidates },
      { remoteName: '', displayNumber: '+351 22 014 5903', remoteNumber: '+351220145903' },
    ),
  'ringing-maybe': (now) =>
    ringingScene(
      now,
      { kind: 'maybe', customers: candidates.slice(0, 1) },
      { remoteName: '', displayNumber: '220145903', remoteNumber: '220145903' },
    ),
  'ringing-unknown': (now) =>
    ringingScene(
      now,
      { kind: 'unknown' },
      { remoteName: 'JENSEN K', displayNumber: '+45 32 12 99 80', remoteNumber: '+4532129980' },
    ),
  outgoing: (now) => ({
    desk: { agent: engaged(now, dialing(now)) },
    phone: { calls: [dialing(now)] },
  }),
  'in-call': (now) => talkingScene(now, {}),
  'in-call-asked': (now) => talkingScene(now, { consent: { state: 'asked', at: now - 3_000 } }),
  'in-call-recording': (now) =>
    talkingScene(now, {
      consent: { state: 'granted', at: now - 64_000 },
      recording: { state: 'recording', since: now - 62_000 },
    }),
  'in-call-held': (now) =>
    talkingScene(
      now,
      { consent: { state: 'refused', at: now - 64_000 } },
      changed(talking(now), 'hold', now - 21_000),
    ),
  'in-call-muted': (now) =>
    talkingScene(
      now,
      { consent: { state: 'granted', at: now } },
      changed(talking(now), 'mute', now),
    ),
  'in-call-not-recorded': (now) =>
    talkingScene(now, {
      consent: { state: 'granted', at: now - 64_000 },
      recording: { state: 'failed', why: 'pbx_refused' },
    }),
  ...consentScenes,
  ...paymentScenes,
  ...headsetScenes,
  ...deviceScenes,
  ...checkScenes,
  ...voiceScenes,
  ...rescueScenes,
  ...elsewhereScenes,
  ...directoryScenes,
  'in-call-line-bad': (now) => {
    const call = talking(now);
    return {
      desk: { line: { callId: call.callId, word: 'bad', warning: 'sent_loss' } },
      phone: { calls: [call] },
    };
  },
  'in-call-deleted': (now) => talkingScene(now, { match: { kind: 'deleted' } }),
  'in-call-away': (now) => ({
    desk: {
      backend: { state: 'away', why: 'socket closed (1006)', since: now - 95_000 },
      journal: { waiting: 7, late: 7, refused: 0, problem: null },
    },
    phone: { calls: [talking(now)] },
  }),
  'wrap-up': (now) => wrapUpScene(now),
  'wrap-up-ringing': (now) => {
    const scene = wrapUpScene(now);
    const next = ringing(now, 2, { number: '+351220145903', name: '' });
    return {
      desk: {
        ...scene.desk,
        agent: reserved(now, next),
        cards: [
          ...(scene.desk.cards ?? []),
          cardOf(now, {
            callKey: next.callKey,
            match: { kind: 'several', customers: candidates },
            displayNumber: '+351 22 014 5903',
            remoteName: '',
          }),
        ],
      },
      phone: { calls: [...(scene.phone.calls ?? []), next] },
    };
  },
  'wrap-ups': (now) => {
    const scene = wrapUpScene(now);
    const live = talking(now, 2);
    return {
      desk: {
        ...scene.desk,
        agent: engaged(now, live),
        cards: [
          ...(scene.desk.cards ?? []),
          cardOf(now, {
            callKey: live.callKey,
            match: { kind: 'unknown' },
            remoteName: 'JENSEN K',
            displayNumber: '+45 32 12 99 80',
          }),
        ],
      },
      phone: { calls: [...(scene.phone.calls ?? []), live] },
    };
  },
  ...severalScenes,
  ...stateScenes,
  ...incomingScenes,
  ...missedScenes,
  ...callBackScenes,
  ...listeningScenes,
  ...guidanceScenes,
  ...helpScenes,
  ...surveyScenes,
  ...desktopScenes,
  ...plainSipScenes,
  ...wrapUpScenes,
  ...shiftScenes,
  ...ledgerScenes,
  ...supervisionScenes,
  ...reportScenes,
  ...floorScenes,
} as const satisfies Record<string, (now: number) => Scene>;

export type SceneName = keyof typeof scenes;

export const snapshotsOf = (name: SceneName, now: number) => {
  const scene: Scene = scenes[name](now);
  return {
    desk: { ...deskFixture(now), ...scene.desk },
    phone: { ...phoneFixture(now), ...scene.phone },
  };
};
