import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextMutedVoice, noMutedVoice, type HeardLook, type MutedVoice } from './muted-voice.ts';
import { looksPerSecond } from './sound-look.ts';

const level = (db: number): number => 10 ** (db / 20);
const heard = (rmsDb: number, crestDb = 13): HeardLook => ({
  rms: level(rmsDb),
  peak: Math.min(1, level(rmsDb + crestDb)),
});

const room = heard(-70);
const during = (seconds: number, look: HeardLook): readonly HeardLook[] =>
  Array.from({ length: Math.round(seconds * looksPerSecond) }, () => look);
/** A word, a gap, as people speak. */
const speech = (seconds: number, rmsDb = -26): readonly HeardLook[] =>
  Array.from({ length: Math.round(seconds * looksPerSecond) }, (_, index) =>
    index % 5 === 4 ? heard(-55) : heard(rmsDb + (index % 3)),
  );

const follow = (
  looks: readonly HeardLook[],
  ownDb: number | null = null,
  from: MutedVoice = noMutedVoice,
) => {
  const talking: boolean[] = [];
  let state = from;
  for (const look of looks) {
    state = nextMutedVoice(state, look, ownDb);
    talking.push(state.talking);
  }
  return { talking, state };
};

test('who talks is told within two seconds, and no longer three seconds after the last word', () => {
  const { talking, state } = follow([...during(2, room), ...speech(4)], -12);
  expect(talking.indexOf(true) / looksPerSecond).toBeLessThanOrEqual(2 + 2);
  expect(state.talking).toBe(true);
  expect(follow(during(2, room), -12, state).state.talking).toBe(true);
  expect(follow(during(3.2, room), -12, state).state.talking).toBe(false);
});

test('who talks from the moment of the mute on is told as well', () => {
  expect(follow(speech(4), -12).state.talking).toBe(true);
});

test('a cough, keys, steady noise and the voices of others are not taken for it', () => {
  const cough = [...during(2, room), ...during(0.6, heard(-18)), ...during(2, room)];
  expect(follow(cough).talking).not.toContain(true);
  const typing = during(10, heard(-34, 24));
  expect(follow([...during(1, room), ...typing]).talking).not.toContain(true);
  expect(follow(during(30, heard(-38))).talking).not.toContain(true);
  const neighbour = [...during(2, room), ...speech(20, -40)];
  expect(follow(neighbour, -10).talking).not.toContain(true);
});

const anyLook = fc
  .tuple(
    fc.double({ min: -100, max: -3, noNaN: true }),
    fc.double({ min: 3, max: 30, noNaN: true }),
  )
  .map(([rmsDb, crestDb]) => heard(rmsDb, crestDb));

test('whatever is heard: nothing is told of less than a second of it, nor of anything faint', () => {
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: looksPerSecond }), (looks) => {
      const { talking } = follow([...during(3, room), ...looks, ...during(5, room)]);
      expect(talking).not.toContain(true);
    }),
  );
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: 200 }), (looks) => {
      const faint = looks.map(({ rms, peak }) => ({ rms: Math.min(rms, level(-46.5)), peak }));
      expect(follow(faint).talking).not.toContain(true);
    }),
  );
});

test('whatever was heard: three quiet seconds end it', () => {
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: 200 }), (looks) => {
      const { state } = follow(looks);
      expect(follow(during(3.2, heard(-90)), null, state).state.talking).toBe(false);
    }),
  );
});
