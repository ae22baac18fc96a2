import { expect, test } from 'vitest';
import {
  looksAt,
  noise,
  songOf,
  toldAt,
  tune,
  voice,
} from '../../../../tests/support/shift-notes.ts';
import { fromDb } from '../sound/decibels.ts';
import { checkNotes, judgeTone, noteLevels, notesAmong } from './tone-look.ts';
import { heardVoice, nextVoiceLook, noVoiceLook, stageOf, type VoiceLook } from './voice-look.ts';
import { vpnNames } from './vpn.ts';

const sampleRate = 16_000;
const sine = (hertz: number, amplitude: number): number[] =>
  Array.from(
    { length: 2_048 },
    (_, index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );
const sum = (...waves: readonly (readonly number[])[]): number[] =>
  Array.from({ length: 2_048 }, (_, at) => waves.reduce((all, wave) => all + (wave[at] ?? 0), 0));

test('a note is measured at its level, beside other sound', () => {
  checkNotes.forEach((hertz, note) => {
    const levels = noteLevels(sum(sine(hertz, 0.1), sine(200, 0.3)), sampleRate);
    expect(levels[note]).toBeCloseTo(0.1 / Math.SQRT2, 2);
    expect(noteLevels(sine(hertz * 1.3, 0.1), sampleRate)[note]).toBeLessThan(0.002);
  });
});

test('a note stands alone among its neighbours, a voice and noise do not', () => {
  const standsOut = (samples: ArrayLike<number>): readonly number[] =>
    notesAmong(samples, sampleRate).map(({ db, besideDb }) => db - besideDb);
  checkNotes.forEach((hertz, note) => {
    expect(standsOut(sine(hertz, 0.01))[note]).toBeGreaterThan(40);
    // One overtone of a low voice lies on the note, and the next ones beside it.
    for (let pitch = 80; pitch <= 150; pitch += 5) {
      const overtones = [-2, -1, 0, 1, 2].map((off) => sine(hertz + off * pitch, 0.01));
      expect(standsOut(sum(...overtones))[note]).toBeLessThan(6);
    }
  });
});

test('none of the notes is a small multiple or fraction of another, nor of the mains', () => {
  for (const one of checkNotes) {
    for (const mains of [50, 60]) {
      expect(Math.abs(one - Math.round(one / mains) * mains)).toBeGreaterThanOrEqual(15);
    }
    for (const other of checkNotes.filter((each) => each !== one)) {
      for (let times = 1; times <= 7; times += 1) {
        for (let part = 1; part <= 7; part += 1) {
          expect(Math.abs((one * times) / (other * part) - 1)).toBeGreaterThan(0.02);
        }
      }
    }
  }
});

const heardIn = (samples: Float32Array, saidAt = toldAt): boolean =>
  judgeTone(looksAt(samples), saidAt).heard;

test.each([
  ['at once', toldAt],
  ['by Bluetooth', toldAt + 0.35],
  ['before the machine was ready to say so', toldAt - 0.6],
])('notes that come back %s are heard', (_, at) => {
  expect(heardIn(tune(at, -40))).toBe(true);
});

test('notes are heard in noise, in a room that echoes, and from a speaker that is weak in the bass', () => {
  expect(heardIn(noise(-45, tune(toldAt, -50)))).toBe(true);
  const told = tune(toldAt, -40);
  const echoing = told.slice();
  // Each reflection half as strong again: 60 dB take more than half a second.
  for (const [late, share] of [
    [0.043, 0.55],
    [0.067, 0.5],
  ] as const) {
    const off = Math.round(late * sampleRate);
    for (let at = off; at < echoing.length; at += 1) {
      echoing[at] = (echoing[at] ?? 0) + share * (echoing[at - off] ?? 0);
    }
  }
  expect(heardIn(noise(-60, echoing))).toBe(true);
  expect(heardIn(noise(-60, songOf(toldAt, checkNotes, [-52, -40, -36])))).toBe(true);
});

test('all three have to be there, in their order, in both turns, and to come and go', () => {
  const [low, middle, high] = checkNotes;
  expect(heardIn(songOf(toldAt, [low, middle, 100]))).toBe(false);
  expect(heardIn(songOf(toldAt, [low, 100, high]))).toBe(false);
  expect(heardIn(songOf(toldAt, [100, middle, high]))).toBe(false);
  expect(heardIn(songOf(toldAt, [high, middle, low]))).toBe(false);
  expect(heardIn(songOf(toldAt, checkNotes, -40, 1))).toBe(false);
  expect(heardIn(tune(toldAt + 1.1, -40))).toBe(false);
  expect(heardIn(tune(toldAt, -90))).toBe(false);
  const always = new Float32Array(5 * sampleRate).map(
    (_, at) =>
      0.01 *
      checkNotes.reduce((all, hertz) => all + Math.sin((2 * Math.PI * hertz * at) / sampleRate), 0),
  );
  expect(heardIn(always)).toBe(false);
});

const slowMs = 30_000;

test(
  'no voice is taken for the notes, at whatever moment it is listened to',
  () => {
    let tried = 0;
    for (let speaker = 0; speaker < 10; speaker += 1) {
      const looks = looksAt(voice(speaker, 16));
      for (let at = 0.5; at < 12.3; at += 0.1) {
        const near = looks.filter((look) => look.from >= at - 0.5 && look.to <= at + 3.7);
        expect(judgeTone(near, at).heard).toBe(false);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(1_000);
  },
  slowMs,
);

test(
  'under a voice as loud as they are, the notes are heard',
  () => {
    const notes = tune(toldAt, -30);
    const heard = Array.from({ length: 20 }, (_, speaker) =>
      heardIn(voice(speaker, 5).map((sample, at) => sample + (notes[at] ?? 0))),
    );
    expect(heard.filter(Boolean).length).toBeGreaterThanOrEqual(16);
  },
  slowMs,
);

test('a machine that looked too seldom has heard nothing', () => {
  const looks = looksAt(tune(toldAt, -40));
  expect(judgeTone(looks, toldAt).heard).toBe(true);
  expect(
    judgeTone(
      looks.filter((_, index) => index % 4 === 0),
      toldAt,
    ).heard,
  ).toBe(false);
});

test('echo is what is usually sent while the notes are heard for the second time, not what is sent for a moment', () => {
  const looks = looksAt(tune(toldAt, -40));
  const echo = (sentDb: (at: number, look: number) => number | null): number | null =>
    judgeTone(
      looks.map((look, index) => {
        const db = sentDb(look.from, index);
        return { ...look, sent: db === null ? null : checkNotes.map(() => db) };
      }),
      toldAt,
    ).sentDb;
  expect(echo(() => -43)).toBe(-43);
  expect(echo((_, look) => (look % 3 === 0 ? -43 : -63))).toBe(-63);
  // While it was learning.
  expect(echo((at) => (at < toldAt + 1.3 ? -43 : -63))).toBe(-63);
  expect(echo((_, look) => (look % 3 === 0 ? -43 : -120))).toBe(null);
  expect(echo(() => null)).toBe(null);
  // A headset: what is sent is somebody who whistles.
  const silent = looksAt(noise(-70)).map((look) => ({ ...look, sent: [-43, -43, -43] }));
  expect(judgeTone(silent, toldAt)).toEqual({ heard: false, sentDb: null });
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
