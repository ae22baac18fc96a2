import type { MicrophoneMeasured } from '../../../shared/domain/shift-check/measured.ts';
import { isHandsFree } from '../../../shared/domain/devices/hands-free.ts';
import {
  heardVoice,
  looksPerSecond,
  nextVoiceLook,
  noVoiceLook,
  stageOf,
} from '../../../shared/domain/shift-check/voice-look.ts';
import { toDb } from '../../../shared/domain/sound/decibels.ts';
import type { Logger } from '../log.ts';
import { openEar } from '../media/ear.ts';
import { openRawProof } from '../media/raw-proof.ts';

export type VoiceMeasured = {
  readonly microphone: MicrophoneMeasured;
  /** How late a look was at worst, ms. */
  readonly lateMs: number;
};

const everyMs = 1_000 / looksPerSecond;

/** Listens to what calls would send: first the room, then a voice. null: stopped. */
export const measureVoice = (
  track: MediaStreamTrack,
  ports: {
    readonly onLevel: (peak: number) => void;
    /** The room was heard. */
    readonly onSpeak: () => void;
    readonly signal: AbortSignal;
    readonly log: Logger;
  },
): Promise<VoiceMeasured | null> =>
  new Promise((resolve) => {
    const { signal, log } = ports;
    const ear = openEar(track, log);
    // Noise suppression makes of a quiet room what a dead device sends.
    const raw = openRawProof(track.getSettings().deviceId, log);
    // The least that it could give is the device's own.
    const sampleRateHz = track.getCapabilities().sampleRate?.min ?? null;
    let look = noVoiceLook;
    let rawHeard = false;
    let rawNothing = false;
    let everAlive = false;
    let lateMs = 0;
    let lookedAt = performance.now();

    const settle = (measured: VoiceMeasured | null): void => {
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
      ear.close();
      raw.close();
      resolve(measured);
    };
    const stop = (): void => settle(null);
    const measured = (): VoiceMeasured => {
      const isDead = rawNothing && !rawHeard && !everAlive;
      const microphone: MicrophoneMeasured = {
        state: isDead ? 'dead' : 'heard',
        ...heardVoice(look),
        handsFree: isHandsFree(track.label, sampleRateHz),
      };
      return { microphone, lateMs };
    };
    const take = (): void => {
      const now = performance.now();
      lateMs = Math.max(lateMs, now - lookedAt - everyMs);
      lookedAt = now;
      const proof = raw.look();
      rawHeard ||= proof === 'sound';
      rawNothing ||= proof === 'nothing';
      const { rms, peak } = ear.look();
      everAlive ||= peak > 0;
      const before = stageOf(look);
      look = nextVoiceLook(look, { rmsDb: toDb(rms), peakDb: toDb(peak) });
      ports.onLevel(peak);
      const stage = stageOf(look);
      if (before === 'quiet' && stage === 'speak') ports.onSpeak();
      if (stage === 'done' || track.readyState === 'ended') settle(measured());
    };
    const timer = setInterval(take, everyMs);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
