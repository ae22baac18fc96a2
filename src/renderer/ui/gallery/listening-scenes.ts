import { deskFixture } from './desk-fixture.ts';
import type { Scene } from './scene-makers.ts';

export const listeningScenes = {
  /** Who scores calls: the pages of contacts and of scores offer more. */
  supervisor: (now) => {
    const { session } = deskFixture(now);
    return session.state === 'signed_in'
      ? { desk: { session: { ...session, user: { ...session.user, role: 'supervisor' } } } }
      : {};
  },
} as const satisfies Record<string, (now: number) => Scene>;
