import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAmiClient } from './ami-client.ts';
import type { AmiClient } from './ami-client.ts';
import { field } from './ami-message.ts';
import type { AmiMessage } from './ami-message.ts';
import { createAmiParser } from './ami-parser.ts';

/** A scripted Asterisk at the socket. */
type Answer = (socket: Socket, action: AmiMessage) => void;

const TIMINGS = { answerMs: 300, pingEveryMs: 60, pingAnswerMs: 100 };
let server: Server;
let sockets: Socket[];
let client: AmiClient;
let told: string[];
let actions: string[];
let answer: Answer;

const reply = (socket: Socket, action: AmiMessage, ...lines: string[]): void =>
  void socket.write(`${[`ActionID: ${field(action, 'ActionID')}`, ...lines].join('\r\n')}\r\n\r\n`);

const wellBehaved: Answer = (socket, action) => {
  switch (field(action, 'Action')) {
    case 'Challenge':
      reply(socket, action, 'Response: Success', 'Challenge: 4711');
      break;
    case 'Login': {
      const key = createHash('md5').update('4711s3cret').digest('hex');
      if (field(action, 'Key') !== key) {
        reply(socket, action, 'Response: Error', 'Message: Authentication failed');
        break;
      }
      reply(socket, action, 'Response: Success');
      socket.write('Event: FullyBooted\r\n\r\n');
      break;
    }
    case 'Silent':
      break;
    case 'List':
      reply(socket, action, 'Response: Success', 'EventList: start');
      socket.write('Event: Unrelated\r\n\r\n');
      reply(socket, action, 'Event: Item', 'N: 1');
      reply(socket, action, 'Event: Item', 'N: 2');
      reply(socket, action, 'Event: ListComplete', 'EventList: Complete');
      break;
    case 'Refuse':
      reply(socket, action, 'Response: Error', 'Message: No such channel');
      break;
    default:
      reply(socket, action, 'Response: Success', `Did: ${field(action, 'Action')}`);
  }
};

const until = async (text: string): Promise<void> => {
  const deadline = Date.now() + 3_000;
  while (!told.includes(text)) {
    if (Date.now() > deadline) throw new Error(`never told ${text}: ${told.join()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const start = (secret = 's3cret'): void => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  client = createAmiClient(
    { host: '127.0.0.1', port, username: 'ringside', secret },
    {
      opened: () => told.push('opened'),
      event: (message) => told.push(`event ${field(message, 'Event')}`),
      lost: (why) => told.push(`lost: ${why}`),
    },
    TIMINGS,
  );
  client.start();
};

beforeEach(async () => {
  sockets = [];
  told = [];
  actions = [];
  answer = wellBehaved;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    const parser = createAmiParser();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const action of parser.push(chunk)) {
        actions.push(field(action, 'Action'));
        answer(socket, action);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  client.stop();
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

test('logs in by challenge, never sending the secret, and answers actions by their id', async () => {
  start();
  await until('opened');
  const both = await Promise.all([client.send('First'), client.send('Second')]);
  expect(both.map((one) => one.ok && field(one.value, 'Did'))).toEqual(['First', 'Second']);
});

test('collects a list, keeps unrelated events apart', async () => {
  start();
  await until('opened');
  const list = await client.list('List');
  expect(list.ok && list.value.map((item) => field(item, 'N'))).toEqual(['1', '2']);
  expect(told).toContain('event Unrelated');
});

test('a refusal and a silence are different failures', async () => {
  start();
  await until('opened');
  expect(await client.send('Refuse')).toEqual({
    ok: false,
    why: { code: 'refused', message: 'No such channel' },
  });
  expect(await client.send('Silent')).toMatchObject({ ok: false, why: { code: 'silent' } });
});

test('a wrong secret is told in words and tried again later', async () => {
  start('wrong');
  await until('lost: login refused: Authentication failed');
  expect(await client.send('First')).toMatchObject({ ok: false, why: { code: 'away' } });
});

test('a lost connection fails what is under way, and comes back by itself', async () => {
  start();
  await until('opened');
  const pending = client.send('Silent');
  told = [];
  sockets[0]?.destroy();
  expect(await pending).toMatchObject({ ok: false, why: { code: 'away' } });
  await until('opened');
  expect((await client.send('First')).ok).toBe(true);
});

test('a peer that is connected but dead is noticed by its missing pong', async () => {
  start();
  await until('opened');
  told = [];
  answer = () => undefined;
  await until('lost: the PBX stopped answering');
  answer = wellBehaved;
  await until('opened');
  expect(actions).toContain('Ping');
});

test('a peer that never greets is given up and told once', async () => {
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => sockets.push(socket));
  start();
  await until('lost: the PBX did not finish the login in time');
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(told).toHaveLength(1);
});

test('stopped, it neither comes back nor answers', async () => {
  start();
  await until('opened');
  client.stop();
  const count = sockets.length;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(sockets).toHaveLength(count);
  expect(await client.send('First')).toMatchObject({ ok: false, why: { code: 'away' } });
});
