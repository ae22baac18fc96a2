import type { Page } from 'playwright';

/** Lets a test hear what a phone's page plays, and speak in it with a voice of its own. Runs in the page. */

type Heard = Window & { heardElements?: Set<HTMLAudioElement>; heardContext?: AudioContext };

/** From now on every call's sound is remembered. */
export const listenIn = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const elements = new Set<HTMLAudioElement>();
    (window as Heard).heardElements = elements;
    const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')
      ?.value as HTMLMediaElement['play'];
    HTMLAudioElement.prototype.play = function remembered() {
      elements.add(this);
      return play.call(this);
    };
  });

/** The microphone of this page says a tone of its own. */
export const speakAs = (page: Page, frequencyHz: number): Promise<void> =>
  page.evaluate((hertz) => {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: hertz });
    const gain = new GainNode(context, { gain: 0.3 });
    tone.connect(gain);
    tone.start();
    navigator.mediaDevices.getUserMedia = () => {
      const output = context.createMediaStreamDestination();
      gain.connect(output);
      return Promise.resolve(output.stream);
    };
  }, frequencyHz);

/** Level of a frequency in what the agent hears of all calls, dB of full scale. */
export const agentHearsDb = (page: Page, frequencyHz: number): Promise<number> =>
  page.evaluate(async (hertz) => {
    const { heardElements } = window as Heard;
    const context = ((window as Heard).heardContext ??= new AudioContext());
    const analyser = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 });
    const sources = [...(heardElements ?? [])].flatMap((element) =>
      element.srcObject instanceof MediaStream && !element.muted
        ? [new MediaStreamAudioSourceNode(context, { mediaStream: element.srcObject })]
        : [],
    );
    for (const source of sources) source.connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    for (const source of sources) source.disconnect();
    const bin = Math.round((hertz * analyser.fftSize) / context.sampleRate);
    return Math.max(-120, ...bins.slice(bin - 2, bin + 3));
  }, frequencyHz);
