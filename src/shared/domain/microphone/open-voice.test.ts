import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  nextOpenVoice,
  noVoice,
  pausedVoice,
  wantsProof,
  type OpenVoice,
  type OpenWord,
  type SentLook,
} from './open-voice.ts';
import { looksPerSecond } from './sound-look.ts';

const level = (db: number): number => 10 ** (db / 20);

/** What a microphone does, apart from what is asked of it. */
type Sound = {
  readonly sentDb: number | null;
  /** Whether the device itself delivers anything. */
  readonly raw: boolean;
  readonly mutedBySystem?: boolean;
};

const voice: Sound = { sentDb: -14, raw: true };
/** Noise suppression leaves nothing of it. */
const quietRoom: Sound = { sentDb: null, raw: true };
const dead: Sound = { sentDb: null, raw: false };

/** A look as the engine takes it: the device itself only when that is asked for. */
const look = (state: OpenVoice, sound: Sound): SentLook => ({
  peak: sound.sentDb === null ? 0 : level(sound.sentDb),
  alive: sound.sentDb !== null,
  mutedBySystem: sound.mutedBySystem ?? false,
  raw: wantsProof(state) ? (sound.raw ? 'sound' : 'nothing') : 'unknown',
});

const follow = (sounds: readonly Sound[], from: OpenVoice = noVoice) => {
  const words: (OpenWord | null)[] = [];
  let proofs = 0;
  let state = from;
  for (const sound of sounds) {
    if (wantsProof(state)) proofs += 1;
    state = nextOpenVoice(state, look(state, sound));
    words.push(state.word);
  }
  return { words, state, proofs };
};

const during = (seconds: number, sound: Sound): readonly Sound[] =>
  Array.from({ length: Math.round(seconds * looksPerSecond) }, () => sound);
/** Words and the gaps between them. */
const speech = (seconds: number, db: number): readonly Sound[] =>
  Array.from({ length: Math.round(seconds * looksPerSecond) }, (_, index) => ({
    sentDb: index % 4 === 3 ? -62 : db + (index % 3),
    raw: true,
  }));

const firstAt = (words: readonly (OpenWord | null)[], word: OpenWord): number =>
  words.indexOf(word) / looksPerSecond;

test('a dead microphone is told of within five seconds, one that was heard before within nine', () => {
  expect(firstAt(follow(during(20, dead)).words, 'silent')).toBeLessThanOrEqual(5);
  const { state } = follow(speech(10, -14));
  const later = firstAt(follow(during(20, dead), state).words, 'silent');
  expect(later).toBeGreaterThan(5);
  expect(later).toBeLessThanOrEqual(9);
});

test('a voice takes the word back at once', () => {
  const { state } = follow(during(10, dead));
  expect(state.word).toBe('silent');
  expect(follow([voice], state).words).toEqual([null]);
});

test('whoever listens in a quiet room is never told so, and the device is looked at less and less', () => {
  const { words, proofs } = follow([...speech(5, -14), ...during(600, quietRoom)]);
  expect(words).not.toContain('silent');
  // Each time for less than two seconds.
  expect(proofs).toBeLessThan(30 * 1.6 * looksPerSecond);
});

test('a headset that sends nothing between words is waited for longer each time', () => {
  let { state } = follow(speech(5, -14));
  const waited: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const silent = follow(during(100, dead), state);
    waited.push(firstAt(silent.words, 'silent'));
    ({ state } = follow(speech(2, -14), silent.state));
  }
  const [first = 0, second = 0, third = 0] = waited;
  expect(second).toBeGreaterThan(1.8 * first);
  expect(third).toBeGreaterThan(1.8 * second);
});

test("the system's own mute comes before everything else, and goes with it", () => {
  const muted = { ...dead, mutedBySystem: true };
  const { words, state } = follow(during(12, muted));
  expect(firstAt(words, 'system_muted')).toBeLessThanOrEqual(0.4);
  expect(state.word).toBe('system_muted');
  expect(follow(during(1, voice), state).state.word).toBeNull();
});

test('a voice that clips is told of, and no more once ten seconds were clean; a knock is none', () => {
  const loud: Sound = { sentDb: 0, raw: true };
  const { words, state } = follow(during(5, loud));
  expect(firstAt(words, 'clipped')).toBeLessThanOrEqual(3);
  expect(follow(during(11, voice), state).state.word).toBeNull();
  expect(follow([...speech(3, -14), loud, loud, ...speech(3, -14)]).words).not.toContain('clipped');
});

test('a faint voice is told of once it lasts; beside a clear one the faint ones are others in the room', () => {
  const faint = follow(speech(30, -45));
  expect(firstAt(faint.words, 'low')).toBeLessThanOrEqual(20);
  expect(follow([voice], faint.state).words).toEqual([null]);
  expect(follow([...speech(3, -14), ...speech(300, -45)]).words).not.toContain('low');
});

test('steady noise is no voice, however long', () => {
  for (const db of [-58, -45, -35]) {
    expect(follow(during(120, { sentDb: db, raw: true })).words).not.toContain('low');
  }
});

test('after a pause what was counted begins anew', () => {
  const { state } = follow([...speech(5, -14), ...during(7, dead)]);
  const { words } = follow(during(7, dead), pausedVoice(state));
  expect(words).not.toContain('silent');
});

const anySound = fc.record({
  sentDb: fc.oneof(fc.constant(null), fc.double({ min: -90, max: 0, noNaN: true })),
  raw: fc.boolean(),
  mutedBySystem: fc.boolean(),
});
const stretches = fc
  .array(fc.tuple(fc.double({ min: 0.2, max: 15, noNaN: true }), anySound), { maxLength: 12 })
  .map((parts) => parts.flatMap(([seconds, sound]) => [...during(seconds, sound)]));

test('whatever comes: silence is told only of a microphone that sends nothing and delivers nothing', () => {
  fc.assert(
    fc.property(stretches, (sounds) => {
      const { words } = follow(sounds);
      words.forEach((word, at) => {
        const sound = sounds[at];
        if (word === 'silent') expect(sound).toMatchObject({ sentDb: null, raw: false });
        if (word === 'system_muted') expect(sound).toMatchObject({ mutedBySystem: true });
        if (word === 'low') expect(sound?.sentDb ?? -90).toBeLessThan(-34);
      });
      // With a device that delivers, silence is never told.
      const alive = sounds.map((sound) => ({ ...sound, raw: true }));
      expect(follow(alive).words).not.toContain('silent');
    }),
  );
});

test('whatever came before: a microphone that is dead for good is told of', () => {
  fc.assert(
    fc.property(stretches, (sounds) => {
      const { state } = follow(sounds);
      expect(follow(during(140, dead), state).state.word).toBe('silent');
    }),
  );
});
