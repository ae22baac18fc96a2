import { expect, test } from 'vitest';
import { offeredCall, type Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { trayState } from './tray-state.ts';

// Only what the tray reads.
const desk = (change: Partial<DeskSnapshot> = {}): DeskSnapshot =>
  ({
    session: { state: 'signed_in' },
    backend: { state: 'connected' },
    agent: { state: { state: 'ready' } },
    wrapUps: [],
    ...change,
  }) as unknown as DeskSnapshot;
const phone = (calls: readonly Call[] = [], registered = true): PhoneSnapshot =>
  ({
    registration: { state: registered ? 'registered' : 'registering' },
    calls,
  }) as unknown as PhoneSnapshot;
const ringing = offeredCall({
  callId: 'c',
  callKey: 'c',
  queue: null,
  remote: { number: '1', name: '' },
  stamp: { id: 'f', at: 0 },
});

test('ready is said only while a call could ring here', () => {
  expect(trayState(desk(), phone())).toBe('ready');
  expect(trayState(desk(), phone([], false))).toBe('away');
  expect(trayState(desk({ backend: { state: 'away', why: 'gone', since: 0 } }), phone())).toBe(
    'away',
  );
});

test('a ringing call comes before one in progress, and both before everything else', () => {
  const spoken: Call = {
    ...ringing,
    state: 'connected',
    answeredAt: 0,
    hold: 'none',
    muted: false,
    transfer: null,
    conference: false,
  };
  expect(trayState(desk(), phone([spoken, ringing]))).toBe('ringing');
  expect(trayState(desk(), phone([spoken], false))).toBe('in_call');
});
