import { expect, test } from 'vitest';
import type { HandView } from '../../../shared/api/help.ts';
import { othersHands, ownHand } from './hands.ts';

const hand = (id: string, part: Partial<HandView> = {}): HandView => ({
  id,
  agent: { id: 'ana', name: 'Ana' },
  contactId: 'contact',
  callKey: 'call',
  queue: null,
  queueLabel: null,
  direction: 'inbound',
  startedAt: 0,
  who: '',
  raisedAt: 0,
  taken: null,
  over: null,
  messages: [],
  revision: 1,
  ...part,
});
const takenBy = (id: string) => ({ taken: { by: { id, name: id }, at: 1 } });
const over = { over: { why: 'answered', at: 2, by: null } } as const;

test('hands that nobody has come first, then the own, then those of others; the oldest first', () => {
  const hands = [
    hand('of another', takenBy('luis')),
    hand('late', { raisedAt: 9 }),
    hand('own', takenBy('rosa')),
    hand('early', { raisedAt: 3 }),
    hand('down', over),
    hand('raised by herself', { agent: { id: 'rosa', name: 'Rosa' } }),
  ];
  expect(othersHands(hands, 'rosa').map(({ id }) => id)).toEqual([
    'early',
    'late',
    'own',
    'of another',
  ]);
});

test('of a call an agent has the hand that is up', () => {
  const hands = [hand('down', over), hand('other call', { callKey: 'other' }), hand('up')];
  expect(ownHand(hands, 'ana', 'call')?.id).toBe('up');
  expect(ownHand(hands, 'rosa', 'call')).toBeNull();
});
