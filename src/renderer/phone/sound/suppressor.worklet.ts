import type { DenoiseState } from '@shiguredo/rnnoise-wasm';
import { loadRnnoise } from './load-rnnoise.ts';
import type { SuppressorReport } from './suppressor-report.ts';

/** Runs beside the page, in the audio thread. */

// What such a thread has (W3C Web Audio API §1.32); TypeScript's own types do not have it.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessor) => void;

type Channels = readonly (readonly Float32Array[])[];

/** What RNNoise takes at once: 10 ms of 48 kHz, as samples of 16 bit. */
const frameSamples = 480;
const fullScale = 32_768;
/** Multiples of 128 and of 480 are never further apart: so late each sample leaves. */
const delaySamples = 448;
const ringSamples = 2_048;
/** The clock has whole milliseconds, so that one frame says nothing; of so many it is right. */
const framesPerReport = 300;

class SuppressorProcessor extends AudioWorkletProcessor {
  #state: DenoiseState | null = null;
  #frame = new Float32Array(frameSamples);
  #filled = 0;
  #ring = new Float32Array(ringSamples);
  #written = delaySamples;
  #read = 0;
  #busyMs = 0;
  #frames = 0;

  constructor() {
    super();
    loadRnnoise().then(
      (program) => {
        this.#state = program.createDenoiseState();
        this.#tell({ kind: 'ready' });
      },
      (error: unknown) => this.#tell({ kind: 'failed', error: String(error) }),
    );
  }

  #tell(report: SuppressorReport): void {
    this.port.postMessage(report);
  }

  process([input]: Channels, [output]: Channels): boolean {
    const sent = output?.[0];
    const spoken = input?.[0];
    if (sent === undefined || spoken === undefined) return true;
    for (const sample of spoken) {
      this.#frame[this.#filled] = sample * fullScale;
      this.#filled += 1;
      if (this.#filled === frameSamples) this.#suppress();
    }
    for (let index = 0; index < sent.length; index += 1) {
      sent[index] = this.#ring[this.#read % ringSamples] ?? 0;
      this.#read += 1;
    }
    return true;
  }

  #suppress(): void {
    const begunAt = Date.now();
    this.#state?.processFrame(this.#frame);
    this.#busyMs += Date.now() - begunAt;
    for (const sample of this.#frame) {
      this.#ring[this.#written % ringSamples] = sample / fullScale;
      this.#written += 1;
    }
    this.#filled = 0;
    this.#frames += 1;
    if (this.#frames < framesPerReport) return;
    const seconds = (this.#frames * frameSamples) / sampleRate;
    this.#tell({ kind: 'load', load: this.#busyMs / 1_000 / seconds });
    this.#busyMs = 0;
    this.#frames = 0;
  }
}

registerProcessor('ringside-suppressor', SuppressorProcessor);
