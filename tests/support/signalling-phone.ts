import type { Registration } from '../../src/shared/domain/registration/registration.ts';
import type { Voicemail } from '../../src/shared/ipc/phone.ts';
import type { UserAgent } from '../../src/renderer/phone/sip/user-agent.ts';
import { createUserAgent } from '../../src/renderer/phone/sip/user-agent.ts';
import { until } from './engine-page/far-end.ts';

/** The phone's signalling alone, in this process: the engine's own code without windows, audio or calls. */
export type SignallingPhone = {
  readonly agent: UserAgent;
  /** Every state that it told, the latest last. */
  readonly told: readonly Registration[];
  /** What it told of the mailbox. */
  readonly voicemail: readonly Voicemail[];
  readonly latest: () => Registration;
  readonly untilRegistration: (
    what: Partial<Registration> & Pick<Registration, 'state'>,
    timeoutMs?: number,
  ) => Promise<void>;
};

const nothing = () => undefined;
const quiet = () => ({ error: nothing, warn: nothing, info: nothing, debug: nothing });

export const openSignallingPhone = (
  urls: readonly string[],
  options: {
    readonly extension?: string;
    readonly random?: () => number;
    readonly onRegistration?: (registration: Registration) => void;
  } = {},
): SignallingPhone => {
  const { extension = '1001', random = () => 0.02 } = options;
  const told: Registration[] = [];
  const voicemail: Voicemail[] = [];
  const latest = () => told.at(-1) ?? { state: 'unregistered' };
  return {
    agent: createUserAgent({
      onHeard: () => undefined,
      account: {
        uri: `sip:${extension}@ringside`,
        username: extension,
        password: `secret-${extension}`,
        edges: urls.map((url, priority) => ({ url, priority, weight: 1 })),
        country: 'US',
        voicemailNumber: null,
        expiresAt: Date.now() + 3_600_000,
      },
      createLogger: quiet,
      renewRelay: () => undefined,
      findsAddress: () => Promise.resolve(true),
      createPeer: () => {
        throw new Error('a phone of signalling alone has no audio');
      },
      onOffered: nothing,
      joins: { expects: () => false, take: nothing },
      onVoicemail: (summary) => {
        voicemail.push(summary);
      },
      onPresence: nothing,
      refuses: () => false,
      onRegistration: (registration) => {
        told.push(registration);
        options.onRegistration?.(registration);
      },
      random,
    }),
    told,
    voicemail,
    latest,
    untilRegistration: (what, timeoutMs) =>
      until(
        `a registration like ${JSON.stringify(what)}`,
        () => {
          const now = new Map<string, unknown>(Object.entries(latest()));
          return Object.entries(what).every(([name, value]) => now.get(name) === value);
        },
        timeoutMs,
      ),
  };
};
