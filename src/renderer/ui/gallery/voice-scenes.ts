import type { NotedSeconds } from '../../../shared/domain/line-quality/call-notes.ts';
import { changed, talking } from './calls.ts';
import { talkingScene, type Scene } from './scene-makers.ts';

/** What is wrong with the agent's voice, and with the way of it. */

const wrong = (now: number, word: NotedSeconds): Scene => {
  const call = word === 'muted_talking' ? changed(talking(now), 'mute', now) : talking(now);
  const scene = talkingScene(now, { consent: { state: 'granted', at: now } }, call);
  return { ...scene, phone: { ...scene.phone, voice: { callId: call.callId, word } } };
};

const away = { state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt: null } as const;

const cutOff = (now: number, lost: 'path' | 'signalling'): Scene => {
  const call = talking(now);
  const scene = talkingScene(now, { consent: { state: 'granted', at: now } }, call);
  const lostPaths = lost === 'path' ? [{ callId: call.callId, since: now - 4_000 }] : [];
  return { ...scene, phone: { ...scene.phone, registration: away, lostPaths } };
};

export const voiceScenes = {
  'in-call-reconnecting': (now) => cutOff(now, 'path'),
  'in-call-phone-system-away': (now) => cutOff(now, 'signalling'),
  'strip-reconnecting': (now) => cutOff(now, 'path'),
  'in-call-muted-talking': (now) => wrong(now, 'muted_talking'),
  'in-call-silent': (now) => wrong(now, 'silent'),
  'in-call-low': (now) => wrong(now, 'low'),
  'strip-silent': (now) => wrong(now, 'silent'),
} satisfies Record<string, (now: number) => Scene>;
