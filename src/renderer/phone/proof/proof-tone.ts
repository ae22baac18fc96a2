import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';

/** Sound to be sent that comes from no microphone: a tone, since silence may not be sent at all (DTX). */
export type ProofTone = { readonly track: MediaStreamTrack; readonly close: () => void };

/** Enough for a voice; a context at the rate of a sound card would work several times as often. */
const sampleRate = 16_000;
const hertz = 440;
const gain = 0.05;

export const openProofTone = (log: Logger): ProofTone => {
  const context = silentContext({ sampleRate, latencyHint: 'playback' });
  const output = new MediaStreamAudioDestinationNode(context, {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const [track] = output.stream.getAudioTracks();
  if (track === undefined) throw new Error('a tone has one track');
  const tone = new OscillatorNode(context, { frequency: hertz });
  tone.connect(new GainNode(context, { gain })).connect(output);
  tone.start();
  context.resume().catch((error: unknown) => {
    if (context.state !== 'closed') log.warn('no tone to prove with', { error: textOf(error) });
  });
  return {
    track,
    close: () => {
      tone.stop();
      track.stop();
      void closeContext(context, log);
    },
  };
};
