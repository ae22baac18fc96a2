/** What one far side hears in a conference: the microphone together with the other far side. */
export type Mix = {
  readonly track: MediaStreamTrack;
  /** The microphone as it goes in, silenced or not by its track. */
  readonly setMicrophone: (microphone: MediaStreamTrack) => void;
  /** Of the microphone alone: linear peak, 0 to 1. */
  readonly microphoneLevel: () => number;
  readonly close: () => void;
};

const levelSamples = 1_024;

export const createMix = (
  context: AudioContext,
  microphone: MediaStreamTrack,
  other: MediaStreamTrack,
): Mix => {
  const output = new MediaStreamAudioDestinationNode(context, {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const [track] = output.stream.getAudioTracks();
  if (track === undefined) throw new Error('a mix has one track');
  const analyser = new AnalyserNode(context, { fftSize: levelSamples });
  const samples = new Float32Array(levelSamples);
  const sourceOf = (one: MediaStreamTrack) =>
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([one]) });
  const far = sourceOf(other);
  let near: MediaStreamAudioSourceNode | null = null;

  const setMicrophone = (one: MediaStreamTrack) => {
    near?.disconnect();
    near = sourceOf(one);
    near.connect(output);
    near.connect(analyser);
  };
  setMicrophone(microphone);
  far.connect(output);

  return {
    track,
    setMicrophone,
    microphoneLevel: () => {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    },
    close: () => {
      near?.disconnect();
      far.disconnect();
      track.stop();
    },
  };
};
