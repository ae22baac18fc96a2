import type { Logger } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';
import type { SuppressorReport } from './suppressor-report.ts';
import suppressorUrl from './suppressor.worklet.ts?worker&url';

/** The only rate that RNNoise was trained for. */
const sampleRate = 48_000;

/** A microphone without the sounds around it; some 20 ms late. */
export type Suppressor = {
  readonly track: MediaStreamTrack;
  readonly close: () => void;
};

/** In a context of 48 kHz, ready to work. Rejects with what the browser says. */
export const createSuppressorNode = async (
  context: BaseAudioContext,
  onLoad: (load: number) => void,
): Promise<AudioWorkletNode> => {
  await context.audioWorklet.addModule(suppressorUrl);
  const node = new AudioWorkletNode(context, 'ringside-suppressor', {
    channelCount: 1,
    channelCountMode: 'explicit',
    outputChannelCount: [1],
  });
  await new Promise<void>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent<SuppressorReport>) => {
      if (data.kind === 'ready') resolve();
      else if (data.kind === 'failed') reject(new Error(data.error));
      else onLoad(data.load);
    };
    node.onprocessorerror = () => reject(new Error('the processor failed'));
  });
  return node;
};

/** Rejects with what the browser says. `onLoad` is told what it costs: the share of one core, 0 to 1. */
export const openSuppressor = async (
  microphone: MediaStreamTrack,
  onLoad: (load: number) => void,
  log: Logger,
): Promise<Suppressor> => {
  const context = silentContext({ sampleRate });
  const close = (): void => void closeContext(context, log);
  try {
    const [node] = await Promise.all([createSuppressorNode(context, onLoad), context.resume()]);
    const source = new MediaStreamAudioSourceNode(context, {
      mediaStream: new MediaStream([microphone]),
    });
    const output = new MediaStreamAudioDestinationNode(context, {
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    source.connect(node).connect(output);
    const [track] = output.stream.getAudioTracks();
    if (track === undefined) throw new Error('a destination has one track');
    return {
      track,
      close: () => {
        track.stop();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
};
