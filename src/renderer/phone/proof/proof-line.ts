import type { PathFigures, ProofFailure } from '../../../shared/domain/readiness/path.ts';
import { isPathBroken } from '../../../shared/domain/readiness/path.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Leg } from '../sip/leg.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import { countPath, type PathCounts } from './proof-counts.ts';
import { openProofTone } from './proof-tone.ts';

/** The PBX's answer, and the first sound after it, may take so long. */
const answerWithinMs = 5_000;
const soundWithinMs = 5_000;
const lookEveryMs = 100;
/** One packet may be a stray of something else; a few are sound. */
const enoughPackets = 3;

export type ProofOrder = {
  /** Whom to call: the PBX sends back there whatever it is sent. */
  readonly extension: string;
  /** How long sound is to go both ways, from the first that came back, ms. */
  readonly forMs: number;
  /** What is sent, a clone of it; null: a soft tone that nobody hears. */
  readonly track: MediaStreamTrack | null;
  /** Ten times a second while sound goes both ways: all that was counted so far. */
  readonly onCounts?: (counts: PathCounts) => void;
  /** What comes back. It is not played. */
  readonly onRemoteTrack?: (track: MediaStreamTrack) => void;
};

/**
 * A line to the PBX and back that proves the way of the sound: signalling, ICE, DTLS, and audio in both directions. It is
 * none of this phone's calls: not shown, not rung, not kept; it never stands beside a call and goes as one comes.
 */
export type ProofLine = {
  readonly prove: (order: ProofOrder) => Promise<Result<PathFigures, ProofFailure>>;
  readonly isOn: () => boolean;
  readonly end: () => void;
};

type Proof = { readonly leg: Leg; stop: (why: ProofFailure) => void };

export const createProofLine = (ports: {
  readonly store: PhoneStore;
  readonly userAgent: () => UserAgent | null;
  readonly log: Logger;
}): ProofLine => {
  const { store, log } = ports;
  let proof: Proof | null = null;
  /** Set before there is a leg: of two orders at one moment the second is refused. */
  let begun = false;

  const isInCall = (): boolean => {
    const { calls, join } = store.get();
    return (join ?? null) !== null || calls.some(({ state }) => state !== 'ended');
  };
  const isRegistered = (): boolean => store.get().registration.state === 'registered';

  store.subscribe(() => {
    if (proof !== null && isInCall()) proof.stop('in_call');
  });

  /** Resolves with what was counted when it has gone on for long enough, or with why it did not. */
  const measure = (leg: Leg, order: ProofOrder): Promise<Result<PathFigures, ProofFailure>> =>
    new Promise((resolve) => {
      const begunAt = performance.now();
      let answeredAt: number | null = null;
      let soundAt: number | null = null;
      let counts: PathCounts | null = null;
      let over = false;
      let timer: ReturnType<typeof setTimeout> | undefined;

      const settle = (result: Result<PathFigures, ProofFailure>): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        resolve(result);
      };
      const look = async (): Promise<void> => {
        const peer = leg.peer();
        const now = performance.now();
        if (answeredAt === null) {
          if (now - begunAt > answerWithinMs) settle(failure('no_answer'));
          return;
        }
        const counted = peer === null ? null : await countPath(peer);
        if (over) return;
        if (counted !== null && counted.packetsReceived >= enoughPackets) {
          counts = counted;
          soundAt ??= performance.now();
          order.onCounts?.(counted);
        }
        if (counts !== null && soundAt !== null && performance.now() - soundAt >= order.forMs) {
          settle(success({ ...counts, setupMs: Math.round(soundAt - begunAt) }));
        } else if (soundAt === null && now - answeredAt > soundWithinMs) {
          settle(failure(peer?.connectionState === 'connected' ? 'no_sound' : 'no_path'));
        }
      };
      const lookAgain = (): void => {
        timer = setTimeout(() => {
          look().then(
            () => {
              if (!over) lookAgain();
            },
            (error: unknown) => {
              log.warn('a proof could not be counted', { error: textOf(error) });
              settle(failure('no_sound'));
            },
          );
        }, lookEveryMs);
      };

      proof = { leg, stop: (why) => settle(failure(why)) };
      leg.listen({
        signal: (signal) => {
          if (signal.kind === 'answered') answeredAt ??= performance.now();
          if (signal.kind !== 'ended') return;
          const { sipCode } = signal.end;
          if (answeredAt === null) settle(failure(sipCode === 404 ? 'no_extension' : 'refused'));
          else settle(failure(soundAt === null ? 'no_path' : 'stopped'));
        },
        remoteTrack: (track) => order.onRemoteTrack?.(track),
      });
      lookAgain();
      leg.dial(order.extension);
    });

  const run = async (
    userAgent: UserAgent,
    order: ProofOrder,
  ): Promise<Result<PathFigures, ProofFailure>> => {
    const tone = order.track === null ? openProofTone(log) : null;
    const track = order.track?.clone() ?? tone?.track;
    const remote = { number: '', name: '' };
    const callKey = crypto.randomUUID();
    const leg = userAgent.newLeg({ callKey, remote, queue: null, isConsult: false });
    try {
      await leg.useTrack(track ?? null);
      if (isInCall()) return failure('in_call');
      const found = await measure(leg, order);
      // What the path is to be blamed for has to have been sent over a link that stood.
      if (!found.ok && isPathBroken(found.why) && !isRegistered()) return failure('not_registered');
      return found;
    } finally {
      proof = null;
      leg.end('ended');
      track?.stop();
      tone?.close();
    }
  };

  return {
    prove: async (order) => {
      const userAgent = ports.userAgent();
      if (begun) return failure('busy');
      if (isInCall()) return failure('in_call');
      if (userAgent === null || !isRegistered()) return failure('not_registered');
      begun = true;
      try {
        const found = await run(userAgent, order);
        log.info('proof call', found.ok ? { setupMs: found.value.setupMs } : { why: found.why });
        return found;
      } finally {
        begun = false;
      }
    },
    isOn: () => begun,
    end: () => proof?.stop('stopped'),
  };
};
