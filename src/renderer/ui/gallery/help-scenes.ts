import type { HandView } from '../../../shared/api/help.ts';
import { talking } from './calls.ts';
import { deskFixture } from './desk-fixture.ts';
import { handOf, handsOf, helpedOf, helpPages, lucia, memosOf } from './help-fixtures.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

const signedIn = (now: number, part: object) => {
  const { session } = deskFixture(now);
  return session.state === 'signed_in' ? { ...session, helpPages, ...part } : session;
};

const inCall = (now: number, handIn: (callKey: string) => HandView): Scene => {
  const call = talking(now);
  const scene = talkingScene(now, {}, call);
  return {
    ...scene,
    desk: { ...scene.desk, session: signedIn(now, {}), hands: [handIn(call.callKey)] },
  };
};

export const helpScenes = {
  'help-raised': (now) => inCall(now, (callKey) => handOf(now, { callKey })),
  'help-taken': (now) => inCall(now, (callKey) => helpedOf(now, { callKey })),
  /** A supervisor whom two agents ask, with one of them at hand. */
  'help-asked': (now) => ({
    desk: {
      session: signedIn(now, {
        user: { ...lucia, username: 'lucia', role: 'supervisor', extension: '1003' },
      }),
      hands: handsOf(now),
    },
  }),
  memos: (now) => ({ desk: { memos: memosOf(now) } }),
} as const satisfies Record<string, (now: number) => Scene>;
