import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from './context-output.ts';

/** What a microphone hears, looked at now and then: linear, 0 to 1, over the last quarter of a second. */
export type Ear = {
  readonly look: () => { readonly rms: number; readonly peak: number };
  readonly close: () => void;
};

/** Enough for a voice; a context at the rate of a sound card would work five times as often. */
const sampleRate = 8_000;
const samplesPerLook = 2_048;

/** Listens to a track, whatever becomes of the sound elsewhere. Keeps a thread awake until it is closed. */
export const openEar = (track: MediaStreamTrack, log: Logger): Ear => {
  const context = silentContext({ sampleRate, latencyHint: 'playback' });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
  const analyser = new AnalyserNode(context, { fftSize: samplesPerLook });
  const samples = new Float32Array(samplesPerLook);
  source.connect(analyser);
  context.resume().catch((error: unknown) => {
    if (context.state !== 'closed') log.warn('an ear is deaf', { error: textOf(error) });
  });
  return {
    look: () => {
      analyser.getFloatTimeDomainData(samples);
      let peak = 0;
      let energy = 0;
      for (const sample of samples) {
        peak = Math.max(peak, Math.abs(sample));
        energy += sample * sample;
      }
      return { peak, rms: Math.sqrt(energy / samples.length) };
    },
    close: () => {
      source.disconnect();
      void closeContext(context, log);
    },
  };
};
