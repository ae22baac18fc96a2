import type { DeskSurvey } from '../../../shared/api/surveys.ts';
import { deskFixture } from './desk-fixture.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { talkingScene, wrapUpScene, type Scene } from './scene-makers.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

/** Calls of a queue whose customers are asked what they think. */

const surveyed = (now: number, scene: Scene, way: DeskSurvey['way']): Scene => {
  const { session } = deskFixture(now);
  const surveys = [{ queue: 'support', way, kind: 'csat' as const }];
  return {
    ...scene,
    desk: {
      ...scene.desk,
      session: session.state === 'signed_in' ? { ...session, surveys } : session,
    },
  };
};

export const surveyScenes = {
  'survey-call': (now) => surveyed(now, talkingScene(now, {}), 'keypad'),
  'survey-link': (now) => surveyed(now, wrapUpScene(now), 'link'),
} as const satisfies Record<string, (now: number) => Scene>;

export const surveyHandlersOf = (
  bridge: MemoryBridge,
): Pick<Handlers, Extract<keyof Handlers, `surveys.${string}`>> => ({
  'surveys.offer': (offer) => {
    bridge.changeDesk({ surveyOffers: [offer] });
    return { ok: true, value: { ...offer, rests: false } };
  },
  'surveys.link': () => ({ ok: true, value: { url: 'https://survey.example/s/0193c2f0' } }),
});
