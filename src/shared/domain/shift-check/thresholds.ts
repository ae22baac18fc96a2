/** From where a measure is not good any more, and from where it is bad. */
export type Bounds = { readonly fair: number; readonly bad: number };

export const bounds = {
  /**
   * How far the agent's voice stands out of what is sent beside it, dB, at least: the American Speech-Language-Hearing
   * Association asks 15 for classrooms. The second bound is our own: where people begin to lose words.
   */
  voiceOverNoiseDb: { fair: 15, bad: 6 },
  /**
   * The agent's voice, dB of full scale, at least. -26 is usual in a telephone network (ITU-T P.56); our own bounds lie
   * some 15 and 25 dB below it.
   */
  speechDbfs: { fair: -41, bad: -50 },
  /** Of the agent's voice that touched full scale, at most: one look in ten can be a cough. */
  clippedPercent: { fair: 10, bad: 40 },
  /** Weakening of the echo, dB, at least: 3GPP TS 26.132 §8.7.1 asks 46 of any telephone. The second is our own. */
  echoLossDb: { fair: 46, bad: 30 },
  /** Of what was spoken into the line, at most: those of a call (`wordOfFigures`). */
  lossPercent: { fair: 1, bad: 5 },
  jitterMs: { fair: 30, bad: 80 },
  /** ITU-T G.114: 150 ms one way is fine, beyond 400 ms nobody should plan with. */
  roundTripMs: { fair: 400, bad: 800 },
  /** At least: below 3.1 (G.107 Annex B) nearly all users are dissatisfied. */
  mos: { fair: 3.7, bad: 3.1 },
  /** A voice takes one part of a second in fifty: what is busy all the time will be late for some. */
  busyPercent: { fair: 85, bad: 97 },
  /** A packet that comes 200 ms late is one that never came, for a jitter buffer as Chromium has it. */
  lateMs: { fair: 200, bad: 1_000 },
  /** A journal of a shift takes about 10 MB, an update 150 MB more. */
  freeMegabytes: { fair: 500, bad: 50 },
  /** Kerberos (RFC 4120) and most sign-ins of companies refuse a clock that is five minutes off. */
  clockOffMs: { fair: 300_000, bad: Number.POSITIVE_INFINITY },
} as const satisfies Readonly<Record<string, Bounds>>;
