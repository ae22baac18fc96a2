import { expect, test } from 'vitest';
import type { ContactCard } from '../../../../shared/api/records.ts';
import type { CardRescue } from '../../../../shared/api/rescue.ts';
import type { Work } from '../../state/work.ts';
import { rescueNoteOf } from './rescue-note.ts';

const rescue: CardRescue = {
  at: 5_000,
  why: 'phone_failed',
  agentId: 'alice',
  agentName: 'Alice Byrne',
  notes: 'Asks for a new router',
  taken: null,
  endedAt: null,
};

const noteOf = (
  userId: string,
  stage: Work['stage'],
  begunAt: number,
  differs: Partial<CardRescue> = {},
) =>
  rescueNoteOf(
    {
      stage,
      card: { rescue: { ...rescue, ...differs } } as ContactCard,
      facts: [{ at: begunAt }] as unknown as Work['facts'],
    },
    userId,
  );

const brunoTook = { taken: { agentId: 'bruno', agentName: 'Bruno', at: 6_000 } };
const aliceTook = { taken: { agentId: 'alice', agentName: 'Alice', at: 6_000 } };

test('who lost the customer reads in the wrap-up what became of them', () => {
  expect(noteOf('alice', 'wrap_up', 1_000)).toEqual({ kind: 'waits' });
  // Her phone has not noticed yet.
  expect(noteOf('alice', 'live', 1_000)).toEqual({ kind: 'waits' });
  expect(noteOf('alice', 'wrap_up', 1_000, brunoTook)).toEqual({ kind: 'taken', by: 'Bruno' });
  expect(noteOf('alice', 'wrap_up', 1_000, aliceTook)).toEqual({ kind: 'taken_again' });
  expect(noteOf('alice', 'wrap_up', 1_000, { endedAt: 9_000 })).toEqual({ kind: 'gone' });
  expect(noteOf('alice', 'wrap_up', 1_000, { ...brunoTook, endedAt: 9_000 })).toMatchObject({
    kind: 'taken',
  });
});

test('who has the customer next reads whose they were, and what was written', () => {
  const was = { kind: 'was_with', who: 'Alice Byrne', at: 5_000, notes: 'Asks for a new router' };
  expect(noteOf('bruno', 'ringing', 5_500)).toEqual(was);
  expect(noteOf('bruno', 'live', 5_500, brunoTook)).toEqual(was);
  expect(noteOf('alice', 'ringing', 5_500)).toEqual({ kind: 'back', at: 5_000 });
});

test('nothing is told in the wrap-up of the call that went well, nor of a call without a rescue', () => {
  expect(noteOf('alice', 'wrap_up', 5_500, aliceTook)).toBe(null);
  expect(noteOf('bruno', 'wrap_up', 5_500, brunoTook)).toBe(null);
  expect(rescueNoteOf({ stage: 'live', card: null, facts: [] }, 'alice')).toBe(null);
});
