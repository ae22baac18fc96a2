import type { NotedSeconds } from '../line-quality/call-notes.ts';
import { toDb } from '../sound/decibels.ts';
import { looksIn } from './sound-look.ts';

/**
 * Whether what an open microphone sends can be heard: dead, muted by the system, too loud or too faint. A word that is
 * false is worse than one that comes late, so each needs seconds of the same, and silence a second proof.
 */

/** One look at what is sent. */
export type SentLook = {
  /** Loudest of late, linear, 0 to 1. */
  readonly peak: number;
  /** Anything was sent since the last look that is louder than a rounding error. */
  readonly alive: boolean;
  /** The system says that it keeps the microphone from being heard. */
  readonly mutedBySystem: boolean;
  /** What the microphone itself delivers, before any processing: looked at only when `wantsProof` says so. */
  readonly raw: 'unknown' | 'sound' | 'nothing';
};

export type OpenWord = Exclude<NotedSeconds, 'muted_talking'>;

export type OpenVoice = {
  readonly word: OpenWord | null;
  /** Something was heard of this microphone. */
  readonly everAlive: boolean;
  /** Looks in a row in which nothing was sent; and in which the microphone itself delivered nothing. */
  readonly deadLooks: number;
  readonly rawNothing: number;
  /** How often silence ended by itself, or was the quiet of a room. */
  readonly reprieves: number;
  readonly systemMutedLooks: number;
  /** Of the latest looks, those that touched full scale: the newest last. */
  readonly clipped: readonly boolean[];
  /** What a quiet moment is like here, dB of full scale. */
  readonly floorDb: number;
  /** Looks with a faint voice; null: a clear one was heard, and who is faint now is somebody else in the room. */
  readonly faintLooks: number | null;
  /** How loud the agent usually is, dB of full scale; null: not known. */
  readonly ownDb: number | null;
};

export const noVoice: OpenVoice = {
  word: null,
  everAlive: false,
  deadLooks: 0,
  rawNothing: 0,
  reprieves: 0,
  systemMutedLooks: 0,
  clipped: [],
  floorDb: 0,
  faintLooks: 0,
  ownDb: null,
};

/** A microphone that never said anything is told of soon; one that did may belong to somebody who listens. */
const neverAlivePatience = looksIn(4);
const patience = looksIn(8);
/** A headset that sends zeros while nobody speaks is waited for twice as long each time, up to this. */
const maximumDoublings = 4;
const proofLooks = looksIn(1.6);
/** The device tells at once; a switch that is on its way is none. */
const systemMutedAfter = 2;

const clippedAtDb = -0.15;
const clippedWindow = looksIn(10);
const clippedEnough = looksIn(1.6);

/** Above the quiet of the room, and yet below what a far side understands. */
const faintestDb = -60;
const clearDb = -34;
const aboveFloorDb = 12;
const faintEnough = looksIn(10);
const floorRiseDb = 0.2;
const ownShare = 0.05;

const patienceOf = ({ everAlive, reprieves }: OpenVoice): number =>
  (everAlive ? patience : neverAlivePatience) * 2 ** Math.min(reprieves, maximumDoublings);

/** Whether the microphone itself has to be looked at, before any processing: a quiet room is not a dead device. */
export const wantsProof = (voice: OpenVoice): boolean =>
  voice.word === 'silent' || voice.deadLooks >= patienceOf(voice) - proofLooks;

type Silence = Pick<OpenVoice, 'everAlive' | 'deadLooks' | 'rawNothing' | 'reprieves'> & {
  readonly isSilent: boolean;
};

const nextSilence = (voice: OpenVoice, look: SentLook): Silence => {
  const was = voice.word === 'silent';
  if (look.alive || look.raw === 'sound') {
    const excused = was || (!look.alive && wantsProof(voice)) ? 1 : 0;
    const reprieves = voice.reprieves + excused;
    return { everAlive: true, deadLooks: 0, rawNothing: 0, reprieves, isSilent: false };
  }
  const { everAlive, reprieves } = voice;
  const deadLooks = voice.deadLooks + 1;
  const rawNothing = look.raw === 'nothing' ? voice.rawNothing + 1 : 0;
  const proven = deadLooks >= patienceOf(voice) && rawNothing >= proofLooks;
  return { everAlive, deadLooks, rawNothing, reprieves, isSilent: was || proven };
};

const nextLevel = (
  voice: OpenVoice,
  peakDb: number,
): Pick<OpenVoice, 'clipped' | 'floorDb' | 'faintLooks' | 'ownDb'> => {
  const clipped = [...voice.clipped, peakDb >= clippedAtDb].slice(-clippedWindow);
  const floorDb = Math.min(Math.max(peakDb, faintestDb), voice.floorDb + floorRiseDb);
  const isVoice = peakDb >= floorDb + aboveFloorDb && peakDb > faintestDb;
  const isClear = peakDb >= clearDb;
  const faintLooks =
    isClear || voice.faintLooks === null ? null : voice.faintLooks + (isVoice ? 1 : 0);
  const ownDb = !isVoice
    ? voice.ownDb
    : voice.ownDb === null
      ? peakDb
      : voice.ownDb + ownShare * (peakDb - voice.ownDb);
  return { clipped, floorDb, faintLooks, ownDb };
};

export const nextOpenVoice = (voice: OpenVoice, look: SentLook): OpenVoice => {
  const { isSilent, ...silence } = nextSilence(voice, look);
  const level = nextLevel(voice, toDb(look.peak));
  const systemMutedLooks = look.mutedBySystem ? voice.systemMutedLooks + 1 : 0;
  const touched = level.clipped.filter(Boolean).length;
  // Once said it stays until ten seconds were clean.
  const isClipped = touched >= clippedEnough || (voice.word === 'clipped' && touched > 0);
  const word =
    systemMutedLooks >= systemMutedAfter
      ? 'system_muted'
      : isSilent
        ? 'silent'
        : isClipped
          ? 'clipped'
          : level.faintLooks !== null && level.faintLooks >= faintEnough
            ? 'low'
            : null;
  return { ...silence, ...level, systemMutedLooks, word };
};

/** Nothing is sent for now, or another call begins: what was counted begins anew, what was learnt stays. */
export const pausedVoice = (voice: OpenVoice): OpenVoice => ({
  ...noVoice,
  ...{ everAlive: voice.everAlive, reprieves: voice.reprieves, floorDb: voice.floorDb },
  ...{ faintLooks: voice.faintLooks, ownDb: voice.ownDb },
});
