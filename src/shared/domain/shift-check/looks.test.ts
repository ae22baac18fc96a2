import { expect, test } from 'vitest';
import { fromDb } from '../sound/decibels.ts';
import {
  checkNotes,
  echoDb,
  isToneHeard,
  nextToneLook,
  noteLevel,
  noteLevelsDb,
  noToneLook,
} from './tone-look.ts';
import { heardVoice, nextVoiceLook, noVoiceLook, stageOf, type VoiceLook } from './voice-look.ts';
import { vpnNames } from './vpn.ts';

const sampleRate = 16_000;
const sine = (hertz: number, amplitude: number, phase = 0): number[] =>
  Array.from(
    { length: 2_048 },
    (_, index) => amplitude * Math.sin(phase + (2 * Math.PI * hertz * index) / sampleRate),
  );
const sum = (...waves: readonly (readonly number[])[]): number[] =>
  Array.from({ length: 2_048 }, (_, at) => waves.reduce((all, wave) => all + (wave[at] ?? 0), 0));

test('a note is measured at its level, beside other sound', () => {
  for (const hertz of checkNotes) {
    const level = noteLevel(sum(sine(hertz, 0.1), sine(200, 0.3)), hertz, sampleRate);
    expect(level).toBeCloseTo(0.1 / Math.SQRT2, 2);
    expect(noteLevel(sine(hertz * 1.3, 0.1), hertz, sampleRate)).toBeLessThan(0.002);
  }
});

const levelsOf = (amplitudes: readonly number[]): readonly number[] =>
  noteLevelsDb(
    sum(...checkNotes.map((hertz, note) => sine(hertz, amplitudes[note] ?? 0))),
    sampleRate,
  );
const loud = [0.01, 0.01, 0.01];
const none = [0, 0, 0];

test('two of three notes that stand out are the tone; a hum that was there before is not', () => {
  const isHeard = (during: readonly number[], before = none): boolean =>
    isToneHeard(
      nextToneLook(
        nextToneLook(noToneLook, levelsOf(before), null, 'before'),
        ...([levelsOf(during), null, 'learning'] as const),
      ),
    );
  expect(isHeard(loud)).toBe(true);
  expect(isHeard([0, 0.01, 0.01])).toBe(true);
  expect(isHeard([0, 0, 0.01])).toBe(false);
  expect(isHeard([0.000_05, 0.000_05, 0.000_05])).toBe(false);
  expect(isHeard(loud, loud)).toBe(false);
});

test('echo is what is usually sent while the notes are heard, not what is sent for a moment', () => {
  const echo = (heard: readonly number[], sent: readonly (readonly number[])[]): number | null => {
    const learnt = nextToneLook(noToneLook, levelsOf(heard), levelsOf(loud), 'learning');
    return echoDb(
      sent.reduce(
        (look, each) => nextToneLook(look, levelsOf(heard), levelsOf(each), 'known'),
        learnt,
      ),
    );
  };
  const faint = [0.001, 0.001, 0.001];
  expect(echo(loud, [loud, loud, loud])).toBeCloseTo(-43, 0);
  expect(echo(loud, [faint, loud, faint, faint, loud])).toBeCloseTo(-63, 0);
  expect(echo(loud, [none, loud, none, none])).toBe(null);
  // A headset: what is sent is somebody who whistles.
  expect(echo(none, [loud, loud, loud])).toBe(null);
});

/** Ten looks a second: the room, then what is said. */
const listened = (room: readonly number[], said: readonly number[], peakDb = -10): VoiceLook => {
  let look = noVoiceLook;
  const quiet = [...room];
  const spoken = [...said];
  while (stageOf(look) !== 'done') {
    const rmsDb = (stageOf(look) === 'quiet' ? quiet.shift() : spoken.shift()) ?? -70;
    look = nextVoiceLook(look, { rmsDb, peakDb });
  }
  return look;
};
const times = (count: number, db: number): number[] => Array.from({ length: count }, () => db);

test('a sentence is heard over its room, and the check does not wait longer than for that', () => {
  const look = listened(times(20, -60), [...times(5, -60), ...times(60, -25)]);
  expect(heardVoice(look)).toEqual({ noiseDbfs: -60, speechDbfs: -25, clippedPercent: 0 });
  expect(look.asked).toBe(25);
});

test('who says nothing is waited for eight seconds; a click is no voice', () => {
  const look = listened(times(20, -60), [...times(3, -20)]);
  expect(look.asked).toBe(80);
  expect(heardVoice(look).speechDbfs).toBe(null);
});

test('a cough in the quiet is not the room, and the opening of the microphone is not either', () => {
  const room = [...times(5, -5), ...times(4, -12), ...times(11, -58)];
  expect(heardVoice(listened(room, times(30, -24))).noiseDbfs).toBeCloseTo(-58);
});

test('a voice that touches full scale is clipped', () => {
  expect(heardVoice(listened(times(20, -60), times(30, -6), 0)).clippedPercent).toBe(100);
  expect(fromDb(0)).toBe(1);
});

test('tunnels are told by their names, and those that carry only addresses of the link are none', () => {
  const at = (address: string) => [{ address }];
  expect(
    vpnNames({
      lo: at('127.0.0.1'),
      enp3s0: at('192.168.1.20'),
      docker0: at('172.17.0.1'),
      utun3: at('fe80::1'),
      utun5: at('10.8.0.2'),
      wg0: at('10.9.0.2'),
      'Ethernet 2': at('10.0.0.4'),
      'Cisco AnyConnect Virtual Miniport Adapter': at('10.1.0.9'),
      'Wi-Fi': at('192.168.1.21'),
      tun1: undefined,
    }),
  ).toEqual(['utun5', 'wg0', 'Cisco AnyConnect Virtual Miniport Adapter']);
});
