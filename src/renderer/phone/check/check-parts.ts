import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import type { ProofFailure } from '../../../shared/domain/readiness/path.ts';
import type { CheckOrder } from '../../../shared/ipc/shift-check.ts';
import { failure } from '../../../shared/result.ts';
import { textOf } from '../log.ts';
import { playEverywhere } from '../media/play-everywhere.ts';
import type { CheckPorts } from './check-ports.ts';
import { lineMs, lineOf } from './measure-line.ts';
import { later } from './later.ts';
import { measureTone } from './measure-tone.ts';
import { measureVoice } from './measure-voice.ts';
import { openTrack, unprocessed } from './open-track.ts';

/** Another proof is under way: it takes a second or two. */
const lineAgainMs = 500;
const lineTries = 8;
/** One turn of the ringing tone; a device that has not begun by then is silent. */
const ringMs = 3_000;

const silentMicrophone = {
  ...{ noiseDbfs: null, speechDbfs: null, clippedPercent: 0, handsFree: false },
} as const;

/** Plays, listens and calls for one check at a time; a call that comes ends what goes on. */
export const createCheckParts = (ports: CheckPorts): ((order: CheckOrder) => void) => {
  const { bridge, store, setup, devices, proofLine, log } = ports;
  let running: { readonly runId: string; readonly abort: AbortController } | null = null;
  const tracks = new Set<MediaStreamTrack>();

  const stop = (): void => {
    running?.abort.abort();
    running = null;
    for (const track of tracks) track.stop();
    tracks.clear();
  };

  const isInCall = (): boolean => {
    const { calls, join } = store.get();
    return (join ?? null) !== null || calls.some(({ state }) => state !== 'ended');
  };
  store.subscribe(() => {
    if (running !== null && isInCall()) stop();
  });

  const close = (track: MediaStreamTrack | null): void => {
    if (track === null) return;
    track.stop();
    tracks.delete(track);
  };
  const open = async (signal: AbortSignal, processing = setup().audioProcessing) => {
    const opened = await openTrack(devices.microphoneId(), processing);
    if (opened.ok) tracks.add(opened.value);
    if (opened.ok && signal.aborted) close(opened.value);
    return opened;
  };

  const voice = async (runId: string, signal: AbortSignal): Promise<void> => {
    const opened = await open(signal);
    if (!opened.ok) {
      const microphone = { state: opened.why, ...silentMicrophone };
      if (!signal.aborted) {
        bridge.report('engine.checkTold', { runId, kind: 'voice', microphone, lateMs: 0 });
      }
      return;
    }
    const measured = await measureVoice(opened.value, {
      onLevel: (peak) => bridge.report('engine.checkTold', { runId, kind: 'level', peak }),
      onSpeak: () => bridge.report('engine.checkTold', { runId, kind: 'speak' }),
      ...{ signal, log },
    });
    close(opened.value);
    if (measured !== null) bridge.report('engine.checkTold', { runId, kind: 'voice', ...measured });
  };

  const tone = async (runId: string, signal: AbortSignal): Promise<void> => {
    // A gain that was turned up for a soft voice would make an echo louder than it is beside a voice.
    const usual = { ...setup().audioProcessing, autoGainControl: false };
    const [raw, sent] = await Promise.all([open(signal, unprocessed), open(signal, usual)]);
    const heard = { raw: raw.ok ? raw.value : null, sent: sent.ok ? sent.value : null };
    const output = { deviceId: devices.speakerId(), volume: 1 };
    const measured = await measureTone(heard, output, signal, log);
    close(heard.raw);
    close(heard.sent);
    if (!signal.aborted) bridge.report('engine.checkTold', { runId, kind: 'tone', ...measured });
  };

  const ring = async (runId: string, signal: AbortSignal): Promise<void> => {
    const { ringVolume: volume } = setup();
    let silence: RingSilence | null | undefined;
    const stopRing = playEverywhere({ tone: 'ring', volume }, devices.ringerIds(), {
      instead: devices.everySpeakerId,
      onHeard: (heard) => {
        silence = heard;
      },
      log,
    });
    await later(ringMs, signal);
    stopRing();
    const played = silence === null;
    if (!signal.aborted) bridge.report('engine.checkTold', { runId, kind: 'ring', played });
  };

  const prove = async (extension: string, track: MediaStreamTrack | null, signal: AbortSignal) => {
    for (let tries = 0; tries < lineTries && !signal.aborted; tries += 1) {
      const proving = proofLine.prove({ extension, forMs: lineMs, track });
      signal.addEventListener('abort', proofLine.end);
      const found = await proving;
      signal.removeEventListener('abort', proofLine.end);
      if (found.ok || found.why !== 'busy') return found;
      await later(lineAgainMs, signal);
    }
    return failure<ProofFailure>('stopped');
  };
  const line = async (runId: string, signal: AbortSignal): Promise<void> => {
    const extension = setup().account?.proofExtension ?? null;
    const opened = await open(signal);
    const track = opened.ok ? opened.value : null;
    const found =
      extension === null
        ? failure<ProofFailure>('no_extension')
        : await prove(extension, track, signal);
    close(track);
    const measured = lineOf(found);
    if (!signal.aborted && measured !== null) {
      bridge.report('engine.checkTold', { runId, kind: 'line', line: measured });
    }
  };

  const acts = { voice, tone, ring, line } as const;

  return ({ runId, what }) => {
    if (what === 'stop') {
      if (running?.runId === runId) stop();
      return;
    }
    if (isInCall()) return;
    if (running?.runId !== runId) {
      stop();
      running = { runId, abort: new AbortController() };
    }
    acts[what](runId, running.abort.signal).catch((error: unknown) => {
      log.warn('a part of the check failed', { what, error: textOf(error) });
    });
  };
};
