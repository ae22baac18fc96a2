import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingServer } from './recordings.ts';

const contact = '0193aaaa-0000-7000-8000-0000000000c1';
const recording = '0193aaaa-0000-7000-8000-0000000000d1';
const audio = 'RIFF-and-so-on';
const asked: string[] = [];
const backend = createServer((request, response) => {
  asked.push(
    `${request.url ?? ''} ${request.headers.authorization ?? ''} ${request.headers.range ?? ''}`,
  );
  if (request.headers.range === undefined) {
    response.writeHead(200, { 'content-type': 'audio/wav', 'set-cookie': 'a=b' });
    response.end(audio);
  } else {
    response.writeHead(206, { 'content-type': 'audio/wav', 'content-range': 'bytes 0-3/14' });
    response.end(audio.slice(0, 4));
  }
});

beforeAll(async () => {
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
});
afterAll(() => {
  backend.close();
});

const get = (path: string, token: string | null = 'token', headers: Record<string, string> = {}) =>
  recordingServer({
    // The server has been listening on TCP.
    backendUrl: () => `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
    token: () => token,
    fetch,
  })(new Request(`app://ui/recordings/${path}`, { headers }));

test('a recording is fetched in the name of the agent, with nothing but its audio passed on', async () => {
  const answer = await get(`${contact}/${recording}`);
  expect(asked.at(-1)).toBe(`/api/v1/contacts/${contact}/recordings/${recording} Bearer token `);
  expect(await answer.text()).toBe(audio);
  expect(answer.headers.get('content-type')).toBe('audio/wav');
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test('a part of it is asked for and answered as a part', async () => {
  const answer = await get(`${contact}/${recording}`, 'token', { range: 'bytes=0-3' });
  expect(answer.status).toBe(206);
  expect(answer.headers.get('content-range')).toBe('bytes 0-3/14');
  expect(await answer.text()).toBe('RIFF');
});

test('without a session, and for any other path, the backend is not asked', async () => {
  const before = asked.length;
  expect((await get(`${contact}/${recording}`, null)).status).toBe(401);
  expect((await get(`${contact}/x`)).status).toBe(404);
  expect((await get(`${contact}/${recording}/..`)).status).toBe(404);
  expect(asked.length).toBe(before);
});

test('a backend that is away is a bad gateway', async () => {
  const serve = recordingServer({
    backendUrl: () => 'http://127.0.0.1:9',
    token: () => 'token',
    fetch,
  });
  const answer = await serve(new Request(`app://ui/recordings/${contact}/${recording}`));
  expect(answer.status).toBe(502);
});
