import type { HindranceCause } from '../../shared/domain/readiness/hindrance.ts';
import {
  isFailing,
  nextLookAt,
  readinessAt,
  takeEvidence,
  toBeProven,
  unknownReadiness,
  type Evidence,
  type ProofName,
  type Readiness,
} from '../../shared/domain/readiness/readiness.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import {
  engineProofs,
  type EngineProof,
  type Proved,
  type ProveOrder,
} from '../../shared/ipc/readiness.ts';
import { createProofRounds } from './proof-rounds.ts';

/** While ready the way of the sound is proven anew by then, and by chance up to a fifth sooner. */
const provenEveryMs = 10 * 60_000;
/** A call that was talked in for so long proves it as well. */
const provingCallMs = 5_000;
/** A machine that was about to sleep and goes on for so long does not. */
const notAsleepAfterMs = 10_000;

type Seen = Pick<PhoneSnapshot, 'engineId' | 'registration' | 'devices' | 'calls' | 'join'>;
type Problem = NonNullable<PhoneSnapshot['devices']['problem']>;

/** What main and the engine know, put together: what keeps calls from ringing and being heard here. */
export type ReadinessKeeper = {
  /** null: nothing. */
  readonly hindrance: () => HindranceCause | null;
  /** A device is missing or silent, for sure: nobody could take a call, whoever offers it. */
  readonly cannotRing: () => boolean;
  readonly takePhone: (phone: Seen) => void;
  readonly takeDesk: (
    desk: Pick<DeskSnapshot, 'engine' | 'journal' | 'settings' | 'shiftCheck'>,
  ) => void;
  /** `wished`: the agent wishes to be ready, so that proofs are kept fresh. */
  readonly takeWish: (wished: boolean) => void;
  readonly proved: (proved: Proved) => void;
  readonly asleep: (isAsleep: boolean) => void;
  readonly network: (isThere: boolean) => void;
  /** Other addresses, or this program stood still: what was proven may not be so any more. */
  readonly shaken: (why: 'network' | 'standstill') => void;
  readonly ringTested: (heard: boolean) => void;
  readonly clockKnown: () => void;
  /** Somebody signed in: everything is proven for them. */
  readonly begin: () => void;
  readonly end: () => void;
  /** The agent asks: no pause is waited for. */
  readonly proveNow: () => void;
};

