import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EdgeSocket } from './edge-socket.ts';
import { createEdgeSocket } from './edge-socket.ts';

const sent: string[] = [];
let isUp = true;
let url = '';
let socket: EdgeSocket;
const warn = vi.fn();
const nothing = () => undefined;

const request = (method: string, branch: string) =>
  `${method} sip:x SIP/2.0\r\nVia: SIP/2.0/WS a;branch=${branch}\r\nCSeq: 2 ${method}\r\n\r\n`;
const response = (status: number, method: string, branch: string) =>
  `SIP/2.0 ${status} x\r\nVia: SIP/2.0/WS a;branch=${branch}\r\nCSeq: 2 ${method}\r\n\r\n`;

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  isUp = true;
  url = 'ws://edge.example/ws';
  socket = createEdgeSocket(
    {
      isUp: () => isUp,
      send: (message) => sent.push(message),
      edge: () => ({ url, priority: 0, weight: 1 }),
    },
    { error: nothing, warn, info: nothing, debug: nothing },
  );
});
afterEach(() => vi.useRealTimers());

const reconnect = () => {
  sent.length = 0;
  isUp = true;
  socket.linkUp();
};

test('what is said while the link is away is said when it is back', () => {
  isUp = false;
  const messages = [request('BYE', 'b1'), response(200, 'INVITE', 'i1'), request('ACK', 'a1')];
  for (const message of messages) expect(socket.send(message)).toBe(true);
  expect(sent).toEqual([]);
  reconnect();
  expect(sent).toEqual(messages);
});

test('a request without a final answer is repeated over the next link, an answered one is not', () => {
  socket.send(request('BYE', 'b1'));
  socket.send(request('INVITE', 'i1'));
  socket.send(request('BYE', 'b2'));
  socket.deliver(response(200, 'BYE', 'b1'));
  socket.deliver(response(180, 'INVITE', 'i1'));
  reconnect();
  expect(sent).toEqual([request('INVITE', 'i1'), request('BYE', 'b2')]);
});

test('an offer within a call is not repeated: whoever made it makes another', () => {
  const offer = request('INVITE', 'i2').replace('CSeq', 'To: <sip:x>;tag=there\r\nCSeq');
  socket.send(offer);
  expect(sent).toEqual([offer]);
  reconnect();
  expect(sent).toEqual([]);
});

test('a hang-up is told even after minutes, what its transaction gave up is not', () => {
  isUp = false;
  socket.send(request('BYE', 'b1'));
  socket.send(request('INVITE', 'i1'));
  socket.send(response(200, 'INVITE', 'i2'));
  vi.advanceTimersByTime(300_000);
  reconnect();
  expect(sent).toEqual([request('BYE', 'b1')]);
});

test('registrations and probes are not kept: they are made anew', () => {
  isUp = false;
  socket.send(request('REGISTER', 'r1'));
  socket.send(request('OPTIONS', 'o1'));
  reconnect();
  expect(sent).toEqual([]);
});

test('a message that the library cannot bear is dropped, and the next one arrives', () => {
  const heard: string[] = [];
  socket.ondata = (message) => {
    if (message.startsWith('bad')) throw new TypeError('no');
    heard.push(message);
  };
  socket.deliver('bad');
  socket.deliver('good');
  expect(heard).toEqual(['good']);
  expect(warn).toHaveBeenCalledOnce();
});

test('headers lose control characters, the body stays as it is', () => {
  let heard = '';
  socket.ondata = (message) => {
    heard = message;
  };
  socket.deliver(`INVITE x\r\nFrom: "a\u0000b" <sip:1@x>\r\n\r\nbody\u0000`);
  expect(heard).toBe(`INVITE x\r\nFrom: "a b" <sip:1@x>\r\n\r\nbody\u0000`);
});

test('what is repeated by another edge names the transport of that edge', () => {
  const bye = request('BYE', 'b1').replace('WS a', 'WSS a');
  const ok = response(200, 'INVITE', 'i1').replace('WS a', 'WSS a');
  isUp = false;
  socket.send(bye);
  socket.send(ok);
  url = 'ws://other.example/ws';
  reconnect();
  // A response's Via is the other side's.
  expect(sent).toEqual([request('BYE', 'b1'), ok]);
  expect([socket.via_transport, socket.sip_uri]).toEqual(['WS', 'sip:other.example;transport=ws']);
});

test('the edge is named from its address', () => {
  url = 'wss://edge.example/ws';
  expect([socket.via_transport, socket.sip_uri]).toEqual(['WSS', 'sip:edge.example;transport=ws']);
});
