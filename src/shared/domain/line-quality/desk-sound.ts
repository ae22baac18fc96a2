/** What a desk itself did to the sound of a call, beside the network: second by second, and of the whole call. */

/** How media gets to the exchange (RFC 8445): straight, through an address translator, or over a relay. */
export const candidateKinds = ['host', 'srflx', 'prflx', 'relay'] as const;
export type CandidateKind = (typeof candidateKinds)[number];

/** What the computer is connected by, where the system tells (W3C webrtc-stats, `networkType`). */
export const networkKinds = ['ethernet', 'wifi', 'cellular', 'vpn'] as const;
export type NetworkKind = (typeof networkKinds)[number];

export type LinePath = {
  readonly local: CandidateKind;
  readonly remote: CandidateKind;
  /** null: the system does not tell. */
  readonly network: NetworkKind | null;
};

export type DeskSecond = {
  /** The highest of the second: linear, 0 to 1. */
  readonly microphone: number;
  readonly heard: number;
  /** By how much the engine came too late to its own work at the worst, ms. */
  readonly lateMs: number;
  /** Of what the speaker should have been given: made up, since the computer was late. null: not told. */
  readonly glitchedPercent: number | null;
  readonly path: LinePath | null;
};

export type DeskSound = {
  readonly seconds: number;
  /** In which the engine came too late for sound to be smooth; and the worst of it, ms. */
  readonly lateSeconds: number;
  readonly latestMs: number;
  readonly glitchedPercent: number | null;
  /** How loud it was on average where somebody spoke, dB of full scale; and for how many seconds somebody did. */
  readonly microphoneDbfs: number | null;
  readonly spokenSeconds: number;
  readonly heardDbfs: number | null;
  readonly heardSeconds: number;
  /** As it was last. */
  readonly path: LinePath | null;
};

/** The jitter buffer and the sound card together bridge about this much, ms; what is later is heard. */
const lateAtMs = 250;
/** Below it there is a room and no voice, dB of full scale. */
const voiceAtDbfs = -50;

export const dbfsOf = (linear: number): number => 20 * Math.log10(Math.max(linear, 1e-6));

const meanWith = (mean: number | null, count: number, value: number): number =>
  mean === null ? value : mean + (value - mean) / (count + 1);

export const withDeskSecond = (before: DeskSound | null, second: DeskSecond): DeskSound => {
  const sound: DeskSound = before ?? {
    ...{ seconds: 0, lateSeconds: 0, latestMs: 0, glitchedPercent: null },
    ...{ microphoneDbfs: null, spokenSeconds: 0, heardDbfs: null, heardSeconds: 0, path: null },
  };
  const microphone = dbfsOf(second.microphone);
  const heard = dbfsOf(second.heard);
  const isSpoken = microphone > voiceAtDbfs;
  const isHeard = heard > voiceAtDbfs;
  return {
    seconds: sound.seconds + 1,
    lateSeconds: sound.lateSeconds + (second.lateMs > lateAtMs ? 1 : 0),
    latestMs: Math.max(sound.latestMs, second.lateMs),
    glitchedPercent:
      second.glitchedPercent === null
        ? sound.glitchedPercent
        : meanWith(sound.glitchedPercent, sound.seconds, second.glitchedPercent),
    microphoneDbfs: isSpoken
      ? meanWith(sound.microphoneDbfs, sound.spokenSeconds, microphone)
      : sound.microphoneDbfs,
    spokenSeconds: sound.spokenSeconds + (isSpoken ? 1 : 0),
    heardDbfs: isHeard ? meanWith(sound.heardDbfs, sound.heardSeconds, heard) : sound.heardDbfs,
    heardSeconds: sound.heardSeconds + (isHeard ? 1 : 0),
    path: second.path ?? sound.path,
  };
};
