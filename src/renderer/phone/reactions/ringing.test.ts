import { expect, test } from 'vitest';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { renderTone, tones } from '../media/tones.ts';
import { soundFor } from './ringing.ts';

const base = {
  callId: '00000000-0000-4000-8000-000000000000',
  callKey: 'k',
  direction: 'inbound',
  remote: { number: '1', name: '' },
  queue: null,
  consultFor: null,
  facts: [],
} as const;
type Call = PhoneSnapshot['calls'][number];
const offered: Call = { ...base, state: 'offered' };
const connected: Call = {
  ...base,
  state: 'connected',
  answeredAt: 1,
  hold: 'none',
  muted: false,
  transfer: null,
  conference: false,
};
const alerting = (earlyMedia: boolean): Call => ({ ...base, state: 'alerting', earlyMedia });

test.each([
  ['nothing', [], null],
  ['a call', [connected], null],
  ['an offered call', [offered], { tone: 'ring', to: 'ringer', volume: 0.4 }],
  [
    'an offered call during another',
    [connected, offered],
    { tone: 'waiting', to: 'ringer', volume: 0.4 },
  ],
  ['a dialled call that rings', [alerting(false)], { tone: 'ringback', to: 'speaker', volume: 1 }],
  ['a dialled call that the PBX lets hear', [alerting(true)], null],
])('%s sounds right', (_, calls, sound) => {
  expect(soundFor(calls, 0.4)).toEqual(sound);
});

test('a call that is told of by a tone of its own does not ring, and does once it has to', () => {
  expect(soundFor([offered], 0.4, (callId) => callId === offered.callId)).toBeNull();
  expect(soundFor([offered], 0.4, () => false)).toMatchObject({ tone: 'ring' });
});

test.each(Object.keys(tones) as (keyof typeof tones)[])('%s is audible and never clips', (name) => {
  const samples = renderTone(name);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(peak).toBeGreaterThan(0.05);
  expect(peak).toBeLessThan(1);
});
