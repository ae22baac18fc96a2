import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { password, people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();

test('the database dies and comes back: clear refusals meanwhile, and everything works again', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await backend.server.crash();
  const callKey = randomUUID();
  const away = { status: 503, body: { code: 'database_away' } };
  expect(await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } })).toMatchObject(away);
  expect(await alice.ask('GET', '/customers')).toMatchObject(away);
  const device = { username: 'alice', password, deviceId: randomUUID() };
  expect(await backend.ask('POST', '/session', device)).toMatchObject(away);
  const event = createJournal(people.alice.id).event(
    ledger(wholeCall(randomUUID(), Date.now() - 60_000).offered),
  );
  expect(await alice.ask('POST', '/events', { events: [event] })).toMatchObject(away);
  expect(await backend.ask('GET', '/health')).toMatchObject({
    status: 503,
    body: { ok: false, database: { ok: false, why: 'the database cannot be reached' } },
  });
  // A call that comes now is not forgotten.
  const caller = { remoteNumber: '+13035550123', remoteName: '' };
  const report = { at: Date.now(), callKey, queue: 'support', ...caller };
  backend.pbx.report({ kind: 'queue_entered', ...report });
  backend.pbx.report({ kind: 'leg_offered', ...report, extension: '1001' });

  await backend.server.restart();
  await until(async () => (await backend.ask('GET', '/health')).status === 200);
  const { card } = await alice.next('card', (push) => push.card.callKey === callKey);
  expect(card.match.kind).toBe('exact');
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  expect(await alice.ask('POST', '/events', { events: [event] })).toMatchObject({
    status: 200,
    body: { stored: [event.id], refused: [] },
  });
}, 60_000);

test('what is no frame, or too long a one, costs its sender the line and nobody else anything', async () => {
  const [alice, bruno] = [await backend.signIn('alice'), await backend.signIn('bruno')];
  const open = () =>
    new Promise<WebSocket>((done, fail) => {
      const socket = new WebSocket(`${backend.url.replace('http', 'ws')}/push`, {
        headers: { authorization: `Bearer ${alice.session.token}` },
      });
      socket.on('open', () => done(socket));
      socket.on('error', fail);
    });
  const closed = (socket: WebSocket) =>
    new Promise<number>((done) => {
      socket.on('close', done);
    });
  const oversized = await open();
  oversized.send('x'.repeat(100_000));
  expect(await closed(oversized)).toBe(1009);
  const malformed = await open();
  // A frame with reserved bits (RFC 6455 §5.2), past the library that would not send it.
  const raw = Reflect.get(malformed, '_socket') as Socket;
  raw.write(Buffer.from([0xff, 0x80, 0, 0, 0, 0]));
  expect(await closed(malformed)).toBe(1002);
  const chatty = await open();
  chatty.send('{"hello":1}');
  chatty.close();
  expect((await bruno.ask('GET', '/contacts')).status).toBe(200);
  expect((await alice.ask('GET', '/contacts')).status).toBe(200);
});

test('the line needs a live session', async () => {
  const status = await new Promise<number | undefined>((done) => {
    const socket = new WebSocket(`${backend.url.replace('http', 'ws')}/push`);
    socket.on('unexpected-response', (_request, response) => done(response.statusCode));
    socket.on('error', () => undefined);
  });
  expect(status).toBe(401);
});

test('an oversized or garbled body is refused as a problem', async () => {
  const alice = await backend.signIn('alice');
  const large = await alice.ask('POST', '/customers', { name: 'x'.repeat(100_000), number: '1' });
  expect(large).toMatchObject({ status: 413, body: { code: 'too_large' } });
  expect(await alice.ask('POST', '/events', '{"events":[')).toMatchObject({ status: 400 });
  const form = await fetch(`${backend.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'username=alice',
  });
  expect([form.status, await form.json()]).toMatchObject([415, { code: 'unsupported' }]);
});

test('what is not even HTTP is let go', async () => {
  const { port, hostname } = new URL(backend.url);
  const answer = await new Promise<string>((done) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write('\x16\x03\x01 not http\r\n\r\n'),
    );
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => done(text));
  });
  expect(answer).toContain('400 Bad Request');
  expect((await backend.ask('GET', '/time')).status).toBe(200);
});

test('when the backend stops, its lines are closed with the word that it goes', async () => {
  const alice = await backend.signIn('alice');
  expect(alice.pushes[0]?.kind).toBe('desk');
  await backend.backend.app.close();
  expect(await alice.closed).toBe(1001);
});
