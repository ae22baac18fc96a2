import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, silentContext } from '../media/context-output.ts';

/** As often as a meter looks alive. */
const everyMs = 100;
const samplesEach = 2_048;

type Meter = {
  readonly level: () => number;
  readonly close: () => void;
};

const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false } as const;

const openMeter = async (deviceId: string, context: AudioContext): Promise<Meter> => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { deviceId: { exact: deviceId }, ...raw },
  });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const analyser = new AnalyserNode(context, { fftSize: samplesEach });
  source.connect(analyser);
  const samples = new Float32Array(samplesEach);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    },
    close: () => {
      source.disconnect();
      for (const track of stream.getTracks()) track.stop();
    },
  };
};

/** Tells how loud each microphone is, all at once, while somebody looks; none of it leaves this machine. */
export type MicrophoneMeters = {
  /** These are to be measured from now on; null: none, and all are closed. */
  readonly measure: (deviceIds: readonly string[] | null) => void;
};

export const createMicrophoneMeters = (
  tell: (levels: Readonly<Record<string, number | null>>) => void,
  log: Logger,
): MicrophoneMeters => {
  /** null: it could not be opened; undefined within: it is being opened. */
  const meters = new Map<string, { meter: Meter | null | undefined }>();
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;

  const close = (deviceId: string): void => {
    meters.get(deviceId)?.meter?.close();
    meters.delete(deviceId);
  };
  const open = (deviceId: string, within: AudioContext): void => {
    const place: { meter: Meter | null | undefined } = { meter: undefined };
    meters.set(deviceId, place);
    openMeter(deviceId, within).then(
      (meter) => {
        if (meters.get(deviceId) === place) place.meter = meter;
        else meter.close();
      },
      (error: unknown) => {
        log.warn('a microphone cannot be measured', { error: textOf(error) });
        place.meter = null;
      },
    );
  };

  return {
    measure: (deviceIds) => {
      for (const known of [...meters.keys()]) {
        if (deviceIds?.includes(known) !== true) close(known);
      }
      if (deviceIds === null) {
        if (timer !== null) clearInterval(timer);
        timer = null;
        if (context !== null) void closeContext(context, log);
        context = null;
        return;
      }
      const within = (context ??= silentContext());
      for (const deviceId of deviceIds) if (!meters.has(deviceId)) open(deviceId, within);
      timer ??= setInterval(() => {
        tell(
          Object.fromEntries(
            [...meters].flatMap(([deviceId, { meter }]) =>
              meter === undefined ? [] : [[deviceId, meter === null ? null : meter.level()]],
            ),
          ),
        );
      }, everyMs);
    },
  };
};
