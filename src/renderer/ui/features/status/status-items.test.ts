import { expect, test } from 'vitest';
import { changed, talking } from '../../gallery/calls.ts';
import { deskFixture, phoneFixture } from '../../gallery/desk-fixture.ts';
import type { DeskSnapshot } from '../../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../../shared/ipc/phone.ts';
import { statusItems } from './status-items.ts';

const now = 1_800_000_000_000;

const words = (desk: Partial<DeskSnapshot> = {}, phone: Partial<PhoneSnapshot> = {}) =>
  Object.fromEntries(
    statusItems({ ...deskFixture(now), ...desk }, { ...phoneFixture(now), ...phone }).map(
      (item) => [item.name, item.word],
    ),
  );

test('all is well in six words', () => {
  expect(words()).toEqual({
    signalling: 'registered',
    backend: 'connected',
    pbx: 'connected',
    microphone: 'ready',
    devices: 'ready',
    headset: 'ready',
  });
});

test("the journal's trouble comes before the network's", () => {
  const away = { state: 'away', why: '', since: now } as const;
  const late = { waiting: 3, late: 3, refused: 0, problem: null };
  expect(words({ journal: late })['backend']).toBe('waiting');
  expect(words({ backend: away, journal: late })['backend']).toBe('away');
  const full = { ...late, problem: 'disk_full' } as const;
  expect(words({ backend: away, journal: full })['backend']).toBe('problem');
});

test('what is being sent is no news; what was not accepted is', () => {
  const sending = { waiting: 3, late: 0, refused: 0, problem: null };
  expect(words({ journal: sending })['backend']).toBe('connected');
  expect(words({ journal: { ...sending, refused: 1 } })['backend']).toBe('refused');
});

test('a phone without an account is told apart from one that is off', () => {
  const off = { registration: { state: 'unregistered' } } as const;
  expect(words({}, off)['signalling']).toBe('unregistered');
  expect(words({ sipProblem: 'pbx_away' }, off)['signalling']).toBe('no_account');
});

test('the microphone says what the other side hears', () => {
  const call = talking(now);
  expect(words({}, { calls: [call] })['microphone']).toBe('live');
  expect(words({}, { calls: [changed(call, 'mute', now)] })['microphone']).toBe('muted');
  expect(words({}, { calls: [changed(call, 'hold', now)] })['microphone']).toBe('held');
});

test('what is wrong with the voice comes before how the microphone is, in its own call alone', () => {
  const call = talking(now);
  const wrong = (word: 'silent' | 'muted_talking', callId = call.callId) =>
    words({}, { calls: [changed(call, 'mute', now)], voice: { callId, word } })['microphone'];
  expect(wrong('silent')).toBe('silent');
  expect(wrong('muted_talking')).toBe('muted_talking');
  expect(wrong('silent', '00000000-0000-7000-8000-000000000000')).toBe('muted');
});

test('the line has a word in a call, of this call alone', () => {
  const call = talking(now);
  const other = { callId: '00000000-0000-7000-8000-000000000000', word: 'bad' } as const;
  const wordIn = (desk: Partial<DeskSnapshot>) => words(desk, { calls: [call] })['line'];
  expect(words()['line']).toBeUndefined();
  expect(wordIn({})).toBe('measuring');
  expect(wordIn({ line: other })).toBe('measuring');
  expect(wordIn({ line: { ...other, callId: call.callId } })).toBe('bad');
  expect(words({}, { calls: [changed(call, 'hold', now)] })['line']).toBeUndefined();
});

test('the headset says what the best of them can do', () => {
  type Headsets = NonNullable<PhoneSnapshot['headsets']>;
  const one: Headsets[number] = {
    ...{ id: 1, name: 'Evolve', model: '0b0e:0e41', used: true, problem: null },
    buttons: ['hook'],
    lights: ['ring'],
  };
  const wordOf = (...headsets: Headsets) => words({}, { headsets })['headset'];
  const stuck = { ...one, id: 2, problem: 'no_access' } as const;
  const unused = { ...one, id: 3, used: false } as const;
  expect(wordOf()).toBe('none');
  expect(wordOf(one)).toBe('ready');
  expect(wordOf(stuck, one)).toBe('ready');
  expect(wordOf(stuck, unused)).toBe('no_access');
  expect(wordOf(unused)).toBe('unused');
  expect(words({}, { headsets: [one], calls: [talking(now)] })['headset']).toBe('in_use');
});
