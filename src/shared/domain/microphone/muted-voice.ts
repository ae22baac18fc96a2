import { toDb } from '../sound/decibels.ts';
import { looksIn } from './sound-look.ts';

/**
 * Whether somebody talks into a muted microphone. Coughs, keys, steady noise and the voices of others must not be taken
 * for it: it needs more than a second of a voice that is as near as the agent's own.
 */

/** One look at what the microphone hears: linear, 0 to 1, over the last quarter of a second. */
export type HeardLook = { readonly rms: number; readonly peak: number };

export type MutedVoice = {
  readonly talking: boolean;
  /** Levels of the last ten seconds, dB of full scale: the quietest is what the room is like. */
  readonly levelsDb: readonly number[];
  /** Which of the latest looks held a voice: the newest last. */
  readonly voiced: readonly boolean[];
};

export const noMutedVoice: MutedVoice = { talking: false, levelsDb: [], voiced: [] };

const roomWindow = looksIn(10);
const voicedWindow = looksIn(1.8);
const voicedEnough = looksIn(1.2);
/** So long after the last word it is said no more. */
const calmAfter = looksIn(3);

/** Below this nobody speaks into a microphone at the mouth. */
const faintestDb = -46;
const aboveRoomDb = 9;
/** A key or a knock is a short peak in much silence; a voice fills its time. */
const largestCrestDb = 19;
/** Others in the room are that much fainter than the agent was. */
const belowOwnDb = 12;

export const nextMutedVoice = (
  before: MutedVoice,
  look: HeardLook,
  /** How loud the agent's own peaks were while they were sent, dB of full scale; null: not known. */
  ownDb: number | null,
): MutedVoice => {
  const rmsDb = toDb(look.rms);
  const peakDb = toDb(look.peak);
  const levelsDb = [...before.levelsDb, rmsDb].slice(-roomWindow);
  const roomDb = Math.min(...levelsDb);
  const isVoice =
    rmsDb >= Math.max(faintestDb, roomDb + aboveRoomDb) &&
    peakDb - rmsDb <= largestCrestDb &&
    (ownDb === null || peakDb >= ownDb - belowOwnDb);
  const voiced = [...before.voiced, isVoice].slice(-calmAfter);
  const talks = voiced.slice(-voicedWindow).filter(Boolean).length >= voicedEnough;
  return { talking: talks || (before.talking && voiced.some(Boolean)), levelsDb, voiced };
};
