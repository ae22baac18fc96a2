import { expect, test } from 'vitest';
import { readSipEdges } from './sip-edges.ts';

test('one address is one edge', () => {
  expect(readSipEdges('wss://phones.example/ws')).toEqual({
    ok: true,
    value: [{ url: 'wss://phones.example/ws', priority: 0, weight: 1 }],
  });
});

test('of several the first is the best, unless they say so themselves', () => {
  expect(readSipEdges('wss://a/ws, wss://b/ws')).toMatchObject({
    value: [
      { url: 'wss://a/ws', priority: 0 },
      { url: 'wss://b/ws', priority: 1 },
    ],
  });
  expect(readSipEdges('wss://a/ws#priority=10&weight=3 ws://b#weight=1&priority=10')).toMatchObject(
    {
      value: [
        { url: 'wss://a/ws', priority: 10, weight: 3 },
        { url: 'ws://b', priority: 10, weight: 1 },
      ],
    },
  );
});

test.each(['', 'https://x', 'wss://a/ws, nonsense', 'wss://a#priority=-1', 'wss://a#weight=70000'])(
  '%j is refused without being repeated',
  (text) => {
    const read = readSipEdges(text);
    if (read.ok) throw new Error('it was taken');
    if (text !== '') expect(read.why).not.toContain(text);
  },
);
