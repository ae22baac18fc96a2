import { createAmiClient, type AmiClient } from '../../../src/backend/pbx/ami/ami-client.ts';
import { parseAmiUrl } from '../../../src/backend/pbx/ami/ami-address.ts';
import type { AmiFields } from '../../../src/backend/pbx/ami/ami-encoder.ts';
import { createAriClient, parseAriUrl } from '../../../src/backend/pbx/asterisk/ari-client.ts';
import { known } from '../known.ts';
import { startTestAsterisk, type TestAsterisk } from '../test-asterisk.ts';
import { until } from './far-end.ts';

/** Our own Asterisk and, beside it, customers whose audio is a TCP stream to the test. */
export type TestPbx = Pick<TestAsterisk, 'cli' | 'freeze' | 'kill' | 'stop'> & {
  readonly sipUrl: string;
  /** Makes the extension able to register. */
  readonly setPassword: (extension: string, password: string) => Promise<void>;
  /** A customer calls: queue-NAME or an extension. `audioId` names the stream. */
  readonly callFrom: (call: {
    readonly audioId: string;
    readonly target: string;
    readonly number?: string;
    readonly name?: string;
  }) => Promise<void>;
  /** Sends an AMI action; rejects when the PBX does. */
  readonly action: (name: string, fields: AmiFields) => Promise<void>;
  /** After a kill, on the same ports and with the same passwords. */
  readonly startAgain: () => Promise<void>;
};

const audioSocketModules = `
load = res_audiosocket.so
load = app_audiosocket.so
`;

const dialplan = (audioPort: number) => `
OUTBOUND_RING_SECONDS = 3

[test-entry]
exten => s,1,Set(CALLERID(num)=\${URIDECODE(\${TEST_NUMBER})})
 same => n,Set(CALLERID(name)=\${URIDECODE(\${TEST_NAME})})
 same => n,Goto(ringside-entry,\${TEST_TARGET},1)

[test-customer]
exten => _[0-9a-f].,1,Answer()
 same => n,AudioSocket(\${EXTEN},127.0.0.1:${audioPort})
 same => n,Hangup(16)

; two phones ring at once
[ringside-entry]
exten => both,1,Set(__RINGSIDE_CALL=\${CHANNEL(linkedid)})
 same => n,Dial(PJSIP/1001&PJSIP/1002,20,b(ringside-offer^s^1))

[demo-pstn]
; early media before the answer
exten => +12025550183,1,Progress()
 same => n,Playtones(1000)
 same => n,Wait(1.5)
 same => n,Answer()
 same => n,AudioSocket(00000000-0000-4000-8000-000000000183,127.0.0.1:${audioPort})
 same => n,Hangup(16)
exten => +12025550199,1,Ringing()
 same => n,Wait(0.3)
 same => n,Answer()
 same => n,AudioSocket(00000000-0000-4000-8000-000000000199,127.0.0.1:${audioPort})
 same => n,Hangup(16)
`;

const connectedAmi = (amiUrl: string): Promise<AmiClient> =>
  new Promise((resolve, reject) => {
    const client = createAmiClient(known(parseAmiUrl(amiUrl)), {
      opened: () => resolve(client),
      event: () => undefined,
      lost: (why) => reject(new Error(`the PBX does not answer: ${why}`)),
    });
    client.start();
  });

export const startTestPbx = async (audioPort: number, mediaAddress?: string): Promise<TestPbx> => {
  const asterisk = await startTestAsterisk(
    { 'modules.conf': audioSocketModules, 'extensions_local.conf': dialplan(audioPort) },
    mediaAddress,
  );
  const { sipUrl, amiUrl, ariUrl } = asterisk.running;
  const ari = createAriClient(known(parseAriUrl(ariUrl)));
  const passwords = new Map<string, string>();
  let ami = await connectedAmi(amiUrl);

  // The first push after a restart may go over a connection that died with the old process.
  const pushPassword = (extension: string, password: string) =>
    until(`the PBX takes the password of ${extension}`, async () => {
      const pushed = await ari.write('auth', extension, [
        { attribute: 'auth_type', value: 'digest' },
        { attribute: 'username', value: extension },
        { attribute: 'password', value: password },
      ]);
      return pushed.ok;
    });

  const action: TestPbx['action'] = async (name, fields) => {
    known(await ami.send(name, fields));
  };

  return {
    sipUrl,
    setPassword: async (extension, password) => {
      passwords.set(extension, password);
      await pushPassword(extension, password);
    },
    callFrom: ({ audioId, target, number = '+12025550123', name = 'Carol Customer' }) =>
      action('Originate', [
        ['Channel', `Local/${audioId}@test-customer/n`],
        ['Context', 'test-entry'],
        ['Exten', 's'],
        ['Priority', '1'],
        ['Async', 'true'],
        // With opus on the Local channel Asterisk drops frames as late once another phone speaks on it.
        ['Codecs', 'slin'],
        ['Variable', `__TEST_TARGET=${target}`],
        ['Variable', `__TEST_NUMBER=${encodeURIComponent(number)}`],
        ['Variable', `__TEST_NAME=${encodeURIComponent(name)}`],
      ]),
    action,
    cli: asterisk.cli,
    freeze: asterisk.freeze,
    kill: async () => {
      ami.stop();
      await asterisk.kill();
    },
    startAgain: async () => {
      await asterisk.start();
      ami = await connectedAmi(amiUrl);
      for (const [extension, password] of passwords) await pushPassword(extension, password);
    },
    stop: async () => {
      ami.stop();
      await asterisk.stop();
    },
  };
};
