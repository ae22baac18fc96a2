import type { NotedSeconds } from '../../../shared/domain/line-quality/call-notes.ts';
import { changed, talking } from './calls.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** What is wrong with the agent's voice. */

const wrong = (now: number, word: NotedSeconds): Scene => {
  const call = word === 'muted_talking' ? changed(talking(now), 'mute', now) : talking(now);
  const scene = talkingScene(now, { consent: { state: 'granted', at: now } }, call);
  return { ...scene, phone: { ...scene.phone, voice: { callId: call.callId, word } } };
};

export const voiceScenes = {
  'in-call-muted-talking': (now) => wrong(now, 'muted_talking'),
  'in-call-silent': (now) => wrong(now, 'silent'),
  'in-call-low': (now) => wrong(now, 'low'),
  'strip-silent': (now) => wrong(now, 'silent'),
} satisfies Record<string, (now: number) => Scene>;
