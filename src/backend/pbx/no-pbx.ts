import { failure } from '../../shared/result.ts';
import type { Pbx, PbxFailure } from './pbx.ts';

const notSupported = (): Promise<{ readonly ok: false; readonly why: PbxFailure }> =>
  Promise.resolve(
    failure({ code: 'not_supported', message: 'no PBX is connected to the backend' }),
  );

/** For a bare SIP service: agents can call, but the backend neither sees nor steers it. */
export const createNoPbx = (): Pbx => ({
  kind: 'none',
  capabilities: { queues: false, recording: false, demoCustomers: false },
  start: () => undefined,
  stop: () => Promise.resolve(),
  status: () => ({ state: 'absent' }),
  subscribe: () => () => undefined,
  setMember: notSupported,
  removeMember: notSupported,
  members: notSupported,
  presence: notSupported,
  mintCredentials: notSupported,
  revokeCredentials: notSupported,
  hangUp: notSupported,
  startRecording: notSupported,
  stopRecording: notSupported,
  runningRecordings: notSupported,
  recordingFile: notSupported,
  callDemoCustomer: notSupported,
});
