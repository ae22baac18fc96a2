import { expect, test } from 'vitest';
import { judgeTone } from '../../../src/shared/domain/shift-check/tone-look.ts';
import { hasVoices, spokenAt16, voices } from '../../bench/headset/material.ts';
import { looksAt, toldAt, tune } from '../../support/shift-notes.ts';

/** The notes of the shift-start check and voices of people. */

const seconds = 120;
/** Some hundred thousand frequencies are looked for. */
const timeout = 120_000;

test.skipIf(!hasVoices())(
  'no voice is taken for the notes, and under one they are heard',
  { timeout },
  () => {
    for (const voice of voices) {
      const speech = spokenAt16(voice, seconds);
      const looks = looksAt(speech);
      let [tried, under, heardUnder] = [0, 0, 0];
      for (let at = toldAt; at < seconds - 5; at += 0.31) {
        const near = looks.filter((look) => look.from >= at - toldAt && look.to <= at + 3.7);
        expect(judgeTone(near, at).heard).toBe(false);
        tried += 1;
      }
      expect(tried).toBeGreaterThan(300);
      const notes = tune(toldAt, -36);
      for (let from = 0; from < seconds - 5; from += 5) {
        const first = from * 16_000;
        const both = notes.map((sample, at) => sample + (speech[first + at] ?? 0));
        under += 1;
        if (judgeTone(looksAt(both), toldAt).heard) heardUnder += 1;
      }
      expect(heardUnder / under).toBeGreaterThan(0.8);
    }
  },
);
