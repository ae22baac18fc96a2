import { expect, test } from 'vitest';
import { offeredCall, type Call, type Hold } from './call.ts';
import { callFor, toggleFor } from './meant-call.ts';

const offered = (callId: string): Call =>
  offeredCall({
    callId,
    callKey: callId,
    queue: null,
    remote: { number: '1', name: '' },
    stamp: { id: callId, at: 0 },
  });
const connected = (callId: string, hold: Hold, muted = false): Call => ({
  ...offered(callId),
  state: 'connected',
  answeredAt: 0,
  hold,
  muted,
  transfer: null,
  conference: false,
});

test('answer takes the call that rings longest', () => {
  expect(callFor([connected('a', 'none'), offered('b'), offered('c')], 'answer')?.callId).toBe('b');
});

test('the key for hanging up ends the spoken call and never rejects one that rings', () => {
  expect(callFor([connected('a', 'none'), connected('b', 'local')], 'end')?.callId).toBe('a');
  expect(callFor([offered('a')], 'end')).toBeNull();
});

test('a key for two turns the spoken call over', () => {
  expect(toggleFor([connected('a', 'none', false)], 'mute')?.action).toBe('mute');
  expect(toggleFor([connected('a', 'none', true)], 'mute')?.action).toBe('unmute');
  expect(toggleFor([connected('a', 'local'), connected('b', 'none')], 'mute')).toMatchObject({
    call: { callId: 'b' },
    action: 'mute',
  });
  expect(toggleFor([connected('a', 'local'), connected('b', 'none')], 'hold')).toMatchObject({
    call: { callId: 'b' },
    action: 'hold',
  });
  expect(toggleFor([connected('a', 'local'), connected('b', 'local')], 'hold')).toMatchObject({
    call: { callId: 'b' },
    action: 'resume',
  });
  expect(toggleFor([offered('a')], 'mute')).toBeNull();
});
