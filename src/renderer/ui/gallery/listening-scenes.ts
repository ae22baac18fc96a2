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
  /** An agent to whom a supervisor has written and who has not read it. */
  coached: () => ({ desk: { coaching: { unread: 2 } } }),
} as const satisfies Record<string, (now: number) => Scene>;
