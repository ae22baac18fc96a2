// Makes the hold music again: node make-music.mjs  (needs ffmpeg for the G.722 encoding)
//
// Eight bars of soft electric-piano chords with a slow arpeggio, synthesised here from sine waves: nobody else has
// rights in it. The loop is seamless: what rings on at the end is folded into the beginning.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RATE_HZ = 16_000;
const BEAT_S = 60 / 76;
const BARS = [
  // Cmaj7, Am7, Fmaj7, G6 and a variation: MIDI notes, bass first
  [36, 60, 64, 67, 71],
  [45, 60, 64, 67, 69],
  [41, 57, 60, 64, 69],
  [43, 59, 62, 64, 67],
  [40, 59, 62, 64, 67],
  [45, 57, 60, 64, 67],
  [38, 57, 60, 65, 69],
  [43, 57, 59, 62, 65],
];
const length = Math.round(BARS.length * 4 * BEAT_S * RATE_HZ);
const mix = new Float64Array(length);

const hertz = (note) => 440 * 2 ** ((note - 69) / 12);

/** A struck note: three partials that fade at different speeds, the upper ones first. */
const play = (note, startS, lengthS, level) => {
  const frequency = hertz(note);
  const partials = [
    [1, 1, 1.6],
    [2, 0.28, 2.8],
    [3, 0.07, 5],
  ];
  const samples = Math.round((lengthS + 1.2) * RATE_HZ);
  const start = Math.round(startS * RATE_HZ);
  for (let i = 0; i < samples; i += 1) {
    const t = i / RATE_HZ;
    const attack = Math.min(1, t / 0.018);
    const release = t > lengthS ? Math.exp(-(t - lengthS) * 5) : 1;
    let value = 0;
    for (const [multiple, amount, decay] of partials) {
      if (frequency * multiple > 6_500) continue;
      value +=
        amount * Math.exp((-t * decay) / 2) * Math.sin(2 * Math.PI * frequency * multiple * t);
    }
    mix[(start + i) % length] += value * level * attack * release;
  }
};

BARS.forEach(([bass, ...chord], bar) => {
  const at = bar * 4 * BEAT_S;
  play(bass, at, 3.6 * BEAT_S, 0.5);
  chord.forEach((note, voice) => play(note, at + voice * 0.02, 3.5 * BEAT_S, 0.16));
  const arpeggio = [chord[0], chord[2], chord[3], chord[1], chord[3], chord[2]];
  arpeggio.forEach((note, step) =>
    play(note + 12, at + (0.5 + step * 0.5) * BEAT_S, 0.45 * BEAT_S, step % 2 ? 0.1 : 0.14),
  );
});

const peak = mix.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
const pcm = Buffer.alloc(length * 2);
mix.forEach((value, i) => pcm.writeInt16LE(Math.round((value / peak) * 0.42 * 32_767), i * 2));
const out = fileURLToPath(new URL('moh/soft-piano.g722', import.meta.url));
const encoder = spawnSync(
  'ffmpeg',
  [
    '-v',
    'error',
    '-y',
    '-f',
    's16le',
    '-ar',
    String(RATE_HZ),
    '-ac',
    '1',
    '-i',
    '-',
    '-c:a',
    'g722',
    '-f',
    'g722',
    out,
  ],
  { input: pcm, stdio: ['pipe', 'inherit', 'inherit'] },
);
process.exit(encoder.status ?? 1);
