import { expect, test } from 'vitest';
import type { HandView } from '../../shared/api/help.ts';
import { withHand } from './help-view.ts';

const hand = (id: string, revision: number): HandView => ({
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
  revision,
});

test('of one hand the newest word stands, whichever of answer and push comes first', () => {
  const [first, second, other] = [hand('a', 1), hand('a', 2), hand('b', 1)];
  const both = withHand(withHand([], first), other);
  expect(withHand(both, second)).toEqual([second, other]);
  expect(withHand(withHand(both, second), first)).toEqual([second, other]);
});

test('what piled up over a long day is let go, the oldest first', () => {
  let hands: readonly HandView[] = [];
  for (let count = 0; count < 250; count += 1) hands = withHand(hands, hand(String(count), 1));
  expect(hands).toHaveLength(200);
  expect(hands.at(-1)?.id).toBe('249');
});
