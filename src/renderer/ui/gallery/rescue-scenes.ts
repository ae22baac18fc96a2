import type { CardRescue } from '../../../shared/api/rescue.ts';
import { deskFixture } from './desk-fixture.ts';
import { exact, ringingScene, wrapUpScene, type Scene } from './scene-makers.ts';

/** Calls in which an agent vanished, and a machine that is about to. */

const me = (now: number): string => {
  const { session } = deskFixture(now);
  return session.state === 'signed_in' ? session.user.id : '';
};

const rescue = (now: number, part: Partial<CardRescue> = {}): CardRescue => ({
  at: now - 14_000,
  why: 'phone_failed',
  agentId: '00000000-0000-7000-8000-000000000099',
  agentName: 'Bruno Costa',
  notes:
    'Terminal drops off the Wi-Fi at closing time. Moved it to channel 6, asked for a restart.',
  taken: null,
  endedAt: null,
  ...part,
});

const brokeOff = (now: number): Scene => {
  const scene = wrapUpScene(now);
  const [card] = scene.desk.cards ?? [];
  if (card === undefined) return scene;
  const own = rescue(now, { agentId: me(now) });
  return { ...scene, desk: { ...scene.desk, cards: [{ ...card, rescue: own }] } };
};

export const rescueScenes = {
  'call-broke-off': brokeOff,
  'ringing-rescued': (now) => ringingScene(now, exact(now), { rescue: rescue(now) }),
  'battery-low': () => ({}),
} satisfies Record<string, (now: number) => Scene>;
