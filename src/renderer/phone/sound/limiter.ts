import { fromDb } from '../../../shared/domain/sound/decibels.ts';

/** What goes in at one end comes out at the other below the ceiling. */
export type Limiter = { readonly input: AudioNode; readonly output: AudioNode };

/** Up to here below the ceiling nothing is changed at all, dB. */
const headroomDb = 1;
const ratio = 20;
const attackSeconds = 0.001;
const releaseSeconds = 0.12;
/** The browser's compressor makes everything louder by so much of what it takes from full scale (W3C Web Audio §1.19.4). */
const makeupShare = 0.6;

/**
 * Limits what is heard, by the browser's own nodes: a processor of ours would wake a thread of its own for each of its
 * 2.7 ms.
 *
 * The compressor looks ahead by its 6 ms and leaves what is below its threshold as it is; of a sound at full scale it
 * leaves half a decibel above that. What is left of a bang while it turns down is cut off at the ceiling: that promise
 * is the curve's.
 */
export const createLimiter = (context: BaseAudioContext, ceilingDb: number): Limiter => {
  const thresholdDb = ceilingDb - headroomDb;
  const input = new DynamicsCompressorNode(context, {
    threshold: thresholdDb,
    knee: 0,
    ratio,
    attack: attackSeconds,
    release: releaseSeconds,
  });
  const makeupDb = -makeupShare * (thresholdDb - thresholdDb / ratio);
  const ceiling = fromDb(ceilingDb);
  const toCurve = new GainNode(context, { gain: 1 / (fromDb(makeupDb) * ceiling) });
  const output = new WaveShaperNode(context, { curve: Float32Array.of(-ceiling, ceiling) });
  input.connect(toCurve).connect(output);
  return { input, output };
};
