import {
  echoDb,
  isToneHeard,
  nextToneLook,
  noteLevelsDb,
  noToneLook,
  type TonePhase,
} from '../../../shared/domain/shift-check/tone-look.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';
import { checkToneDbfs, playTone, tones } from '../media/tones.ts';
import { later } from './later.ts';

export type ToneMeasured = {
  readonly played: boolean;
  /** The microphone itself heard it. */
  readonly heard: boolean;
  /** How much weaker it is in what is sent, dB; null: nothing of it is there. */
  readonly echoLossDb: number | null;
};

type Output = { readonly deviceId: string | null; readonly volume: number };

/** Enough for the notes; what a sound card runs at would be three times the work. */
const sampleRate = 16_000;
const samplesPerLook = 2_048;
const everyMs = 60;
/** The room before the tone, and what is on its way after it: Bluetooth takes a third of a second. */
const beforeMs = 500;
const afterMs = 500;

/** Twice. Resolves, once the tone was played or cannot be, to whether it was. */
const play = async (
  output: Output,
  /** It begins for the second time. */
  onKnown: () => void,
  signal: AbortSignal,
  log: Logger,
): Promise<boolean> => {
  let stop: () => void = () => undefined;
  try {
    const silence = await new Promise((resolve) => {
      stop = playTone('check', output, log, resolve);
      signal.addEventListener('abort', () => resolve('stopped'));
    });
    if (silence !== null) return false;
    await later(tones.check.seconds * 1_000, signal);
    onKnown();
    await later(tones.check.seconds * 1_000, signal);
    return true;
  } finally {
    stop();
  }
};

/** Plays a tone and listens whether it comes back: to the microphone itself, and to what is sent of it. */
export const measureTone = async (
  tracks: { readonly raw: MediaStreamTrack | null; readonly sent: MediaStreamTrack | null },
  output: Output,
  signal: AbortSignal,
  log: Logger,
): Promise<ToneMeasured> => {
  const context = silentContext({ sampleRate, latencyHint: 'playback' });
  const listen = (track: MediaStreamTrack | null): AnalyserNode | null => {
    if (track === null) return null;
    const source = new MediaStreamAudioSourceNode(context, {
      mediaStream: new MediaStream([track]),
    });
    const analyser = new AnalyserNode(context, { fftSize: samplesPerLook });
    source.connect(analyser);
    return analyser;
  };
  const ears = { raw: listen(tracks.raw), sent: listen(tracks.sent) };
  const samples = new Float32Array(samplesPerLook);
  let phase: TonePhase = 'before';
  let look = noToneLook;
  const levels = (ear: AnalyserNode): readonly number[] => {
    ear.getFloatTimeDomainData(samples);
    return noteLevelsDb(samples, sampleRate);
  };
  const timer = setInterval(() => {
    if (ears.raw === null) return;
    const sent = ears.sent === null ? null : levels(ears.sent);
    look = nextToneLook(look, levels(ears.raw), sent, phase);
  }, everyMs);
  context.resume().catch((error: unknown) => {
    if (context.state !== 'closed') log.warn('the check is deaf', { error: textOf(error) });
  });
  try {
    await later(beforeMs, signal);
    phase = 'learning';
    const onKnown = (): void => {
      phase = 'known';
    };
    const played = !signal.aborted && (await play(output, onKnown, signal, log));
    await later(afterMs, signal);
    const sentDb = echoDb(look);
    const echoLossDb = sentDb === null ? null : checkToneDbfs - sentDb;
    return { played, heard: isToneHeard(look), echoLossDb };
  } finally {
    clearInterval(timer);
    void closeContext(context, log);
  }
};
