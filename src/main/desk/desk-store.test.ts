import { expect, test } from 'vitest';
import type { ContactCard } from '../../shared/api/records.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDeskStore, withCard } from './desk-store.ts';

// Only what decides.
const card = (contactId: string, revision: number): ContactCard =>
  ({ contactId, revision }) as unknown as ContactCard;

test('a card takes the place of its older self, and an older one changes nothing', () => {
  const cards = [card('a', 2), card('b', 1)];
  expect(withCard(cards, card('a', 3))).toEqual([card('a', 3), card('b', 1)]);
  expect(withCard(cards, card('a', 1))).toBe(cards);
  expect(withCard(cards, card('c', 1))).toEqual([...cards, card('c', 1)]);
});

test('a burst of changes is told once, in the same turn, with its last state', async () => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  const told: number[] = [];
  store.subscribe(({ revision }) => told.push(revision));
  store.update({ engine: 'restarting' });
  store.update({ engine: 'running' });
  expect(told).toEqual([]);
  await Promise.resolve();
  expect(told).toEqual([2]);
});
