/// <reference types="vite/client" />
import { createLimiter } from '../../../../src/renderer/phone/sound/limiter.ts';
import { createSuppressorNode } from '../../../../src/renderer/phone/sound/suppressor.ts';

/** Puts sound through the phone's own nodes, faster than it would be heard. */

const sampleRate = 48_000;

const rendered = async (
  samples: Float32Array<ArrayBuffer>,
  through: (context: OfflineAudioContext, source: AudioNode) => Promise<void> | void,
): Promise<Float32Array> => {
  const context = new OfflineAudioContext(1, samples.length, sampleRate);
  const buffer = context.createBuffer(1, samples.length, sampleRate);
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  await through(context, source);
  source.start();
  return (await context.startRendering()).getChannelData(0);
};

/** As text: what Playwright carries is JSON. */
const fromText = (text: string): Float32Array<ArrayBuffer> =>
  new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
const toText = (samples: Float32Array): string => {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
};

const soundPage = {
  limit: async (text: string, ceilingDb: number) => {
    const samples = await rendered(fromText(text), (context, source) => {
      const { input, output } = createLimiter(context, ceilingDb);
      source.connect(input);
      output.connect(context.destination);
    });
    return toText(samples);
  },
  suppress: async (text: string) => {
    const samples = await rendered(fromText(text), async (context, source) => {
      const node = await createSuppressorNode(context, () => undefined);
      source.connect(node).connect(context.destination);
    });
    return toText(samples);
  },
  /** The same work without the suppressor. */
  pass: async (text: string) => {
    const samples = await rendered(fromText(text), (context, source) => {
      source.connect(context.destination);
    });
    return toText(samples);
  },
};

export type SoundPage = typeof soundPage;

Object.assign(window, { soundPage });
