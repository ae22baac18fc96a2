import type { PhoneBridge } from '../../../shared/ipc/bridge.ts';
import type { EngineSetup } from '../../../shared/ipc/phone.ts';
import type { DeviceChoice } from '../devices/device-choice.ts';
import type { Logger } from '../log.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { ProofLine } from '../proof/proof-line.ts';

/** What the check of a shift needs of the phone. */
export type CheckPorts = {
  readonly bridge: Pick<PhoneBridge, 'on' | 'report'>;
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
  readonly devices: Pick<
    DeviceChoice,
    'microphoneId' | 'speakerId' | 'ringerIds' | 'everySpeakerId'
  >;
  readonly proofLine: Pick<ProofLine, 'prove' | 'end'>;
  readonly log: Logger;
};
