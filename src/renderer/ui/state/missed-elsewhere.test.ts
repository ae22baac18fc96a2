import { expect, test } from 'vitest';
import type { MissedOffer } from '../../../shared/api/missed.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { createMissedNews } from './missed-elsewhere.ts';

// Only what decides.
const desk = (state: string, ...ids: readonly string[]) =>
  ({ session: { state }, missed: ids.map((id) => ({ id })) }) as unknown as DeskSnapshot;
const idsOf = (missed: readonly MissedOffer[]) => missed.map(({ id }) => id);

test('what was missed before the desk was seen is no news; what comes is, once, for each who works here', () => {
  const news = createMissedNews();
  expect(idsOf(news(null))).toEqual([]);
  expect(idsOf(news(desk('signed_in', 'old')))).toEqual([]);
  expect(idsOf(news(desk('signed_in', 'slept', 'old')))).toEqual(['slept']);
  expect(idsOf(news(desk('signed_in', 'slept', 'old')))).toEqual([]);
  expect(idsOf(news(desk('signed_out')))).toEqual([]);
  expect(idsOf(news(desk('signed_in', 'other')))).toEqual([]);
});
