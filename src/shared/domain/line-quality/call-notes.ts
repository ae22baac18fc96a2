/**
 * What happened to the sound of one call at this desk, beside what the network did: the engine notes it as it happens,
 * main adds it up for each call and keeps it with the line's summary. Most verdicts rest on it.
 */

export const notedDevices = ['microphone', 'speaker'] as const;
export type NotedDevice = (typeof notedDevices)[number];

/** What a microphone did for whole seconds of a call. */
export const notedSeconds = [
  /** Digital silence was sent although nothing was muted here: a dead or a wrong microphone. */
  'silent',
  /** The system, or a switch at the headset, kept the microphone from being heard. */
  'system_muted',
  /** The agent spoke while muted. */
  'muted_talking',
  'clipped',
  /** The agent spoke too softly to be understood. */
  'low',
] as const;
export type NotedSeconds = (typeof notedSeconds)[number];

/** `at` is the server's clock, epoch ms. */
export type CallNote =
  | {
      /** A device vanished in the call. */
      readonly kind: 'device_lost';
      readonly at: number;
      readonly device: NotedDevice;
      readonly name: string;
      /** The name of what was taken instead; null: there was nothing. */
      readonly replacedBy: string | null;
      /** Without sound until then, ms; null: not known. */
      readonly gapMs: number | null;
    }
  | {
      readonly kind: 'loud';
      readonly at: number;
      /** Of what came in, before it was limited: dB of full scale. */
      readonly peakDbfs: number;
      /** The agent said so by the key; else the limiter had to step in. */
      readonly byKey: boolean;
    }
  | {
      /** These seconds come on top of those that were noted before. */
      readonly kind: 'seconds';
      readonly what: NotedSeconds;
      readonly seconds: number;
    };

export type DeviceLost = Omit<Extract<CallNote, { readonly kind: 'device_lost' }>, 'kind'>;
export type LoudMoment = Omit<Extract<CallNote, { readonly kind: 'loud' }>, 'kind'>;

/** Of a whole call. */
export type CallNotes = {
  readonly devicesLost: readonly DeviceLost[];
  readonly loud: readonly LoudMoment[];
  readonly seconds: Readonly<Record<NotedSeconds, number>>;
};

/** A device with a loose contact, or an alarm beside the customer's phone, must not fill a journal. */
export const maximumMoments = 20;

export const noNotes: CallNotes = {
  devicesLost: [],
  loud: [],
  seconds: { silent: 0, system_muted: 0, muted_talking: 0, clipped: 0, low: 0 },
};

/** Of moments there are too many of, what the agent said by key stays, then the loudest. */
const loudest = (moments: readonly LoudMoment[]): readonly LoudMoment[] => {
  if (moments.length <= maximumMoments) return moments;
  const byWeight = [...moments].sort(
    (one, other) => Number(other.byKey) - Number(one.byKey) || other.peakDbfs - one.peakDbfs,
  );
  const kept = new Set(byWeight.slice(0, maximumMoments));
  return moments.filter((moment) => kept.has(moment));
};

export const withNote = (notes: CallNotes, note: CallNote): CallNotes => {
  if (note.kind === 'device_lost') {
    const { kind: _kind, ...lost } = note;
    return { ...notes, devicesLost: [...notes.devicesLost, lost].slice(0, maximumMoments) };
  }
  if (note.kind === 'loud') {
    const { kind: _kind, ...moment } = note;
    return { ...notes, loud: loudest([...notes.loud, moment]) };
  }
  const { what, seconds } = note;
  return { ...notes, seconds: { ...notes.seconds, [what]: notes.seconds[what] + seconds } };
};
