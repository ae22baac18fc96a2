import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import type { Link } from './link.ts';
import { createLink } from './link.ts';
import type { SocketLike } from './socket-like.ts';

class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  onmessage: SocketLike['onmessage'] = null;
  binaryType: BinaryType = 'blob';
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
  hears(data: string | ArrayBuffer) {
    this.onmessage?.(new MessageEvent('message', { data }));
  }
  breaks() {
    this.onclose?.({ code: 1006 } as CloseEvent);
  }
}

const sockets: FakeSocket[] = [];
const urls: string[] = [];
const edge = (url: string, priority: number) => ({ url, priority, weight: 1 });
let isIdle = true;
const probe = vi.fn();
const onUp = vi.fn();
const onProven = vi.fn();
const onDown = vi.fn();
const onMessage = vi.fn();
const nothing = () => undefined;
let link: Link;

const socket = (): FakeSocket => {
  const last = sockets.at(-1);
  if (last === undefined) throw new Error('no socket');
  return last;
};

const begin = (edges = [edge('ws://edge', 0)]) => {
  link = createLink({
    edges,
    open: (url) => {
      const opened = new FakeSocket();
      sockets.push(opened);
      urls.push(url);
      return opened;
    },
    isIdle: () => isIdle,
    probe,
    onUp,
    onProven,
    onDown,
    onMessage,
    random: () => 0.5,
    log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
  });
  link.start();
};

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = urls.length = 0;
  isIdle = true;
  vi.clearAllMocks();
  begin();
  socket().opens();
  socket().hears('SIP/2.0 200 OK\r\n\r\n');
  onMessage.mockClear();
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

test('a broken socket is replaced by one try in each window', () => {
  const gaps: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const before = Date.now();
    const count = sockets.length;
    socket().breaks();
    while (sockets.length === count) vi.advanceTimersByTime(1);
    gaps.push(Date.now() - before);
  }
  expect(gaps).toEqual([7_000, 14_000, 14_000]);
});

test('a socket that went silent is replaced soon: nobody else finds out at this instant', () => {
  vi.advanceTimersByTime(13_000);
  expect(sockets.length).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(sockets.length).toBe(2);
});

