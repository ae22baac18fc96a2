import type { PhoneBridge } from '../../../shared/ipc/bridge.ts';
import type { EngineSetup } from '../../../shared/ipc/phone.ts';
import type { DeviceChoice } from '../devices/device-choice.ts';
import type { CreateLogger } from '../log.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import { createAbsence, type Absence } from './absence.ts';
import { createProofLine, type ProofLine } from './proof-line.ts';
import { createProver } from './prover.ts';

/** The phone's part in "ready is the truth": it proves what it is asked for, and leaves when it must not be rung. */
export const followReadiness = (ports: {
  readonly bridge: PhoneBridge;
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
  readonly devices: DeviceChoice;
  readonly userAgent: () => UserAgent | null;
  readonly createLogger: CreateLogger;
}): { readonly line: ProofLine; readonly absence: Absence } => {
  const { bridge, store, userAgent } = ports;
  const log = ports.createLogger('proof');
  const line = createProofLine({ store, userAgent, log });
  const isInCall = (): boolean => {
    const { calls, join } = store.get();
    return (join ?? null) !== null || calls.some(({ state }) => state !== 'ended');
  };
  const prove = createProver({
    ...{ line, userAgent, devices: ports.devices, isInCall, log },
    extension: () => ports.setup().account?.proofExtension ?? null,
    tell: (proved) => bridge.report('engine.proved', proved),
  });
  bridge.on('engine.prove', prove);
  const absence = createAbsence({ bridge, userAgent, isInCall, log });
  // One that is born while nobody may be rung is away from the beginning.
  absence.told(ports.setup().away === true);
  return { line, absence };
};
