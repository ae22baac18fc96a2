import { expect, test } from 'vitest';
import type { CallNote } from '../../../shared/domain/line-quality/call-notes.ts';
import { createLostDevices } from './lost-devices.ts';

const lost = { at: 1, device: 'microphone', name: 'Headset', replacedBy: 'Laptop' } as const;

const watched = () => {
  const told: (readonly [string, CallNote])[] = [];
  let now = 0;
  const devices = createLostDevices({
    note: (callId, note) => told.push([callId, note]),
    monotonicMs: () => now,
  });
  return { told, devices, pass: (ms: number) => (now += ms) };
};

test('a device that went is noted when the next one serves, with the silence between', () => {
  const { told, devices, pass } = watched();
  devices.lost(['call'], lost);
  pass(300);
  devices.serves('speaker');
  expect(told).toEqual([]);
  pass(40);
  devices.serves('microphone');
  devices.serves('microphone');
  expect(told).toEqual([['call', { kind: 'device_lost', ...lost, gapMs: 340 }]]);
});

test('one without another is noted at once, and one that never served when its call is over', () => {
  const { told, devices, pass } = watched();
  devices.lost(['call'], { ...lost, replacedBy: null });
  expect(told).toMatchObject([['call', { gapMs: null }]]);
  devices.lost(['call', 'other'], lost);
  pass(5_000);
  devices.callsAre(['other']);
  expect(told.slice(1)).toMatchObject([['call', { gapMs: 5_000 }]]);
});
