import { isPathBroken } from '../../../shared/domain/readiness/path.ts';
import { mayTurnHandsFree } from '../../../shared/domain/devices/hands-free.ts';
import type { HindranceCause } from '../../../shared/domain/readiness/hindrance.ts';
import type { EngineProof, Proved, ProveOrder } from '../../../shared/ipc/readiness.ts';
import type { DeviceChoice } from '../devices/device-choice.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import type { ProofLine } from './proof-line.ts';
import { proveMicrophone } from './prove-microphone.ts';
import { proveRinger } from './prove-ringer.ts';

/** Long enough for packets to come back, and soon over: the PBX counts the phone as busy meanwhile. */
const soundForMs = 600;

type Found = Omit<Proved, 'round' | 'proof'>;

const holds: Found = { word: 'holds', cause: null, why: null };
const fails = (cause: HindranceCause, why: string | null = null): Found => ({
  ...{ word: 'fails', cause, why },
});
const unknown = (why: string): Found => ({ word: 'unknown', cause: null, why });

/** Proves what main asks for, each by doing what a call would do. */
export const createProver = (ports: {
  readonly line: ProofLine;
  readonly userAgent: () => UserAgent | null;
  readonly devices: Pick<
    DeviceChoice,
    'inUse' | 'microphoneId' | 'microphoneLost' | 'ringerIds' | 'everySpeakerId'
  >;
  /** null: this PBX has nobody who answers. */
  readonly extension: () => string | null;
  readonly isInCall: () => boolean;
  readonly tell: (proved: Proved) => void;
  readonly log: Logger;
}): ((order: ProveOrder) => void) => {
  const { devices, log } = ports;

  const provePath = async (): Promise<Found> => {
    const extension = ports.extension();
    if (extension === null) return { word: 'unprovable', cause: null, why: 'plain_service' };
    const found = await ports.line.prove({ extension, forMs: soundForMs, track: null });
    if (found.ok) {
      const { setupMs: _setupMs, ...path } = found.value;
      return { ...holds, path };
    }
    if (found.why === 'no_extension') return { word: 'unprovable', cause: null, why: found.why };
    return isPathBroken(found.why) ? fails('no_media_path', found.why) : unknown(found.why);
  };

  const microphone = async (): Promise<Found> => {
    const device = devices.inUse('microphone');
    // To open it would stop whatever music it plays.
    if (device !== null && mayTurnHandsFree(device.label)) return holds;
    const id = devices.microphoneId();
    const cause = await proveMicrophone(id, log);
    if (cause === null) return holds;
    const mayBeAnother = cause !== 'microphone_denied' && id !== null;
    if (mayBeAnother && devices.microphoneLost(id)) return unknown('another is in use');
    return fails(cause);
  };

  const prove: Record<EngineProof, () => Promise<Found>> = {
    registration: async () => {
      const proven = (await ports.userAgent()?.proveBinding()) ?? false;
      return proven ? holds : fails('not_registered');
    },
    microphone: async () => (ports.isInCall() ? unknown('in_call') : microphone()),
    ringer: async () => {
      if (ports.isInCall()) return unknown('in_call');
      const plays = await proveRinger(devices.ringerIds(), devices.everySpeakerId, log);
      return plays ? holds : fails('ringer_silent');
    },
    media_path: provePath,
  };

  const tell = (round: string, proof: EngineProof, found: Found): void => {
    if (found.word !== 'holds') log.info('not proven', { proof, word: found.word, why: found.why });
    ports.tell({ round, proof, ...found });
  };

  return ({ round, proofs }) => {
    for (const proof of proofs) {
      prove[proof]().then(
        (found) => tell(round, proof, found),
        (error: unknown) => {
          log.error('a proof failed', { proof, error: textOf(error) });
          tell(round, proof, unknown('failed'));
        },
      );
    }
  };
};