test('an edge that opens and says nothing has not been reached', () => {
  socket().breaks();
  vi.advanceTimersByTime(7_000);
  socket().opens();
  socket().breaks();
  vi.advanceTimersByTime(13_999);
  expect(sockets.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(sockets.length).toBe(3);
});

test('a connection that does not open is given up', () => {
  socket().breaks();
  vi.advanceTimersByTime(7_000);
  vi.advanceTimersByTime(6_000);
  expect(socket().isClosed).toBe(true);
  vi.advanceTimersByTime(14_000);
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

test('a doubted socket is trusted again as soon as it answers', () => {
  link.doubt();
  expect([link.isUp(), link.isTrusted()]).toEqual([true, false]);
  socket().hears('SIP/2.0 200 OK\r\n\r\n');
  expect(onProven).toHaveBeenCalledOnce();
  expect(link.isTrusted()).toBe(true);
  vi.advanceTimersByTime(5_000);
  expect(link.isUp()).toBe(true);
});

test('after an address went away the socket is not believed either', () => {
  link.wake('moved');
  vi.advanceTimersByTime(0);
  expect(sockets.length).toBe(2);
});

test('a doubt gives the socket 2 s to prove itself, and no more for being told twice', () => {
  link.doubt();
  vi.advanceTimersByTime(1_500);
  link.doubt();
  vi.advanceTimersByTime(500);
  expect(probe).toHaveBeenCalledOnce();
  expect(link.isUp()).toBe(false);
});

describe('with a call on', () => {
  beforeEach(() => {
    isIdle = false;
  });
  const fallSilent = () => {
    vi.advanceTimersByTime(13_001);
  };

  test('a network that swallows everything is tried every second, until the call is given up', () => {
    fallSilent();
    expect(link.isUp()).toBe(false);
    vi.advanceTimersByTime(24_500);
    expect(sockets.length).toBeGreaterThanOrEqual(25);
    const then = sockets.length;
    vi.advanceTimersByTime(26_000);
    expect(sockets.length - then).toBeLessThanOrEqual(4);
  });

  test('a try lasts longer where the last one took longer to open', () => {
    fallSilent();
    vi.advanceTimersByTime(900);
    socket().opens();
    socket().hears('SIP/2.0 200 OK\r\n\r\n');
    fallSilent();
    const then = sockets.length;
    vi.advanceTimersByTime(3_500);
    expect(sockets.length).toBe(then);
    vi.advanceTimersByTime(200);
    expect(sockets.length).toBe(then + 1);
  });

  test('a PBX that refuses is not hurried: it is being started, and everybody comes', () => {
    fallSilent();
    socket().breaks();
    const then = sockets.length;
    vi.advanceTimersByTime(6_900);
    expect(sockets.length).toBe(then);
  });

  test('on another network the first try has its time: it may be a slower one', () => {
    link.wake('moved');
    vi.advanceTimersByTime(0);
    const then = sockets.length;
    vi.advanceTimersByTime(5_900);
    expect(sockets.length).toBe(then);
    vi.advanceTimersByTime(200);
    expect(sockets.length).toBe(then + 1);
  });
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

test('a message in a binary frame is read as well', () => {
  expect(socket().binaryType).toBe('arraybuffer');
  socket().hears(new TextEncoder().encode('NOTIFY ünïcode').buffer);
  expect(onMessage).toHaveBeenCalledWith('NOTIFY ünïcode');
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

test('200 phones that lost their PBX at one instant return spread out, and soon', () => {
  link.stop();
  const random = seededRandom(11);
  const phones = 200;
  for (const awayMs of [0, 3_000, 12_000, 40_000]) {
    const lost = Date.now();
    const returns: number[] = [];
    const current = new Map<Link, FakeSocket>();
    const links = Array.from({ length: phones }, () => {
      const one: Link = createLink({
        edges: [edge('ws://edge', 0)],
        open: () => {
          const opened = new FakeSocket();
          sockets.push(opened);
          setTimeout(() => {
            if (Date.now() >= lost && Date.now() < lost + awayMs) opened.breaks();
            else opened.opens();
          }, 2);
          return opened;
        },
        isIdle: () => true,
        probe: () => sockets.length,
        onUp: () => {
          if (Date.now() > lost) returns.push(Date.now() - lost);
        },
        onProven: nothing,
        onDown: nothing,
        onMessage: nothing,
        random,
        log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
      });
      one.start();
      const first = socket();
      first.opens();
      first.hears('SIP/2.0 200 OK\r\n\r\n');
      current.set(one, first);
      return one;
    });
    for (const one of current.values()) one.breaks();
    vi.advanceTimersByTime(awayMs + 29_000);
    const inOneSecond = returns.map(
      (from) => returns.filter((at) => at >= from && at < from + 1_000).length,
    );
    for (const one of links) one.stop();
    expect(new Set(returns).size).toBeGreaterThan(150);
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(phones * 0.15);
    expect(returns.length).toBeGreaterThanOrEqual(phones);
  }
});

const answer = 'SIP/2.0 200 OK\r\n\r\n';
const live = () => sockets.filter(({ isClosed }) => !isClosed).length;
const serves = () => {
  socket().opens();
  socket().hears(answer);
};
/** Passes time in which the far side answers whatever it is asked. */
const passAlive = (ms: number) => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    vi.advanceTimersByTime(1_000);
    sockets.find(({ isClosed }) => !isClosed)?.hears(answer);
  }
};

describe('with several edges', () => {
  beforeEach(() => {
    link.stop();
    sockets.length = urls.length = 0;
    begin([edge('ws://second', 10), edge('ws://best', 0), edge('ws://third', 20)]);
  });

  test('the next one is tried at once, and a pause comes when none would', () => {
    for (let tries = 0; tries < 3; tries += 1) {
      socket().breaks();
      vi.advanceTimersByTime(0);
    }
    expect(urls).toEqual(['ws://best', 'ws://second', 'ws://third']);
    vi.advanceTimersByTime(6_999);
    expect(urls.length).toBe(3);
    vi.advanceTimersByTime(1);
    expect(urls.at(-1)).toBe('ws://best');
    expect(live()).toBe(1);
  });

  test('one that went silent comes last', () => {
    serves();
    vi.advanceTimersByTime(14_000);
    expect(urls).toEqual(['ws://best', 'ws://second']);
  });

  test('one whose PBX does not serve is left, while there is another', () => {
    serves();
    expect(link.leaveEdge('503')).toBe(true);
    vi.advanceTimersByTime(0);
    serves();
    expect(link.leaveEdge('503')).toBe(true);
    vi.advanceTimersByTime(0);
    serves();
    expect(link.edge().url).toBe('ws://third');
    expect(link.leaveEdge('503')).toBe(false);
    expect(live()).toBe(1);
  });

  test('a better one is returned to when it opened three times in a row', () => {
    socket().breaks();
    vi.advanceTimersByTime(0);
    serves();
    for (const opens of [true, false, true, true]) {
      passAlive(45_000);
      expect(urls.at(-1)).toBe('ws://best');
      expect(link.edge().url).toBe('ws://second');
      if (opens) socket().opens();
      else socket().breaks();
      expect(live()).toBe(1);
    }
    passAlive(45_000);
    socket().opens();
    vi.advanceTimersByTime(0);
    expect(link.edge().url).toBe('ws://best');
    serves();
    expect([link.isUp(), live()]).toEqual([true, 1]);
  });

  test('nothing is changed while a call is on', () => {
    socket().breaks();
    vi.advanceTimersByTime(0);
    serves();
    isIdle = false;
    for (let trials = 0; trials < 6; trials += 1) {
      passAlive(45_000);
      socket().opens();
    }
    expect(link.edge().url).toBe('ws://second');
    isIdle = true;
    passAlive(45_000);
    socket().opens();
    vi.advanceTimersByTime(0);
    expect(link.edge().url).toBe('ws://best');
  });
});
