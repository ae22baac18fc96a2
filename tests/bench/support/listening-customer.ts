import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { toneDb } from '../../../scripts/display/levels.ts';
import { parseAmiUrl } from '../../../src/backend/pbx/ami/ami-address.ts';
import { createAmiClient, type AmiClient } from '../../../src/backend/pbx/ami/ami-client.ts';
import { nowMs } from './sip-tap.ts';

/**
 * Customers at the far end of the PBX who only listen: Asterisk's AudioSocket sends what they hear, 20 ms a frame
 * (16 bit, 8 kHz).
 */
export type ListeningCustomers = {
  /** One of them calls a queue or an extension. */
  readonly call: (number: string, to: string) => Promise<ListeningCustomer>;
  readonly stop: () => void;
};

export type ListeningCustomer = {
  /** Forgets what was heard; from now on whatever is heard counts. */
  readonly listen: () => void;
  /** Epoch ms of the first frame since then that is no silence. */
  readonly heardAt: () => Promise<number>;
};

const kinds = { id: 0x01, audio: 0x10 } as const;
const headBytes = 3;
const rateHz = 8_000;
/** Where the agent's voice has its second formant, and the PBX's ringing tone (440 and 480 Hz) nothing. */
const voiceHz = [1_100, 1_150, 1_200, 1_250, 1_300, 1_350] as const;
const audibleDb = -50;
const hearingWithinMs = 10_000;

type Ear = ListeningCustomer & { readonly hear: (payload: Buffer) => void };

const createEar = (): Ear => {
  let listening = false;
  let heardAt: number | null = null;
  let tell: (() => void) | null = null;
  return {
    listen: () => {
      listening = true;
      heardAt = null;
    },
    heardAt: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error('the customer hears nothing')),
          hearingWithinMs,
        );
        tell = () => {
          if (heardAt === null) return;
          clearTimeout(timer);
          resolve(heardAt);
        };
        tell();
      }),
    hear: (payload) => {
      if (!listening || heardAt !== null) return;
      const at = nowMs();
      const samples = Int16Array.from({ length: payload.length / 2 }, (_, index) =>
        payload.readInt16LE(index * 2),
      );
      if (Math.max(...voiceHz.map((hz) => toneDb(samples, hz, rateHz))) < audibleDb) return;
      heardAt = at;
      tell?.();
    },
  };
};

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');

const attend = (socket: Socket, ears: ReadonlyMap<string, Ear>): void => {
  let rest: Buffer = Buffer.alloc(0);
  let ear: Ear | undefined;
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= headBytes) {
      const length = rest.readUInt16BE(1);
      if (rest.length < headBytes + length) return;
      const payload = rest.subarray(headBytes, headBytes + length);
      if (rest[0] === kinds.id) ear = ears.get(uuidOf(payload));
      if (rest[0] === kinds.audio) ear?.hear(payload);
      rest = rest.subarray(headBytes + length);
    }
  });
};

const connected = (amiUrl: string): Promise<AmiClient> => {
  const address = parseAmiUrl(amiUrl);
  if (!address.ok) throw new Error(address.why);
  return new Promise((resolve, reject) => {
    const client = createAmiClient(address.value, {
      opened: () => resolve(client),
      event: () => undefined,
      lost: (why) => reject(new Error(why)),
    });
    client.start();
  });
};

export const inviteListeners = async (
  amiUrl: string,
  cli: (command: string) => Promise<unknown>,
): Promise<ListeningCustomers> => {
  const ears = new Map<string, Ear>();
  const server = createServer((socket) => attend(socket, ears));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  for (const command of [
    'module load res_audiosocket.so',
    'module load app_audiosocket.so',
    'dialplan add extension _[0-9a-f].,1,Answer() into bench-listeners',
    `dialplan add extension _[0-9a-f].,2,AudioSocket(\\\${EXTEN}\\,127.0.0.1:${address.port}) into bench-listeners`,
  ]) {
    await cli(command);
  }
  const ami = await connected(amiUrl);
  return {
    call: async (number, to) => {
      const id = randomUUID();
      const ear = createEar();
      ears.set(id, ear);
      const answer = await ami.send('Originate', [
        ['Channel', `Local/${id}@bench-listeners/n`],
        ['Context', 'ringside-entry'],
        ['Exten', to],
        ['Priority', '1'],
        ['CallerID', number],
        ['Async', 'true'],
      ]);
      if (!answer.ok) throw new Error(answer.why.message);
      return ear;
    },
    stop: () => {
      ami.stop();
      server.close();
    },
  };
};