export const createReadinessKeeper = (ports: {
  readonly monotonicMs: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly order: (order: ProveOrder) => void;
  /** Tries whether the journal can be written; what it finds comes with the desk's snapshot. */
  readonly probeDisk: () => void;
  /** Whether the call that ended last was heard badly. */
  readonly wasLineBad: () => boolean;
  readonly onHindrance: (hindrance: HindranceCause | null) => void;
  /** What lies behind the hindrance may have changed, the hindrance itself or not. */
  readonly onLooked: () => void;
}): ReadinessKeeper => {
  const now = ports.monotonicMs;
  const rounds = createProofRounds(ports);
  let readiness: Readiness = unknownReadiness;
  let begun = false;
  let wished = false;
  /** Everything was, once since the sign-in. */
  let wasProven = false;
  let lastTold: HindranceCause | null | undefined;
  let phone: Seen | null = null;
  let ringerOff = false;
  let ringerUnheard = false;
  let inUse = '';
  let pathFailures = 0;
  let pathDueAt = Number.POSITIVE_INFINITY;
  let talkingSince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sleepTimer: ReturnType<typeof setTimeout> | null = null;

  const isInCall = (): boolean =>
    phone !== null &&
    ((phone.join ?? null) !== null || phone.calls.some(({ state }) => state !== 'ended'));

  const isEngineProof = (proof: ProofName): proof is EngineProof =>
    engineProofs.some((each) => each === proof);

  /** What the engine can prove at this moment, and has to. */
  const wanted = (at: number): readonly EngineProof[] => {
    if (!begun || phone === null || isInCall() || isFailing(readiness, 'phone')) return [];
    if (isFailing(readiness, 'awake')) return [];
    const isRegistered = phone.registration.state === 'registered';
    const due = new Set<EngineProof>(toBeProven(readiness, at).filter(isEngineProof));
    if (wished && at >= pathDueAt) due.add('media_path');
    // Who is away for long is proven when they come back.
    if (!wished && readiness.proofs.media_path.failing === null && wasProven)
      due.delete('media_path');
    if (ringerOff || ringerUnheard) due.delete('ringer');
    if (phone.devices.problem !== null) due.delete('microphone');
    if (!isRegistered)
      for (const proof of ['registration', 'media_path'] as const) due.delete(proof);
    return [...due];
  };

  const look = (): void => {
    if (!begun) return;
    const at = now();
    readiness = readinessAt(readiness, at);
    wasProven ||= readiness.hindrance === null;
    const again = rounds.follow(wanted(at), at);
    const times = [again, nextLookAt(readiness, at), wished ? pathDueAt : null]
      .filter((time) => time !== null)
      .filter((time) => time > at && Number.isFinite(time));
    if (timer !== null) clearTimeout(timer);
    timer = times.length === 0 ? null : setTimeout(look, Math.min(...times) - at + 1);
    if (readiness.hindrance !== lastTold) {
      lastTold = readiness.hindrance;
      ports.onHindrance(readiness.hindrance);
    }
    ports.onLooked();
  };

  const take = (evidence: Evidence): void => {
    readiness = takeEvidence(readiness, evidence, now());
  };
  const holds = (proof: ProofName, at = now()): void => take({ kind: 'holds', proof, at });
  const fails = (proof: ProofName, cause: HindranceCause, at = now()): void =>
    take({ kind: 'fails', proof, cause, at });
  const doubt = (...proofs: readonly ProofName[]): void => {
    const at = now();
    for (const proof of proofs) take({ kind: 'doubted', proof, at });
    rounds.anew(proofs.filter(isEngineProof));
  };
  const pathProven = (at: number): void => {
    pathFailures = 0;
    holds('media_path', at);
    pathDueAt = at + provenEveryMs * (1 - 0.2 * ports.random());
  };

  const takeDevices = ({ devices }: Seen): void => {
    const { problem } = devices;
    const microphoneProblem: Exclude<Problem, 'no_speaker'> | null =
      problem === 'no_speaker' ? null : problem;
    if (microphoneProblem !== null) fails('microphone', microphoneProblem);
    if (problem === 'no_speaker') fails('speaker', problem);
    else if (devices.inUse !== undefined) holds('speaker');
    // Without a list nothing is known of any device yet.
    if (devices.inUse === undefined) return;
    const used = JSON.stringify([devices.inUse, problem]);
    if (used === inUse) return;
    inUse = used;
    ringerUnheard = false;
    doubt('microphone', 'ringer');
  };

  const takeCalls = ({ calls }: Seen): void => {
    const isTalking = calls.some(({ state }) => state === 'connected');
    if (isTalking) talkingSince ??= now();
    else if (talkingSince !== null) {
      const wasLost = calls.some(
        (call) =>
          call.state === 'ended' &&
          (call.end.outcome === 'media_failed' || call.end.outcome === 'unreachable'),
      );
      if (wasLost) doubt('media_path');
      else if (now() - talkingSince >= provingCallMs) pathProven(now());
      // It stays proven; what the same way is like without that call tells whose fault it was.
      if (ports.wasLineBad()) pathDueAt = now();
      talkingSince = null;
    }
  };

  const asleep = (isAsleep: boolean): void => {
    if (sleepTimer !== null) clearTimeout(sleepTimer);
    sleepTimer = null;
    if (isAsleep) {
      fails('awake', 'asleep');
      // A timer stands still in sleep: who runs for so long did not fall asleep.
      sleepTimer = setTimeout(() => asleep(false), notAsleepAfterMs);
    } else {
      // Before it is awake: Ready does not come back between the two.
      doubt('registration', 'microphone', 'ringer', 'media_path');
      holds('awake');
    }
    look();
  };

  return {
    hindrance: () => readiness.hindrance,
    cannotRing: () =>
      (['microphone', 'speaker', 'ringer'] as const).some((proof) => isFailing(readiness, proof)),
    takePhone: (next) => {
      const before = phone;
      phone = next;
      if (before?.engineId !== next.engineId) {
        inUse = '';
        talkingSince = null;
        doubt('registration', 'microphone', 'ringer', 'media_path');
      }
      if (before?.registration !== next.registration) {
        if (next.registration.state === 'registered') holds('registration');
        else fails('registration', 'not_registered');
      }
      if (before?.devices !== next.devices) takeDevices(next);
      if (before?.calls !== next.calls) takeCalls(next);
      look();
    },
    takeDesk: ({ engine, journal, settings, shiftCheck }) => {
      if (engine === 'running') holds('phone');
      else fails('phone', 'phone_restarting');
      if (journal.problem === null) holds('disk');
      else fails('disk', 'disk');
      const isOff = settings.ringVolume === 0;
      if (isOff) fails('ringer', 'ringer_off');
      else if (ringerOff) doubt('ringer');
      ringerOff = isOff;
      if (shiftCheck?.owed === true) fails('shift_check', 'check_due');
      else holds('shift_check');
      look();
    },
    takeWish: (next) => {
      if (next && !wished) ports.probeDisk();
      wished = next;
      look();
    },
    proved: (proved) => {
      const { proof, word, cause } = proved;
      const askedAt = rounds.settle(proved, now());
      if (askedAt === null) return;
      if (word === 'holds' || word === 'unprovable') {
        if (proof === 'media_path') {
          if (wasProven) ports.probeDisk();
          pathProven(askedAt);
        } else holds(proof, askedAt);
      } else if (word === 'fails' && cause !== null) {
        // One call may go wrong by chance; two in a row do not.
        pathFailures = proof === 'media_path' ? pathFailures + 1 : pathFailures;
        if (proof !== 'media_path' || pathFailures > 1) fails(proof, cause, askedAt);
      }
      look();
    },
    asleep,
    network: (isThere) => {
      if (!isThere) fails('network', 'no_network');
      else {
        if (isFailing(readiness, 'network')) doubt('registration', 'media_path');
        holds('network');
      }
      look();
    },
    shaken: (why) => {
      doubt('registration', 'media_path');
      if (why === 'standstill') doubt('microphone', 'ringer');
      look();
    },
    ringTested: (heard) => {
      ringerUnheard = !heard;
      if (heard) doubt('ringer');
      else fails('ringer', 'ringer_unheard');
      look();
    },
    clockKnown: () => {
      holds('clock');
      look();
    },
    begin: () => {
      begun = true;
      wasProven = false;
      lastTold = undefined;
      holds('awake');
      holds('network');
      holds('clock');
      doubt('registration', 'microphone', 'ringer', 'media_path');
      // The binding of this account is known by its own word; a phone that has none yet says so.
      look();
    },
    end: () => {
      begun = false;
      wished = false;
      ringerUnheard = false;
      readiness = unknownReadiness;
      phone = null;
      inUse = '';
      pathDueAt = Number.POSITIVE_INFINITY;
      if (timer !== null) clearTimeout(timer);
      if (sleepTimer !== null) clearTimeout(sleepTimer);
      [timer, sleepTimer] = [null, null];
    },
    proveNow: () => {
      rounds.hurry();
      look();
    },
  };
};
