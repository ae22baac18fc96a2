import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHandsFree, mayTurnHandsFree } from './hands-free.ts';
import { rankedFrom, withNames } from './older-choice.ts';
import { ringOutputs } from './ring-outputs.ts';

const speaker = (id: string, isDefault = false) => ({ id, label: id.toUpperCase(), isDefault });
const speakers = [speaker('desk', true), speaker('headset'), speaker('screen')];
const [desk, headset] = speakers;

test.each([
  ['at the system’s where nobody chose', {}, ['desk']],
  ['at the ringer', { ringer: headset, preferences: [headset] }, ['headset']],
  ['at a second one as well', { alsoRing: { id: 'screen', label: 'SCREEN' } }, ['desk', 'screen']],
  ['once where both are the same', { alsoRing: desk }, ['desk']],
  ['everywhere', { alsoRing: 'everywhere' }, ['desk', 'headset', 'screen']],
  [
    'everywhere while no ringer that was chosen is there',
    { preferences: [{ id: 'gone', label: 'Gone' }] },
    ['desk', 'headset', 'screen'],
  ],
  ['nowhere without any speaker', { speakers: [], ringer: null }, []],
] as const)('it rings %s', (_words, part, outputs) => {
  const usual = { speakers, ringer: desk, preferences: [], alsoRing: 'nowhere' };
  expect(ringOutputs({ ...usual, ...part } as never)).toEqual(outputs);
});

test('while there is any speaker it rings at one that is there', () => {
  const anyKnown = fc.record({
    id: fc.constantFrom('desk', 'screen', 'gone'),
    label: fc.constant(''),
  });
  fc.assert(
    fc.property(
      fc.subarray([...speakers], { minLength: 1 }),
      fc.array(anyKnown, { maxLength: 3 }),
      fc.oneof(fc.constantFrom('nowhere' as const, 'everywhere' as const), anyKnown),
      (here, preferences, alsoRing) => {
        const outputs = ringOutputs({
          speakers: here,
          ringer: here[0] ?? null,
          preferences,
          alsoRing,
        });
        expect(outputs.length).toBeGreaterThan(0);
        expect(here.map(({ id }) => id)).toEqual(expect.arrayContaining([...outputs]));
      },
    ),
  );
});

test.each([
  ['Headset (WH-1000XM4 Hands-Free AG Audio)', null, true],
  ['Auriculares (Jabra Manos libres AG Audio)', null, true],
  ['Fone de ouvido (Mãos-livres)', null, true],
  ['Headset Head Unit (HSP/HFP)', null, true],
  ['Jabra Evolve 65', 16_000, true],
  ['Jabra Evolve 65', 8_000, true],
  ['Jabra Evolve 65', 48_000, false],
  ['Jabra Evolve 65', null, false],
  ['Chspeaker', null, false],
])('%s at %s Hz is hands-free: %s', (label, rate, is) => {
  expect(isHandsFree(label, rate)).toBe(is);
});

test.each([
  ['Headset (WH-1000XM4 Hands-Free AG Audio)', true],
  ['AirPods Pro (Bluetooth)', true],
  ['Jabra Evolve2 65 (0b0e:030c)', false],
  ['Bluetooth adapter microphone', false],
])('opening %s may make it a telephone: %s', (label, is) => {
  expect(mayTurnHandsFree(label)).toBe(is);
});

test('a choice of an earlier version is taken over by its id, and named once its device is seen', () => {
  const older = rankedFrom({ microphone: null, speaker: 'desk', ringer: 'screen' });
  expect(older).toEqual({
    microphone: [],
    speaker: [{ id: 'desk', label: '' }],
    ringer: [{ id: 'screen', label: '' }],
  });
  expect(rankedFrom('nonsense')).toEqual({ microphone: [], speaker: [], ringer: [] });
  const named = withNames(older, { microphones: [], speakers: [speaker('desk')] });
  expect(named.speaker).toEqual([{ id: 'desk', label: 'DESK' }]);
  expect(named.ringer).toEqual([{ id: 'screen', label: '' }]);
  expect(withNames(named, { microphones: [], speakers: [] })).toBe(named);
});
