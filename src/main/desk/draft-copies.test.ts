import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import { createDraftCopies } from './draft-copies.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = () => {
  const state = { online: true, arrives: true };
  const put: { notes: string; revision: number }[] = [];
  let draft: Partial<WrapUpDraft> = { callId: 'c', code: null, notes: '', ended: false };
  const copies = createDraftCopies({
    // Only what is copied.
    drafts: () => [draft as WrapUpDraft],
    isOnline: () => state.online,
    put: (_callId, { notes, revision }) => {
      put.push({ notes, revision });
      return Promise.resolve(state.arrives);
    },
  });
  const type = (notes: string, part: Partial<WrapUpDraft> = {}): void => {
    draft = { ...draft, notes, revision: (draft.revision ?? 0) + 1, ...part };
    copies.changed();
  };
  return { state, put, type, copies };
};

test('what is typed is copied once in two seconds, and as it stands then', () => {
  const { put, type } = bed();
  type('a');
  type('ab');
  vi.advanceTimersByTime(1_999);
  expect(put).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(put).toEqual([{ notes: 'ab', revision: 2 }]);
  vi.advanceTimersByTime(60_000);
  expect(put).toHaveLength(1);
});

test('a hang-up copies at once', () => {
  const { put, type } = bed();
  type('a');
  type('a', { ended: true });
  expect(put).toHaveLength(1);
});

test('while the backend is away nothing is tried, and all of it once it is back', () => {
  const { put, type, state, copies } = bed();
  state.online = false;
  type('a');
  vi.advanceTimersByTime(60_000);
  expect(put).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  state.online = true;
  copies.changed();
  vi.advanceTimersByTime(2_000);
  expect(put).toHaveLength(1);
});

test('what did not arrive is copied with the next change', async () => {
  const { put, type, state } = bed();
  state.arrives = false;
  type('a', { ended: true });
  await vi.advanceTimersByTimeAsync(0);
  state.arrives = true;
  type('ab', { ended: true });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(put.at(-1)).toMatchObject({ notes: 'ab' });
});
