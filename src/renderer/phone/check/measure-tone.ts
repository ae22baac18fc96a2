import {
  checkTune,
  judgeTone,
  noteLevels,
  notesAmong,
  type ToneLook,
} from '../../../shared/domain/shift-check/tone-look.ts';
import { toDb } from '../../../shared/domain/sound/decibels.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';
import { checkToneDbfs, playTone } from '../media/tones.ts';
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

/** Resolves, once the tune was played as often as it is or cannot be, to whether it was. */
const play = async (
  output: Output,
  onPlaying: () => void,
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
    onPlaying();
    await later(checkTune.turns * checkTune.turnSeconds * 1_000, signal);
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
  const looks: ToneLook[] = [];
  const samplesOf = (ear: AnalyserNode): Float32Array => {
    ear.getFloatTimeDomainData(samples);
    return samples;
  };
  const timer = setInterval(() => {
    if (ears.raw === null) return;
    const to = context.currentTime;
    looks.push({
      from: to - samplesPerLook / sampleRate,
      to,
      heard: notesAmong(samplesOf(ears.raw), sampleRate),
      sent: ears.sent === null ? null : noteLevels(samplesOf(ears.sent), sampleRate).map(toDb),
    });
  }, everyMs);
  context.resume().catch((error: unknown) => {
    if (context.state !== 'closed') log.warn('the check is deaf', { error: textOf(error) });
  });
  try {
    await later(beforeMs, signal);
    let playedAt = context.currentTime;
    const onPlaying = (): void => {
      playedAt = context.currentTime;
    };
    const played = !signal.aborted && (await play(output, onPlaying, signal, log));
    await later(afterMs, signal);
    const { heard, sentDb } = judgeTone(looks, playedAt);
    return { played, heard, echoLossDb: sentDb === null ? null : checkToneDbfs - sentDb };
  } finally {
    clearInterval(timer);
    void closeContext(context, log);
  }
};
