import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Link, SocketLike } from './link.ts';
import { createLink } from './link.ts';

class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  onmessage: SocketLike['onmessage'] = null;
  readonly sent: string[] = [];
  isClosed = false;
  send(message: unknown) {
    this.sent.push(String(message));
  }
  close() {
    this.isClosed = true;
  }
  opens() {
    this.onopen?.(new Event('open'));
  }
  hears(data: string) {
    this.onmessage?.(new MessageEvent('message', { data }));
  }
  breaks() {
    this.onclose?.({ code: 1006 } as CloseEvent);
  }
}

const sockets: FakeSocket[] = [];
const probe = vi.fn();
const onUp = vi.fn();
const onDown = vi.fn();
const onMessage = vi.fn();
const nothing = () => undefined;
let link: Link;

const socket = (): FakeSocket => {
  const last = sockets.at(-1);
  if (last === undefined) throw new Error('no socket');
  return last;
};

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = 0;
  vi.clearAllMocks();
  link = createLink({
    url: 'ws://edge',
    open: () => {
      const opened = new FakeSocket();
      sockets.push(opened);
      return opened;
    },
    probe,
    onUp,
    onDown,
    onMessage,
    random: () => 0.5,
    log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
  });
  link.start();
  socket().opens();
});
afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

test('a silent socket is asked, and given up within 15 s', () => {
  vi.advanceTimersByTime(9_000);
  expect(probe).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(4_000);
  expect(onDown).toHaveBeenCalledOnce();
  expect(link.isUp()).toBe(false);
  expect(socket().isClosed).toBe(true);
});

test('a socket that answers lives on', () => {
  for (let minute = 0; minute < 60; minute += 1) {
    vi.advanceTimersByTime(9_500);
    socket().hears('SIP/2.0 200 OK\r\n\r\n');
  }
  expect(onDown).not.toHaveBeenCalled();
  expect(sockets.length).toBe(1);
});

test('a broken socket is replaced, first soon and then later and later', () => {
  const gaps: number[] = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const before = Date.now();
    const count = sockets.length;
    socket().breaks();
    while (sockets.length === count) vi.advanceTimersByTime(1);
    gaps.push(Date.now() - before);
  }
  expect(gaps).toEqual([250, 1_000, 2_000, 4_000]);
});

test('only what was heard, not an open socket alone, makes the next try soon again', () => {
  socket().breaks();
  vi.advanceTimersByTime(250);
  socket().opens();
  socket().breaks();
  vi.advanceTimersByTime(999);
  expect(sockets.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(sockets.length).toBe(3);
  socket().opens();
  socket().hears('SIP/2.0 200 OK\r\n\r\n');
  socket().breaks();
  vi.advanceTimersByTime(250);
  expect(sockets.length).toBe(4);
});

test('a connection that does not open is given up', () => {
  socket().breaks();
  vi.advanceTimersByTime(250);
  vi.advanceTimersByTime(6_000);
  expect(socket().isClosed).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(sockets.length).toBe(3);
});

test('after sleep the socket is not believed: a new one at once', () => {
  link.wake('resume');
  vi.advanceTimersByTime(0);
  expect(sockets.length).toBe(2);
  socket().opens();
  expect(onUp).toHaveBeenCalledTimes(2);
});

test('after a change of network the socket has 2 s to prove itself', () => {
  link.wake('network');
  expect(probe).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(2_000);
  expect(link.isUp()).toBe(false);
});

test('waking while away ends the waiting', () => {
  socket().breaks();
  link.wake('network');
  expect(sockets.length).toBe(2);
});

test('pings of the far side are answered and are no messages', () => {
  socket().hears('\r\n\r\n');
  expect(socket().sent).toEqual(['\r\n']);
  socket().hears('\r\n');
  expect(onMessage).not.toHaveBeenCalled();
});

test('a message larger than any of ours is dropped', () => {
  socket().hears('x'.repeat(300_000));
  expect(onMessage).not.toHaveBeenCalled();
});

test('a stopped link stays away', () => {
  link.stop();
  socket().breaks();
  vi.advanceTimersByTime(60_000);
  link.wake('resume');
  expect(sockets.length).toBe(1);
});
