import { failure, success } from '../../shared/result.ts';
import type { Pbx, PbxFailure } from './pbx.ts';
import type { SipAccounts } from './sip-accounts.ts';

const notSupported = (): Promise<{ readonly ok: false; readonly why: PbxFailure }> =>
  Promise.resolve(
    failure({ code: 'not_supported', message: 'no PBX is connected to the backend' }),
  );

type Options = {
  /** Read anew for each sign-in; null: phones get no account. */
  readonly readAccounts: (() => Promise<SipAccounts>) | null;
  readonly now: () => number;
};

/** For a plain SIP service: agents can call, but the backend neither sees nor steers it. */
export const createNoPbx = ({ readAccounts, now }: Options): Pbx => ({
  kind: 'none',
  capabilities: {
    queues: false,
    recording: false,
    demoCustomers: false,
    parking: false,
    supervision: false,
  },
  proofExtension: null,
  start: () => undefined,
  stop: () => Promise.resolve(),
  status: () => ({ state: 'absent' }),
  subscribe: () => () => undefined,
  setMember: notSupported,
  removeMember: notSupported,
  members: notSupported,
  presence: notSupported,
  mintCredentials: async (extension, lifetimeMs) => {
    if (readAccounts === null) return notSupported();
    const accounts = await readAccounts();
    if (!accounts.ok) return failure({ code: 'accounts_unusable', message: accounts.why });
    const account = accounts.value.find((entry) => entry.extension === extension);
    if (account === undefined) {
      return failure({ code: 'no_account', message: `no SIP account for extension ${extension}` });
    }
    const { username, password, uri } = account;
    return success({ username, password, uri, expiresAt: now() + lifetimeMs });
  },
  // The service's own secret: it goes on being valid.
  revokeCredentials: notSupported,
  challengeForgotten: () => Promise.resolve(),
  hangUp: notSupported,
  comfort: notSupported,
  heardWith: () => [],
  startRecording: notSupported,
  stopRecording: notSupported,
  silenceRecording: notSupported,
  runningRecordings: notSupported,
  recordingFile: notSupported,
  setPromptQueue: notSupported,
  playPrompt: notSupported,
  setSurveyQueue: notSupported,
  playSurvey: notSupported,
  callDemoCustomer: notSupported,
  supervise: notSupported,
  superviseMode: notSupported,
  endSupervision: notSupported,
  takeOver: notSupported,
  runningSupervisions: notSupported,
});
