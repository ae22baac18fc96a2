import { lineWords, type LineWord } from '../line-quality/line-quality.ts';
import {
  checkSteps,
  type CheckMeasured,
  type CheckStep,
  type LineMeasured,
  type MachineMeasured,
  type MicrophoneMeasured,
  type RingerMeasured,
  type SpeakerMeasured,
} from './measured.ts';
import { bounds, type Bounds } from './thresholds.ts';

/** Of the measured values one plain word, and the one thing to put right first. */

/**
 * What can be wrong, the most harmful first: nobody is heard, nothing is heard, no call comes, a call is lost, a call
 * sounds bad, and what will only become one of these.
 */
export const checkFindings = [
  'microphone_missing',
  'microphone_denied',
  'microphone_busy',
  'microphone_dead',
  'speaker_not_playing',
  'speaker_unheard',
  'line_no_way',
  'line_no_sound',
  'ringer_unheard',
  'disk_unwritable',
  'voice_unheard',
  'line_loss',
  'line_jitter',
  'line_delay',
  'line_quality',
  'voice_low',
  'echo',
  'noise',
  'voice_clipped',
  'hands_free',
  'machine_late',
  'machine_busy',
  'disk_full',
  'clock_off',
] as const;
export type CheckFinding = (typeof checkFindings)[number];

export const checkWords = lineWords;
export type CheckWord = LineWord;

export type Finding = {
  readonly what: CheckFinding;
  readonly step: CheckStep;
  readonly word: Exclude<CheckWord, 'good'>;
};

export type CheckVerdict = {
  readonly word: CheckWord;
  /** What to put right first; null: nothing. */
  readonly first: Finding | null;
  /** All of it, the most harmful first. */
  readonly findings: readonly Finding[];
  /** What was not looked at. */
  readonly skipped: readonly CheckStep[];
};

const above = (value: number | null, { fair, bad }: Bounds): CheckWord =>
  value === null || value <= fair ? 'good' : value > bad ? 'bad' : 'fair';

const below = (value: number | null, { fair, bad }: Bounds): CheckWord =>
  value === null || value >= fair ? 'good' : value < bad ? 'bad' : 'fair';

type Judged = readonly (readonly [CheckFinding, CheckWord])[];

const ofMicrophone = (measured: MicrophoneMeasured): Judged => {
  const { state, noiseDbfs, speechDbfs, clippedPercent, handsFree } = measured;
  if (state !== 'heard') return [[`microphone_${state}`, 'bad']];
  if (speechDbfs === null) return [['voice_unheard', 'bad']];
  const over = noiseDbfs === null ? null : speechDbfs - noiseDbfs;
  return [
    ['voice_low', below(speechDbfs, bounds.speechDbfs)],
    ['noise', below(over, bounds.voiceOverNoiseDb)],
    ['voice_clipped', above(clippedPercent, bounds.clippedPercent)],
    ['hands_free', handsFree ? 'fair' : 'good'],
  ];
};

const ofSpeaker = ({ played, heardBy, echoLossDb }: SpeakerMeasured): Judged => [
  ['speaker_not_playing', played ? 'good' : 'bad'],
  ['speaker_unheard', heardBy === 'nobody' ? 'bad' : 'good'],
  ['echo', below(echoLossDb, bounds.echoLossDb)],
];

const ofRinger = ({ played, heard }: RingerMeasured): Judged => [
  ['ringer_unheard', played && heard !== false ? 'good' : 'bad'],
];

const ofLine = ({ state, lossPercent, jitterMs, roundTripMs, mos }: LineMeasured): Judged => {
  if (state === 'not_offered') return [];
  if (state !== 'measured') return [[`line_${state}`, 'bad']];
  return [
    ['line_loss', above(lossPercent, bounds.lossPercent)],
    ['line_jitter', above(jitterMs, bounds.jitterMs)],
    ['line_delay', above(roundTripMs, bounds.roundTripMs)],
    ['line_quality', below(mos, bounds.mos)],
  ];
};

const ofMachine = (measured: MachineMeasured): Judged => {
  const { busyPercent, lateMs, freeMegabytes, writable, clockOffMs } = measured;
  return [
    ['disk_unwritable', writable ? 'good' : 'bad'],
    ['machine_late', above(lateMs, bounds.lateMs)],
    ['machine_busy', above(busyPercent, bounds.busyPercent)],
    ['disk_full', below(freeMegabytes, bounds.freeMegabytes)],
    ['clock_off', above(clockOffMs === null ? null : Math.abs(clockOffMs), bounds.clockOffMs)],
  ];
};

const judged = (measured: CheckMeasured, step: CheckStep): Judged => {
  switch (step) {
    case 'microphone':
      return measured.microphone === undefined ? [] : ofMicrophone(measured.microphone);
    case 'speaker':
      return measured.speaker === undefined ? [] : ofSpeaker(measured.speaker);
    case 'ringer':
      return measured.ringer === undefined ? [] : ofRinger(measured.ringer);
    case 'line':
      return measured.line === undefined ? [] : ofLine(measured.line);
    case 'machine':
      return measured.machine === undefined ? [] : ofMachine(measured.machine);
  }
};

/** What one step came to by itself. */
export const wordOfStep = (measured: CheckMeasured, step: CheckStep): CheckWord =>
  checkWords[Math.max(0, ...judged(measured, step).map(([, word]) => checkWords.indexOf(word)))] ??
  'good';

const harm = ({ what, word }: Finding): number =>
  // Everything bad before anything fair.
  (word === 'bad' ? 0 : checkFindings.length) + checkFindings.indexOf(what);

export const judgeCheck = (measured: CheckMeasured): CheckVerdict => {
  const findings = checkSteps
    .flatMap((step) =>
      judged(measured, step).flatMap(([what, word]): Finding[] =>
        word === 'good' ? [] : [{ what, step, word }],
      ),
    )
    .sort((one, other) => harm(one) - harm(other));
  const [first = null] = findings;
  return {
    word: first?.word ?? 'good',
    first,
    findings,
    skipped: checkSteps.filter((step) => measured[step] === undefined),
  };
};
