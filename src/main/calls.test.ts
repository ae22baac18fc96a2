import { expect, test } from 'vitest';
import { offeredCall, type Call, type Hold } from '../shared/domain/call/call.ts';
import { callFor, muteAction } from './calls.ts';

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

test('the key for muting turns the spoken call over', () => {
  expect(muteAction([connected('a', 'none', false)])?.action).toBe('mute');
  expect(muteAction([connected('a', 'none', true)])?.action).toBe('unmute');
  expect(muteAction([connected('a', 'local'), connected('b', 'none')])?.call.callId).toBe('b');
  expect(muteAction([connected('a', 'local'), connected('b', 'none', true)])).toMatchObject({
    call: { callId: 'b' },
    action: 'unmute',
  });
  expect(muteAction([offered('a')])).toBeNull();
});
