import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createAmiClient, type AmiClient } from '../../src/backend/pbx/ami/ami-client.ts';
import { parseAmiUrl } from '../../src/backend/pbx/ami/ami-address.ts';
import { field, type AmiMessage } from '../../src/backend/pbx/ami/ami-message.ts';
import { eventually, StepFailure } from './timeline.ts';

export type SeenEvent = {
  readonly at: number;
  readonly name: string;
  readonly message: AmiMessage;
};

/** A second, independent ear at the PBX: what it says is evidence, whatever the app and the backend claim. */
export type PbxObserver = {
  readonly cli: (command: string) => Promise<readonly string[]>;
  readonly seen: () => readonly SeenEvent[];
  /** The first event after `since` (epoch ms) that fits. */
  readonly event: (
    what: string,
    fits: (name: string, message: AmiMessage) => boolean,
    options: { readonly since: number; readonly timeoutMs?: number },
  ) => Promise<SeenEvent>;
  /** From now on the PBX reports when sound from this channel begins, and when it was silent for so long (TALK_DETECT). */
  readonly reportTalking: (channel: string, silenceMs?: number) => Promise<void>;
  readonly stop: () => void;
};

/** A call to or from this extension's phone begins; the calls by which a phone proves its way of the sound are none. */
export const isLegOf =
  (extension: string) =>
  (name: string, message: AmiMessage): boolean =>
    name === 'Newchannel' &&
    field(message, 'channel').startsWith(`PJSIP/${extension}-`) &&
    field(message, 'exten') !== 'proof';

const runFile = promisify(execFile);

/** The account of resources/pbx/etc/manager.conf that hears everything; it has the backend's secret. */
const OBSERVER = 'observer';

const connected = async (amiUrl: string, seen: SeenEvent[]): Promise<AmiClient> => {
  const address = parseAmiUrl(amiUrl);
  if (!address.ok) throw new StepFailure(`the AMI address is unusable: ${address.why}`);
  return new Promise((resolve, reject) => {
    const client = createAmiClient(
      { ...address.value, username: OBSERVER },
      {
        opened: () => resolve(client),
        event: (message) => seen.push({ at: Date.now(), name: field(message, 'event'), message }),
        lost: (why) => reject(new StepFailure(`the PBX does not answer: ${why}`)),
      },
    );
    client.start();
  });
};

export const observePbx = async ({
  amiUrl,
  cli,
}: {
  readonly amiUrl: string;
  /** A command line to which a command for Asterisk is appended. */
  readonly cli: string;
}): Promise<PbxObserver> => {
  const seen: SeenEvent[] = [];
  const client = await connected(amiUrl, seen);
  return {
    seen: () => seen,
    stop: client.stop,
    // The manager account may not run commands; the console may.
    cli: async (command) => {
      const { stdout } = await runFile('sh', ['-c', `${cli} "$1"`, 'sh', command]);
      return stdout.split('\n');
    },
    event: (what, fits, { since, timeoutMs = 10_000 }) =>
      eventually(
        what,
        () =>
          seen.find(
            (candidate) => candidate.at >= since && fits(candidate.name, candidate.message),
          ) ?? null,
        { timeoutMs, everyMs: 10 },
      ),
    reportTalking: async (channel, silenceMs = 2_500) => {
      const answer = await client.send('Setvar', [
        ['Channel', channel],
        ['Variable', 'TALK_DETECT(set)'],
        ['Value', String(silenceMs)],
      ]);
      if (!answer.ok) throw new StepFailure(`no talk detection: ${answer.why.message}`);
    },
  };
};
