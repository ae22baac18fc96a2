import { expect, test } from 'vitest';
import { offeredCall, type Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createSay } from '../text/texts.ts';
import { stateText, trayMenu, type TrayEntry } from './tray-menu.ts';

const label = (en: string) => ({ en, es: en, pt: en });
// Only what the menu reads.
const desk = (change: Partial<DeskSnapshot> = {}): DeskSnapshot =>
  ({
    session: {
      state: 'signed_in',
      country: 'US',
      reasons: [
        { code: 'break', label: label('Break') },
        { code: 'lunch', label: label('Lunch') },
      ],
    },
    backend: { state: 'connected' },
    agent: { state: { state: 'not_ready', reason: 'lunch' } },
    settings: { language: 'en', compact: false },
    cards: [],
    wrapUps: [],
    ...change,
  }) as unknown as DeskSnapshot;
const phone = (...calls: readonly Call[]): PhoneSnapshot =>
  ({ registration: { state: 'registered' }, calls }) as unknown as PhoneSnapshot;
const ringing = offeredCall({
  callId: 'ringing',
  callKey: 'k',
  queue: null,
  remote: { number: '+12025550123', name: '' },
  stamp: { id: 'f', at: 0 },
});
const spoken: Call = {
  ...ringing,
  callId: 'spoken',
  state: 'connected',
  answeredAt: 0,
  hold: 'none',
  muted: true,
  transfer: null,
  conference: false,
};
const say = createSay(() => 'en');
const labels = (entries: readonly TrayEntry[]): readonly string[] =>
  entries.flatMap((entry) => (entry.kind === 'separator' ? [] : [entry.label]));

test('the state is said with its reason', () => {
  expect(stateText(desk(), phone(), say)).toBe('Ringside: not ready (Lunch)');
});

test('each reason can be chosen, and the one that holds is marked', () => {
  const menu = trayMenu(desk(), phone(), say).find((entry) => entry.kind === 'menu');
  expect(menu?.kind === 'menu' ? menu.entries : []).toMatchObject([
    { label: 'Break', checked: false },
    { label: 'Lunch', checked: true, order: { wish: { kind: 'not_ready', reason: 'lunch' } } },
  ]);
});

test('a call that rings is answered or rejected, the one that is spoken held, unmuted or ended', () => {
  expect(labels(trayMenu(desk(), phone(ringing), say)).slice(1, 3)).toEqual([
    'Answer: (202) 555-0123',
    'Reject: (202) 555-0123',
  ]);
  const inCall = trayMenu(desk(), phone(spoken), say);
  expect(labels(inCall).slice(1, 4)).toEqual([
    'Hang up: (202) 555-0123',
    'Hold: (202) 555-0123',
    'Unmute: (202) 555-0123',
  ]);
});

test('do not disturb is a switch that shows how it stands', () => {
  const entryOf = (doNotDisturb: boolean) => {
    const agent = { state: { state: 'ready' }, doNotDisturb } as DeskSnapshot['agent'];
    const menu = trayMenu(desk({ agent }), phone(), say);
    return menu.find((entry) => entry.kind === 'act' && entry.label === 'Do not disturb');
  };
  expect(entryOf(false)).toMatchObject({ checked: false, order: { on: true } });
  expect(entryOf(true)).toMatchObject({ checked: true, order: { on: false } });
});

test('signed out it opens and quits, and nothing else', () => {
  const signedOut = desk({ session: { state: 'signed_out', why: null, demoUsers: null } });
  expect(labels(trayMenu(signedOut, phone(), say))).toEqual([
    'Ringside: signed out',
    'Open Ringside',
    'Quit',
  ]);
});
