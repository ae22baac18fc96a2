/** What the shift-start check measures. A part that was left out is absent; within a part, null: nobody knows. */

/** In the order in which they are shown. */
export const checkSteps = ['machine', 'line', 'microphone', 'speaker', 'ringer'] as const;
export type CheckStep = (typeof checkSteps)[number];

export const microphoneStates = ['heard', 'missing', 'denied', 'busy', 'dead'] as const;

export type MicrophoneMeasured = {
  /** `dead`: it opens and delivers nothing at all. */
  readonly state: (typeof microphoneStates)[number];
  /** What is sent while nobody speaks and while the agent does, root mean square, dB of full scale. */
  readonly noiseDbfs: number | null;
  readonly speechDbfs: number | null;
  /** Of the looks at the agent's voice, those that touched full scale. */
  readonly clippedPercent: number;
  /** The microphone in use makes a Bluetooth headset sound like an old telephone. */
  readonly handsFree: boolean;
};

export type SpeakerMeasured = {
  /** The device took the tone. */
  readonly played: boolean;
  /** `microphone`: the tone came back through the air. `nobody`: the agent says so. null: the agent said nothing. */
  readonly heardBy: 'microphone' | 'agent' | 'nobody' | null;
  /** How much weaker than it was played the tone is in what is sent, dB; null: nothing of it was found there. */
  readonly echoLossDb: number | null;
};

export type RingerMeasured = {
  readonly played: boolean;
  /** The agent's word; null: none. */
  readonly heard: boolean | null;
};

export const lineStates = ['measured', 'no_way', 'no_sound', 'not_offered'] as const;

export type LineMeasured = {
  /**
   * `no_way`: the phone system was not reached. `no_sound`: it was, and nothing came back. `not_offered`: there is
   * nothing there to speak to.
   */
  readonly state: (typeof lineStates)[number];
  readonly seconds: number;
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  /** The worse of both directions. */
  readonly lossPercent: number | null;
  /** The E-model's, 1 to 4.5. */
  readonly mos: number | null;
};

export type MachineMeasured = {
  /** Of all processors, while the check ran. */
  readonly busyPercent: number | null;
  /** How late this program's own work was at worst, ms. */
  readonly lateMs: number;
  /** On the disk that has the journal. */
  readonly freeMegabytes: number | null;
  readonly writable: boolean;
  /** This machine's clock from the server's; null: not known. */
  readonly clockOffMs: number | null;
  /** Names of network interfaces that belong to a VPN. */
  readonly vpn: readonly string[];
};

export type CheckMeasured = {
  readonly machine?: MachineMeasured;
  readonly line?: LineMeasured;
  readonly microphone?: MicrophoneMeasured;
  readonly speaker?: SpeakerMeasured;
  readonly ringer?: RingerMeasured;
};
