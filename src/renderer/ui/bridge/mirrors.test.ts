import { expect, test } from 'vitest';
import { deskFixture, phoneFixture } from '../gallery/desk-fixture.ts';
import { mirrorDesk, useDeskStore } from './desk-store.ts';
import { mirrorPhone, usePhoneStore } from './phone-store.ts';

const now = 1_800_000_000_000;
const desk = (revision: number) => ({ ...deskFixture(now), revision });
const phone = (revision: number, engineId = 'a') => ({ ...phoneFixture(now), revision, engineId });
const shown = () => usePhoneStore.getState().phone;

test('an older desk never replaces a newer one', () => {
  mirrorDesk(desk(5));
  mirrorDesk(desk(4));
  expect(useDeskStore.getState().desk?.revision).toBe(5);
  mirrorDesk(desk(6));
  expect(useDeskStore.getState().desk?.revision).toBe(6);
});

test('an answer that an event overtook is dropped', () => {
  usePhoneStore.setState({ phone: null });
  mirrorPhone(phone(3), 'event');
  mirrorPhone(phone(2), 'answer');
  expect(shown()?.revision).toBe(3);
});

test("a new engine's first event counts, whatever its revision; an old engine's late answer does not", () => {
  usePhoneStore.setState({ phone: null });
  mirrorPhone(phone(90, 'a'), 'answer');
  mirrorPhone(phone(1, 'b'), 'event');
  expect(shown()?.engineId).toBe('b');
  mirrorPhone(phone(91, 'a'), 'answer');
  expect(shown()?.engineId).toBe('b');
});
