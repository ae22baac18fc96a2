/** What a proof call found of the way to the PBX and back. */
export type PathFigures = {
  /** From the INVITE to the first sound that came back, ms. */
  readonly setupMs: number;
  /** null: nobody told. */
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  /** Of what the PBX sent. */
  readonly lossPercent: number;
  /** Of what this desk sent, by the PBX's reports; null: it has not reported yet. */
  readonly sentLossPercent: number | null;
  readonly packetsSent: number;
  readonly packetsReceived: number;
};

/** Why a proof call proved nothing. */
export const proofFailures = [
  /** The PBX answered, and no way for sound was found (ICE, DTLS). */
  'no_path',
  /** The way stands, and what was sent did not come back. */
  'no_sound',
  /** The PBX did not answer the call. */
  'no_answer',
  /** The PBX refused it. */
  'refused',
  /** This PBX has nobody who answers such a call. */
  'no_extension',
  'not_registered',
  /** A call is there, or came: nothing is proven beside it. */
  'in_call',
  /** Another proof is under way. */
  'busy',
  /** Somebody ended it. */
  'stopped',
] as const;
export type ProofFailure = (typeof proofFailures)[number];

/** What says that sound does not get through; the others say nothing about it. */
export const isPathBroken = (why: ProofFailure): boolean => why === 'no_path' || why === 'no_sound';
